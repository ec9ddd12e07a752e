@tool
extends RefCounted
## Finds out which art of the project changed: pixelkiln.manifest.json of each output folder is
## written last and has a revision for every asset. Events only say when to look; the manifests are
## the truth, so nothing is missed while the service or the connection was away.

const MANIFEST := "pixelkiln.manifest.json"

## Manifest path -> its text when it was last looked at.
var _texts := {}
## Asset ("folder/name") -> revision.
var _revisions := {}


## Looks for manifests in the whole project, and takes the state that is found as known.
func begin() -> void:
	find_manifests()
	look()


## Searches all folders but hidden and ignored ones, and addons.
func find_manifests() -> void:
	_find("res://")


## Adds a folder, by its path in the project, that may have a manifest.
func add_folder(folder: String) -> void:
	var path := ("res://" + folder).path_join(MANIFEST)
	if not _texts.has(path):
		_texts[path] = ""


## Returns the files (as resource paths) of the assets that changed since the last look.
func look() -> PackedStringArray:
	var changed := PackedStringArray()
	for path: String in _texts:
		var text := FileAccess.get_file_as_string(path) if FileAccess.file_exists(path) else ""
		if text == _texts[path]:
			continue
		_texts[path] = text
		for asset in _read_assets(text):
			var key := path.get_base_dir().path_join(str(asset.get("name")))
			var revision := str(asset.get("rev"))
			if _revisions.get(key) == revision:
				continue
			_revisions[key] = revision
			for file: Variant in asset.get("files", []):
				if file is Dictionary:
					changed.append(path.get_base_dir().path_join(str(file.get("path"))))
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


static func _read_assets(text: String) -> Array[Dictionary]:
	var assets: Array[Dictionary] = []
	var json := JSON.new()
	if text == "" or json.parse(text) != OK or not json.data is Dictionary:
		return assets
	for one: Variant in (json.data as Dictionary).get("assets", []):
		if one is Dictionary:
			assets.append(one)
	return assets
