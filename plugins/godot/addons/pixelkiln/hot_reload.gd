@tool
extends Node
## Loads changed files into the editor and into open scenes, the way Godot does it: import, then
## replace the cached resources in place, so that every node that shows them updates.

## Emitted once the open scenes show the new files.
signal reloaded(files: PackedStringArray)

## Changes that arrive together are imported together.
const GATHER_SECONDS := 0.05
const MOST_SCANS := 20

var _waiting := PackedStringArray()
var _is_busy := false
## Whether the editor itself is importing. It then shows its progress, which lets other code run,
## but accepts no second import.
var _is_importing := false


func _ready() -> void:
	var system := EditorInterface.get_resource_filesystem()
	# Godot before 4.4 does not report the start.
	if system.has_signal(&"resources_reimporting"):
		system.connect(&"resources_reimporting", _on_import.bind(true))
		system.connect(&"resources_reimported", _on_import.bind(false))


## Takes changed files, as resource paths, in any order. The editor forgets those that are gone.
func add(files: PackedStringArray) -> void:
	for file in files:
		if not _waiting.has(file):
			_waiting.append(file)
	if not _is_busy and not _waiting.is_empty():
		_run()


## Returns when everything is loaded.
func settle() -> void:
	while _is_busy or not _waiting.is_empty():
		await get_tree().process_frame


func _run() -> void:
	_is_busy = true
	await get_tree().create_timer(GATHER_SECONDS).timeout
	while not _waiting.is_empty():
		var files := _waiting
		_waiting = PackedStringArray()
		await _bring_in(files)
	_is_busy = false


func _bring_in(files: PackedStringArray) -> void:
	var system := EditorInterface.get_resource_filesystem()
	await _idle(system)
	var there := PackedStringArray()
	for file in files:
		if FileAccess.file_exists(file):
			there.append(file)
		elif system.get_file_type(file) != "":
			system.update_file(file)
	for file in there:
		await _make_known(system, file.get_base_dir())
	var imported := PackedStringArray()
	var loaded := PackedStringArray()
	for file in there:
		system.update_file(file)
		if FileAccess.file_exists(file + ".import"):
			imported.append(file)
		else:
			loaded.append(file)
	await _idle(system)
	if not imported.is_empty():
		system.reimport_files(imported)
	# Pictures first: whatever uses them is read again afterward. A resource that nobody holds is read
	# from disk anyway.
	for file in imported + loaded:
		if ResourceLoader.has_cached(file):
			ResourceLoader.load(file, "", ResourceLoader.CACHE_MODE_REPLACE)
	reloaded.emit(there)


## The editor imports nothing in a folder it has not seen. It ignores a request to scan while it is
## still cleaning up after the last scan, so the request is repeated.
func _make_known(system: EditorFileSystem, folder: String) -> void:
	var tries := 0
	while system.get_filesystem_path(folder) == null and tries < MOST_SCANS:
		tries += 1
		system.scan()
		await get_tree().process_frame
		await _idle(system)


func _idle(system: EditorFileSystem) -> void:
	while system.is_scanning() or _is_importing:
		await get_tree().process_frame


func _on_import(_files: PackedStringArray, has_begun: bool) -> void:
	_is_importing = has_begun
