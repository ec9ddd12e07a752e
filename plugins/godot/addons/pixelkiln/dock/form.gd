@tool
extends VBoxContainer
## What to make: the fields of a request, only those of the selected kind.

## Emitted when Ctrl+Enter is pressed in the prompt.
signal submitted

const Connection := preload("../connection.gd")
const PaletteIcon := preload("palette_icon.gd")
const Rows := preload("rows.gd")

const KIND_TITLES := {
	"sprite": "Sprite",
	"animation": "Animation",
	"tileset": "Terrain set",
	"tile": "Tile",
}
const PROMPT_HINTS := {
	"sprite": "What should it be? A green slime",
	"animation": "Who or what moves? A knight in blue armor",
	"tileset": "The terrain on top: grass",
	"tile": "The surface: mossy stone floor",
}
const ACTIONS: Array[String] = [
	"idle", "walk", "run", "jump", "attack", "hurt", "die", "cast", "vfx", "destroy", "crouch"
]
const DIRECTIONS := {"One": 1, "Four": 4, "Eight": 8}
const TILESETS := {
	"Corners (16)": "wang16",
	"Edges (16)": "edge16",
	"Blob (47)": "blob47",
	"Dual grid (16)": "dual_grid",
	"Sidescroller (16)": "sidescroller",
}
const LARGEST_SEED := 4294967295
const DEFAULT_EDGE := 32

var prompt := TextEdit.new()
var kind := OptionButton.new()
var style := OptionButton.new()
var lower := LineEdit.new()
var set_type := OptionButton.new()
var action := OptionButton.new()
var directions := OptionButton.new()
var width := SpinBox.new()
var height := SpinBox.new()
var tile_size := SpinBox.new()
var count := SpinBox.new()
var palette := OptionButton.new()
var seed_box := SpinBox.new()
var seed_lock := Button.new()

var _rows := Rows.new()
var _size_row := HBoxContainer.new()
var _seed_row := HBoxContainer.new()
var _styles: Array = []


func _init(scale_factor: float, default_tile_size: int) -> void:
	prompt.custom_minimum_size = Vector2(0, 62) * scale_factor
	prompt.wrap_mode = TextEdit.LINE_WRAPPING_BOUNDARY
	prompt.gui_input.connect(_on_prompt_input)
	add_child(prompt)
	_fill_options()
	_set_range(width, Vector2i(8, 128), DEFAULT_EDGE)
	_set_range(height, Vector2i(8, 128), DEFAULT_EDGE)
	_set_range(tile_size, Vector2i(8, 64), default_tile_size)
	_set_range(count, Vector2i(1, 16), 4)
	seed_box.max_value = LARGEST_SEED
	seed_box.value = randi()
	seed_lock.toggle_mode = true
	seed_lock.tooltip_text = "Keep this seed: the same prompt gives the same picture"
	seed_lock.toggled.connect(func(_is_on: bool) -> void: _show_lock())
	_build_rows()
	kind.item_selected.connect(func(_index: int) -> void: _show_kind())
	style.item_selected.connect(func(_index: int) -> void: _take_size_of_style())
	_show_kind()


func _notification(what: int) -> void:
	if what == NOTIFICATION_THEME_CHANGED and is_inside_tree():
		_show_lock()


## Shows what the service offers; keeps the previous choice if it is still available.
func show_catalog(
		styles: Array, palettes: Array, kinds: PackedStringArray, first_palette: String
) -> void:
	_styles = styles
	for i in kind.item_count:
		kind.set_item_disabled(i, not kinds.has(str(kind.get_item_metadata(i))))
	var style_before: Variant = style.get_selected_metadata()
	style.clear()
	for one: Dictionary in styles:
		_add_item(style, str(one.get("name")), one.get("prompt_style"))
		style.set_item_tooltip(style.item_count - 1, str(one.get("description", "")))
	_choose(style, style_before)
	var palette_before: Variant = palette.get_selected_metadata()
	palette.clear()
	_add_item(palette, "Automatic", "")
	for one: Dictionary in palettes:
		_add_item(palette, str(one.get("title")), one.get("name"))
		palette.set_item_icon(palette.item_count - 1, PaletteIcon.draw(one.get("colors", [])))
	_choose(palette, first_palette if palette_before == null else palette_before)


## Returns the selected kind: a key of Connection.ROUTES.
func chosen_kind() -> String:
	return str(kind.get_selected_metadata())


## Picks a new seed unless it is locked; returns it.
func next_seed() -> int:
	if not seed_lock.button_pressed:
		seed_box.value = randi()
	return int(seed_box.value)


