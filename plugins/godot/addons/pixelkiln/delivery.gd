@tool
extends Node
## Saves art to the project. The service writes every file; the addon knows no formats. If both
## work on the same disk, the service writes to the project itself, otherwise the addon downloads
## the bytes and writes them here.

const Answer := preload("answer.gd")
const Art := preload("art.gd")
const Connection := preload("connection.gd")
const Generation := preload("generation.gd")

## Files that the editor rewrites on import: written once, then left alone.
const EDITOR_OWNED := ["import", "uid"]
const RECORD_SECTION := "pixelkiln"
const RECORD_KEY := "delivered"

var _connection: Connection
var _generation: Generation


func _init(connection: Connection, generation: Generation) -> void:
	_connection = connection
	_generation = generation


## Saves art under a name in a folder of the project. Returns {"files": PackedStringArray} with
## resource paths, in the order in which they refer to each other, or {"error": String}; "" means
## cancelled.
func save(art: Art, folder: String, file_name: String) -> Dictionary:
	var shares_disk := _connection.shares_disk
	var place := "dir" if shares_disk else "client_folder"
	var output := {place: folder, "name": file_name, "engine": ["godot"]}
	var request := art.request.merged({"output": output}, true)
	var outcome: Dictionary = await _generation.run(_connection.route_of(art.kind), request)
	if outcome.has("error"):
		return outcome
	var answer: Dictionary = outcome.answer
	if not shares_disk:
		return await _fetch(answer, folder)
	var files := PackedStringArray()
	for path: String in answer.get("project_files", []):
		var file := "res://" + path
		if not FileAccess.file_exists(file):
			return {"error": "The service wrote %s, but it is not in this project." % path}
		files.append(file)
	return {"files": files}


## Returns a name that no file in the folder starts with yet.
static func free_name(folder: String, wanted: String) -> String:
	var place := "res://" + folder
	var taken := PackedStringArray()
	if DirAccess.dir_exists_absolute(place):
		taken = DirAccess.get_files_at(place)
	var candidate := wanted
	var number := 1
	while _is_taken(taken, candidate):
		number += 1
		candidate = "%s_%d" % [wanted, number]
	return candidate


static func _is_taken(files: PackedStringArray, file_name: String) -> bool:
	for file in files:
		if file.get_slice(".", 0) == file_name or file.begins_with(file_name + "-"):
			return true
	return false


func _fetch(answer: Dictionary, folder: String) -> Dictionary:
	var fetched := {}
	for file: Dictionary in answer.get("files", []):
		var path := str(file.get("path"))
		var part: Answer = await _connection.client.get_answer(
			"/v1/assets/%s/files/%s" % [answer.get("id"), path.uri_encode()]
		)
		if not part.is_good():
			return {"error": part.problem()}
		if _hash(part.bytes) != str(file.get("sha256")):
			return {"error": "The download of %s is incomplete." % path}
		fetched[("res://" + folder).path_join(path)] = part.bytes
	return _put_down(fetched)


## Writes all files, or none if a person changed one of them.
func _put_down(fetched: Dictionary) -> Dictionary:
	var settings := EditorInterface.get_editor_settings()
	var record: Dictionary = settings.get_project_metadata(RECORD_SECTION, RECORD_KEY, {})
	var files := PackedStringArray()
	for path: String in fetched:
		if not FileAccess.file_exists(path):
			files.append(path)
		elif not path.get_extension() in EDITOR_OWNED:
			var there := FileAccess.get_sha256(path)
			if there != record.get(path, "") and there != _hash(fetched[path]):
				return {"error": "%s was changed by hand and stays as it is." % path.get_file()}
			files.append(path)
	for path in files:
		DirAccess.make_dir_recursive_absolute(path.get_base_dir())
		var error := _write(path, fetched[path])
		if error != OK:
			return {"error": "%s cannot be written: %s." % [path.get_file(), error_string(error)]}
		record[path] = _hash(fetched[path])
	settings.set_project_metadata(RECORD_SECTION, RECORD_KEY, record)
	return {"files": files}


## A file is either complete or as it was: the editor may scan at any time.
static func _write(path: String, bytes: PackedByteArray) -> Error:
	var temporary := path + ".tmp"
	var file := FileAccess.open(temporary, FileAccess.WRITE)
	if file == null:
		return FileAccess.get_open_error()
	file.store_buffer(bytes)
	file.close()
	return DirAccess.rename_absolute(temporary, path)


static func _hash(bytes: PackedByteArray) -> String:
	var context := HashingContext.new()
	context.start(HashingContext.HASH_SHA256)
	context.update(bytes)
	return context.finish().hex_encode()
