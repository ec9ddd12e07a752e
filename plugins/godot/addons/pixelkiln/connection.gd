@tool
extends Node
## The state of the service as the addon sees it, and what the service offers. Checks again on its
## own: every few seconds while the service is away, not at all while events are streaming.

signal state_changed
signal catalog_changed
signal event_received(event: StringName, data: Dictionary)
## Tells in which folders of this project the service knows of art.
signal folders_listed(folders: PackedStringArray)

enum State { OFFLINE, STARTING, READY, REFUSED }

const Answer := preload("answer.gd")
const Client := preload("client.gd")
const EventStream := preload("event_stream.gd")

## Seconds until the next check, by state; while events stream, a closed stream triggers it.
const LOOK_SECONDS := {
	State.OFFLINE: 3.0,
	State.STARTING: 0.5,
	State.READY: 2.0,
	State.REFUSED: 5.0,
}
## In the project it works on, the service writes here which instance it is.
const RECORD_FILE := "res://.pixelkiln/service.json"

var client := Client.new()
var state := State.OFFLINE
## Why the service refuses, if it does.
var refusal := ""
## Whether the service writes directly to this project.
var shares_disk := false
## What the service offers, as it lists it; of the kinds those that need no picture.
var styles: Array = []
var palettes: Array = []
var kinds: Array = []

var _stream := EventStream.new()
var _is_looking := false
var _until_look := 0.0
## Instance whose catalog was read.
var _instance := ""


func _init() -> void:
	add_child(client)
	_stream.opened.connect(look)
	_stream.closed.connect(look)
	_stream.event_received.connect(event_received.emit)


func _process(delta: float) -> void:
	_stream.poll(delta)
	if state == State.READY and _stream.is_open():
		return
	_until_look -= delta
	if _until_look <= 0.0:
		look()


func _exit_tree() -> void:
	_stream.closed.disconnect(look)
	_stream.stop()


## Switches to a service, or reconnects to the same one.
func start(url: String, token: String) -> void:
	client.base_url = url
	client.token = token
	_instance = ""
	_stream.start(url, client.headers())
	state_changed.emit()
	look()


## Returns where a kind is asked for, "" = nowhere.
func route_of(kind: String) -> String:
	for one: Dictionary in kinds:
		if one.get("id") == kind:
			return str(one.get("path"))
	return ""


func has_events() -> bool:
	return _stream.is_open()


## Asks the service how it is. Does nothing while an earlier check is running.
func look() -> void:
	_until_look = LOOK_SECONDS[state]
	if _is_looking or not is_inside_tree():
		return
	_is_looking = true
	var answer: Answer = await client.get_answer("/readyz")
	if answer.is_good():
		await _be_ready(answer.data())
	else:
		_set_state(State.OFFLINE if answer.status == 0 else State.STARTING)
	_is_looking = false
	_until_look = LOOK_SECONDS[state]


func _be_ready(health: Dictionary) -> void:
	var instance := str(health.get("instance", ""))
	shares_disk = instance != "" and _read_instance() == instance
	if instance != _instance or styles.is_empty():
		if not await _read_catalog():
			return
		if shares_disk:
			await _read_project()
		_instance = instance
	_set_state(State.READY)
	if not _stream.is_open():
		_stream.retry()


func _read_instance() -> String:
	if not FileAccess.file_exists(RECORD_FILE):
		return ""
	var record: Variant = JSON.parse_string(FileAccess.get_file_as_string(RECORD_FILE))
	return str(record.get("instance", "")) if record is Dictionary else ""


## Reads what there is to choose from. These routes need the token, /readyz does not.
func _read_catalog() -> bool:
	var style_list: Answer = await client.get_answer("/v1/styles/selector")
	if not style_list.is_good():
		refusal = style_list.problem()
		_set_state(State.OFFLINE if style_list.status == 0 else State.REFUSED)
		return false
	var palette_list: Answer = await client.get_answer("/v1/palettes")
	var kind_list: Answer = await client.get_answer("/v1/kinds")
	styles = style_list.data().get("styles", [])
	palettes = palette_list.data().get("palettes", [])
	kinds = kind_list.data().get("kinds", []).filter(_needs_no_picture)
	catalog_changed.emit()
	return true


## Reads where the project has art, whoever put it there. The stream continues after this list,
## so that no change in between is missed.
func _read_project() -> void:
	var answer: Answer = await client.get_answer("/v1/project/assets")
	if not answer.is_good():
		return
	_stream.resume_after(str(answer.data().get("cursor", "")))
	var folders := PackedStringArray()
	for asset: Dictionary in answer.data().get("assets", []):
		var folder := str(asset.get("dir", ""))
		if not folders.has(folder):
			folders.append(folder)
	folders_listed.emit(folders)


static func _needs_no_picture(kind: Dictionary) -> bool:
	var request: Dictionary = kind.get("request", {})
	for field: String in request.get("required", []):
		if (request.properties[field] as Dictionary).has("contentEncoding"):
			return false
	return true


func _set_state(new_state: State) -> void:
	if state == new_state:
		return
	state = new_state
	state_changed.emit()
