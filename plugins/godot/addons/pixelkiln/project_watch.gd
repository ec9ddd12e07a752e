@tool
extends RefCounted
## Finds out which art in the project changed: pixelkiln.manifest.json in each output folder is
## written last and has a revision for every asset. Events only say when to look; the manifests are
## the truth, so nothing is missed while the service or the connection was away.

const MANIFEST := "pixelkiln.manifest.json"

## Manifest path -> its text when it was last read.
var _texts := {}
## Manifest path -> what it listed then: name -> {"rev": String, "files": PackedStringArray}.
var _assets := {}


## Searches the whole project for manifests, and takes their present state as known.
func begin() -> void:
	find_manifests()
	look()


## Searches all folders except hidden and ignored ones, and addons.
func find_manifests() -> void:
	_find("res://")


## Adds a folder, by its path in the project, that may have a manifest.
func add_folder(folder: String) -> void:
	var path := ("res://" + folder).path_join(MANIFEST)
	if not _texts.has(path):
		_texts[path] = ""


## Returns the files (as resource paths) of the assets that changed since the last check, including
## files they no longer have.
func look() -> PackedStringArray:
	var changed := PackedStringArray()
	for path: String in _texts:
		var text := FileAccess.get_file_as_string(path) if FileAccess.file_exists(path) else ""
		if text == _texts[path]:
			continue
		_texts[path] = text
		var before: Dictionary = _assets.get(path, {})
		var now := _read_assets(text, path.get_base_dir())
		_assets[path] = now
		for asset_name: String in now.merged(before):
			var old: Dictionary = before.get(asset_name, {})
			var new: Dictionary = now.get(asset_name, {})
			if old.get("rev") == new.get("rev"):
				continue
			for version: Dictionary in [new, old]:
				for file: String in version.get("files", []):
					if not changed.has(file):
						changed.append(file)
	return changed


func _find(folder: String) -> void:
	var dir := DirAccess.open(folder)
	if dir == null or dir.file_exists(".gdignore"):
		return
	if dir.file_exists(MANIFEST):
		add_folder(folder.trim_prefix("res://").trim_suffix("/"))
	for child in dir.get_directories():
		if not child.begins_with(".") and child != "addons":
			_find(folder.path_join(child))


static func _read_assets(text: String, folder: String) -> Dictionary:
	var assets := {}
	var json := JSON.new()
	if text == "" or json.parse(text) != OK or not json.data is Dictionary:
		return assets
	for one: Variant in (json.data as Dictionary).get("assets", []):
		if not one is Dictionary:
			continue
		var files := PackedStringArray()
		for file: Variant in one.get("files", []):
			if file is Dictionary:
				files.append(folder.path_join(str(file.get("path"))))
		assets[str(one.get("name"))] = {"rev": str(one.get("rev")), "files": files}
	return assets