## Returns the request described by the fields.
func request() -> Dictionary:
	var made := {"seed": int(seed_box.value)}
	var chosen_palette := str(palette.get_selected_metadata())
	if palette.selected > 0:
		made["input_palette"] = chosen_palette
	var words := prompt.text.strip_edges()
	if chosen_kind() == "tileset":
		made["upper_description"] = words
		made["tileset_type"] = set_type.get_selected_metadata()
		made["tile_size"] = int(tile_size.value)
		if lower.text.strip_edges() != "":
			made["lower_description"] = lower.text.strip_edges()
		return made
	made["prompt"] = words
	made["width"] = int(width.value)
	made["height"] = int(height.value)
	if chosen_kind() == "animation":
		made["action"] = action.get_selected_metadata()
		made["directions"] = directions.get_selected_metadata()
	else:
		made["num_images"] = int(count.value)
	if _has_style() and style.selected >= 0:
		made["prompt_style"] = style.get_selected_metadata()
	return made


func _build_rows() -> void:
	add_child(_rows)
	_rows.add_row("Kind", kind)
	_rows.add_row("Style", style)
	lower.placeholder_text = "water"
	_rows.add_row("Below", lower)
	_rows.add_row("Set", set_type)
	_rows.add_row("Action", action)
	_rows.add_row("Directions", directions)
	var times := Label.new()
	times.text = "×"
	for part: Control in [width, times, height]:
		_size_row.add_child(part)
	width.size_flags_horizontal = Control.SIZE_EXPAND_FILL
	height.size_flags_horizontal = Control.SIZE_EXPAND_FILL
	_rows.add_row("Size", _size_row)
	_rows.add_row("Tile size", tile_size)
	_rows.add_row("Count", count)
	palette.expand_icon = false
	palette.clip_text = true
	_rows.add_row("Palette", palette)
	seed_box.size_flags_horizontal = Control.SIZE_EXPAND_FILL
	_seed_row.add_child(seed_box)
	_seed_row.add_child(seed_lock)
	_rows.add_row("Seed", _seed_row)


func _fill_options() -> void:
	for one: String in KIND_TITLES:
		_add_item(kind, KIND_TITLES[one], one)
		kind.set_item_disabled(kind.item_count - 1, one != "sprite")
	for one in ACTIONS:
		_add_item(action, one.capitalize(), one)
	_choose(action, "walk")
	for title: String in DIRECTIONS:
		_add_item(directions, title, DIRECTIONS[title])
	for title: String in TILESETS:
		_add_item(set_type, title, TILESETS[title])


func _show_kind() -> void:
	var chosen := chosen_kind()
	var is_set := chosen == "tileset"
	var is_moving := chosen == "animation"
	prompt.placeholder_text = PROMPT_HINTS[chosen]
	_rows.show_row(style, _has_style())
	_rows.show_row(lower, is_set)
	_rows.show_row(set_type, is_set)
	_rows.show_row(tile_size, is_set)
	_rows.show_row(action, is_moving)
	_rows.show_row(directions, is_moving)
	_rows.show_row(_size_row, not is_set)
	_rows.show_row(count, not is_set and not is_moving)


## Surfaces have a style of their own, which is the service's default for them.
func _has_style() -> bool:
	return chosen_kind() in ["sprite", "animation"]


func _take_size_of_style() -> void:
	for one: Dictionary in _styles:
		if one.get("prompt_style") != style.get_selected_metadata():
			continue
		_set_range(width, Vector2i(one.min_width, one.max_width), one.default_width)
		_set_range(height, Vector2i(one.min_height, one.max_height), one.default_height)
		count.max_value = one.max_number_of_images


func _show_lock() -> void:
	var icon := &"Lock" if seed_lock.button_pressed else &"Unlock"
	seed_lock.icon = get_theme_icon(icon, &"EditorIcons")


func _on_prompt_input(event: InputEvent) -> void:
	var key := event as InputEventKey
	if key and key.pressed and key.is_command_or_control_pressed() and key.keycode == KEY_ENTER:
		prompt.accept_event()
		submitted.emit()


static func _set_range(box: SpinBox, limits: Vector2i, value: float) -> void:
	box.min_value = limits.x
	box.max_value = limits.y
	box.value = value


static func _add_item(options: OptionButton, title: String, value: Variant) -> void:
	options.add_item(title)
	options.set_item_metadata(options.item_count - 1, value)


static func _choose(options: OptionButton, value: Variant) -> void:
	for i in options.item_count:
		if options.get_item_metadata(i) == value:
			options.select(i)
			return
	if options.item_count > 0:
		options.select(0)
