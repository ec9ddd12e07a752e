@tool
extends Button
## One result in the strip: shows it, can be selected, and can be dragged into a scene.

## Emitted when a drag starts that needs the art to be in the project.
signal drag_wanted(art: Art)

const Art := preload("../art.gd")
const Preview := preload("preview.gd")

const EDGE := 84.0
const MARGIN := 5.0

var art: Art
var _preview := Preview.new()
var _saved_mark := TextureRect.new()


func _init(shown: Art, scale_factor: float) -> void:
	art = shown
	toggle_mode = true
	custom_minimum_size = Vector2(EDGE, EDGE) * scale_factor
	_preview.set_anchors_and_offsets_preset(
		Control.PRESET_FULL_RECT, Control.PRESET_MODE_MINSIZE, roundi(MARGIN * scale_factor)
	)
	_preview.most_directions = 1
	_preview.show_picture(art.texture, art.frames)
	add_child(_preview)
	_saved_mark.set_anchors_and_offsets_preset(
		Control.PRESET_BOTTOM_RIGHT, Control.PRESET_MODE_MINSIZE, roundi(MARGIN * scale_factor)
	)
	_saved_mark.grow_horizontal = Control.GROW_DIRECTION_BEGIN
	_saved_mark.grow_vertical = Control.GROW_DIRECTION_BEGIN
	_saved_mark.mouse_filter = Control.MOUSE_FILTER_IGNORE
	add_child(_saved_mark)
	refresh()


func _notification(what: int) -> void:
	if what == NOTIFICATION_THEME_CHANGED and is_inside_tree():
		_saved_mark.texture = get_theme_icon(&"StatusSuccess", &"EditorIcons")


func _get_drag_data(_at_position: Vector2) -> Variant:
	if art.drag_file == "":
		drag_wanted.emit(art)
		return null
	var shown := Preview.new()
	shown.custom_minimum_size = Vector2(64, 64)
	shown.size = shown.custom_minimum_size
	shown.most_directions = 1
	shown.show_picture(art.texture, art.frames)
	set_drag_preview(shown)
	return drag_data()


## Returns art that is in the project as files to drop, which every part of the editor accepts.
func drag_data() -> Dictionary:
	return {"type": "files", "files": PackedStringArray([art.drag_file]), "from": self}


## Shows whether the art is in the project.
func refresh() -> void:
	var is_saved := not art.files.is_empty()
	_saved_mark.visible = is_saved
	tooltip_text = "%s\n%s, seed %d" % [art.title, art.size_text(), art.seed_number]
	tooltip_text += "\nDrag it into the scene." if is_saved else "\nSave it, then drag it."
