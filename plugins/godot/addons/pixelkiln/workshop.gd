@tool
extends Node
## What the addon can do, without any UI: make art, save it to the project, show it in nodes, fill
## layers, and keep the editor up to date with what changes on disk.

signal arts_made(arts: Array[RefCounted])
signal art_saved(art: RefCounted)
signal said(text: String, is_problem: bool)

const Art := preload("art.gd")
const Connection := preload("connection.gd")
const Delivery := preload("delivery.gd")
const Fill := preload("fill.gd")
const Generation := preload("generation.gd")
const HotReload := preload("hot_reload.gd")
const ProjectWatch := preload("project_watch.gd")
const SceneEdits := preload("scene_edits.gd")
const Settings := preload("settings.gd")

## Seconds between two checks of the project's manifests, in case no event says that something
## changed.
const LOOK_SECONDS := 2.0
## Events after which the project may have changed; the last two come with a new connection.
const TELLING_EVENTS: Array[StringName] = [
	&"project.changed", &"asset.published", &"snapshot", &"reset"
]
## Share of a layer that islands cover.
const ISLAND_SHARE := 0.55

var connection := Connection.new()
var generation := Generation.new(connection)
var delivery := Delivery.new(connection, generation)
var hot_reload := HotReload.new()

var _watch := ProjectWatch.new()
var _edits: SceneEdits
var _since_look := 0.0


func _init(undo: EditorUndoRedoManager) -> void:
	_edits = SceneEdits.new(undo)
	for part: Node in [connection, generation, delivery, hot_reload]:
		add_child(part)
	connection.event_received.connect(_on_event)
	connection.folders_listed.connect(_on_folders_listed)


func _ready() -> void:
	_watch.begin()
	_watch.add_folder(Settings.output_folder())
	EditorInterface.get_resource_filesystem().filesystem_changed.connect(_watch.find_manifests)
	connect_to_service()


func _process(delta: float) -> void:
	_since_look += delta
	if _since_look >= LOOK_SECONDS:
		look_at_project()


## Reads the settings and connects to the service they name.
func connect_to_service() -> void:
	connection.start(Settings.service_url(), Settings.service_token())


## Asks for art. [signal arts_made] delivers it, [signal said] says why not.
func make(route: String, request: Dictionary) -> void:
	if generation.is_running():
		return
	var outcome: Dictionary = await generation.run(route, request)
	if outcome.has("error"):
		_say_end(outcome.error)
		return
	var answer: Dictionary = outcome.answer
	var arts := Art.from_answer(answer)
	for art: Art in arts:
		var picture: Connection.Answer = await connection.client.get_answer(art.url)
		if not picture.is_good():
			said.emit(picture.problem(), true)
			return
		art.picture = picture.bytes
		var image := Image.new()
		if image.load_png_from_buffer(art.picture) == OK:
			art.texture = ImageTexture.create_from_image(image)
	arts_made.emit(arts)
	var warnings: Array = answer.get("warnings", [])
	said.emit(str(warnings[0]) if not warnings.is_empty() else "", false)


## Saves art to the output folder, under a free name if [param wanted] is empty. True = it is
## there and imported.
func save(art: Art, wanted := "") -> bool:
	if generation.is_running():
		return false
	var folder := Settings.output_folder()
	var file_name := name_for(art, wanted)
	var outcome: Dictionary = await delivery.save(art, folder, file_name)
	if outcome.has("error"):
		_say_end(outcome.error)
		return false
	_watch.add_folder(folder)
	look_at_project()
	if not connection.shares_disk:
		hot_reload.add(outcome.files)
	await hot_reload.settle()
	_remember(art, outcome.files)
	art_saved.emit(art)
	said.emit("Saved %s in res://%s" % [file_name, folder], false)
	return true


## Returns the name that [method save] would use.
func name_for(art: Art, wanted := "") -> String:
	if wanted.strip_edges() != "":
		return Art.name_of(wanted)
	return Delivery.free_name(Settings.output_folder(), Art.name_of(art.title))


## Shows art in nodes of the open scene; saves it first if it is not in the project yet.
func replace(art: Art, nodes: Array[Node], wanted := "") -> void:
	if art.files.is_empty() and not await save(art, wanted):
		return
	var there: Array[Node] = []
	for node in nodes:
		if is_instance_valid(node):
			there.append(node)
	var count := _edits.replace(there, art.files, art.title)
	if count == 0:
		said.emit("None of the selected nodes can show this kind of art: %s." % art.kind, true)
	else:
		said.emit("Replaced in %d node%s" % [count, "" if count == 1 else "s"], false)


## Draws a terrain into a layer: its used cells, or a rectangle of [param size] if it has none.
## In islands if [param seed_number] >= 0, otherwise everywhere.
func fill(layer: TileMapLayer, terrain: Dictionary, size: Vector2i, seed_number: int) -> void:
	var area: Array[Vector2i] = layer.get_used_cells()
	if area.is_empty():
		area = Fill.rectangle(Rect2i(Vector2i.ZERO, size))
	var is_solid := seed_number < 0
	var order := {
		"terrain_set": terrain.terrain_set,
		"terrain": terrain.terrain,
		"area": area,
		"inside": Fill.solid(area) if is_solid else Fill.islands(area, seed_number, ISLAND_SHARE),
		"goes_on": false,
		"seed": maxi(seed_number, 0),
	}
	var counts := _edits.fill(layer, order)
	if counts.missing > 0:
		said.emit("No tile fits %d of %d cells" % [counts.missing, area.size()], true)
	else:
		said.emit("Filled %d cells of %s" % [area.size(), layer.name], false)


## Loads what changed in the project since the last check.
func look_at_project() -> void:
	_since_look = 0.0
	hot_reload.add(_watch.look())


func _on_event(event: StringName, data: Dictionary) -> void:
	if event == &"project.changed":
		_watch.add_folder(str(data.get("dir", "")))
	if event in TELLING_EVENTS:
		look_at_project()


func _on_folders_listed(folders: PackedStringArray) -> void:
	for folder in folders:
		_watch.add_folder(folder)
	look_at_project()


## Records what is in the project now, and which file to drag into a scene: a picture becomes a
## Sprite2D; anything animated needs a scene of its own.
func _remember(art: Art, files: PackedStringArray) -> void:
	var system := EditorInterface.get_resource_filesystem()
	art.files.clear()
	art.drag_file = ""
	var wants_scene := art.kind in ["animation", "character", "effect", "tileset"]
	for file in files:
		var type := system.get_file_type(file)
		if type == "" or not ResourceLoader.exists(file):
			continue
		art.files.append(file)
		var is_scene := type == "PackedScene"
		var is_picture := ClassDB.is_parent_class(type, "Texture2D")
		if art.drag_file == "" and (is_scene if wants_scene else is_picture):
			art.drag_file = file


func _say_end(error: String) -> void:
	said.emit(error if error != "" else "Cancelled", error != "")
