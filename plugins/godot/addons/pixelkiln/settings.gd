@tool
extends RefCounted
## Names, defaults and getters of the addon's settings.
##
## Settings of this machine (address, token) are editor settings; settings of the game (folder, tile
## size, palette, filter) are project settings and are stored in project.godot.

const SERVICE_URL := "pixelkiln/service/url"
const SERVICE_TOKEN := "pixelkiln/service/token"
const OUTPUT_FOLDER := "pixelkiln/output/folder"
const TILE_SIZE := "pixelkiln/art/tile_size"
const PALETTE := "pixelkiln/art/palette"
const TEXTURE_FILTER := "pixelkiln/art/texture_filter"

## Values of [constant TEXTURE_FILTER].
const FILTER_AUTO := 0
const FILTER_NEAREST := 1
const FILTER_KEEP := 2

## 127.0.0.1 instead of localhost: looking up the name costs 70 ms per request.
const DEFAULT_URL := "http://127.0.0.1:7878"
const DEFAULT_FILTER := "rendering/textures/canvas_textures/default_texture_filter"


## Registers the settings with the editor: defaults, hints and places in the dialogs.
static func register() -> void:
	_add_project_setting(OUTPUT_FOLDER, "pixelkiln", PROPERTY_HINT_NONE, "")
	_add_project_setting(TILE_SIZE, 16, PROPERTY_HINT_RANGE, "8,64,1")
	_add_project_setting(PALETTE, "", PROPERTY_HINT_NONE, "")
	_add_project_setting(TEXTURE_FILTER, FILTER_AUTO, PROPERTY_HINT_ENUM, "Auto,Nearest,Keep")
	_add_editor_setting(SERVICE_URL, DEFAULT_URL, PROPERTY_HINT_NONE)
	_add_editor_setting(SERVICE_TOKEN, "", PROPERTY_HINT_PASSWORD)


## Returns the address of the service. PIXELKILN_URL wins over the setting, as on the command line.
static func service_url() -> String:
	var from_environment := OS.get_environment("PIXELKILN_URL")
	var url := from_environment if from_environment != "" else str(_editor_value(SERVICE_URL))
	return url.strip_edges().trim_suffix("/")


## Returns the bearer token, "" = none. PIXELKILN_TOKEN wins over the setting.
static func service_token() -> String:
	var from_environment := OS.get_environment("PIXELKILN_TOKEN")
	return from_environment if from_environment != "" else str(_editor_value(SERVICE_TOKEN))


## Returns the folder for the art, relative to the project, without leading or trailing slashes.
static func output_folder() -> String:
	var folder := str(ProjectSettings.get_setting(OUTPUT_FOLDER, "pixelkiln"))
	return folder.trim_prefix("res://").lstrip("/").rstrip("/")


## Returns the edge of a tile in pixels.
static func tile_size() -> int:
	return int(ProjectSettings.get_setting(TILE_SIZE, 16))


## Returns the name of the palette that the dock starts with, "" = the model chooses.
static func palette() -> String:
	return str(ProjectSettings.get_setting(PALETTE, ""))


## Whether a node that shows our art must be set to nearest filtering.
static func wants_nearest() -> bool:
	match int(ProjectSettings.get_setting(TEXTURE_FILTER, FILTER_AUTO)):
		FILTER_NEAREST:
			return true
		FILTER_KEEP:
			return false
	return not project_is_nearest()


## Whether the project draws every texture with nearest filtering by default.
static func project_is_nearest() -> bool:
	return int(ProjectSettings.get_setting(DEFAULT_FILTER, 1)) == 0


## Makes nearest the default filter of the project and saves it.
static func make_project_nearest() -> void:
	ProjectSettings.set_setting(DEFAULT_FILTER, 0)
	ProjectSettings.save()


static func _add_project_setting(
		name: String, value: Variant, hint: PropertyHint, hint_string: String
) -> void:
	if not ProjectSettings.has_setting(name):
		ProjectSettings.set_setting(name, value)
	ProjectSettings.set_initial_value(name, value)
	ProjectSettings.set_as_basic(name, true)
	ProjectSettings.add_property_info(
		{"name": name, "type": typeof(value), "hint": hint, "hint_string": hint_string}
	)


static func _add_editor_setting(name: String, value: Variant, hint: PropertyHint) -> void:
	var settings := EditorInterface.get_editor_settings()
	if not settings.has_setting(name):
		settings.set_setting(name, value)
	settings.set_initial_value(name, value, false)
	settings.add_property_info({"name": name, "type": typeof(value), "hint": hint})


static func _editor_value(name: String) -> Variant:
	var settings := EditorInterface.get_editor_settings()
	return settings.get_setting(name) if settings.has_setting(name) else ""
