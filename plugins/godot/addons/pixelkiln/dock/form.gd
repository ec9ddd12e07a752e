@tool
extends VBoxContainer
## What to make: the fields of a request, only those of the selected kind.

## Emitted when Ctrl+Enter is pressed in the prompt.
signal submitted

const Field := preload("field.gd")
const PaletteIcon := preload("palette_icon.gd")
const Rows := preload("rows.gd")

## Fields that are shown for each kind that has them, beside those that it cannot do without. All
## others keep the service's defaults.
const SHOWN: Array[String] = [
	"lower_description",
	"tileset_type",
	"actions",
	"directions",
	"width",
	"height",
	"tile_size",
	"num_images",
]
const LABELS := {"lower_description": "Below", "tileset_type": "Set", "num_images": "Count"}
## The field that the text at the top is for; else the first text that a kind cannot do without.
const PROMPT := "prompt"
const LARGEST_SEED := 4294967295
const DEFAULT_EDGE := 32
const DEFAULT_COUNT := 4

var prompt := TextEdit.new()
var kind := OptionButton.new()
var style := OptionButton.new()
var palette := OptionButton.new()
var seed_box := SpinBox.new()
var seed_lock := Button.new()

var _rows := Rows.new()
var _seed_row := HBoxContainer.new()
var _styles: Array = []
var _kinds: Array = []
## Name in the request -> field of the chosen kind.
var _fields := {}
## Name -> what a field said last, for the next kind that has it.
var _values := {}


func _init(scale_factor: float, default_tile_size: int) -> void:
	prompt.custom_minimum_size = Vector2(0, 62) * scale_factor
	prompt.wrap_mode = TextEdit.LINE_WRAPPING_BOUNDARY
	prompt.gui_input.connect(_on_prompt_input)
	add_child(prompt)
	_values = {
		"width": DEFAULT_EDGE,
		"height": DEFAULT_EDGE,
		"tile_size": default_tile_size,
		"num_images": DEFAULT_COUNT,
	}
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


## Shows what the service offers; keeps what was chosen where it is still there.
func show_catalog(styles: Array, palettes: Array, kinds: Array, first_palette: String) -> void:
	_styles = styles
	_kinds = kinds
	var kind_before: Variant = kind.get_selected_metadata() if kind.selected >= 0 else null
	kind.clear()
	for one: Dictionary in kinds:
		_add_item(kind, str(one.get("title")), one.get("id"))
		kind.set_item_tooltip(kind.item_count - 1, str(one.get("summary", "")))
	_choose(kind, kind_before)
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
	_show_kind()


## Returns the id of the chosen kind, "" before the service has said what it makes.
func chosen_kind() -> String:
	return str(_kind().get("id", ""))


## Says what a field is to be, also one that only another kind has.
func set_value(field_name: String, value: Variant) -> void:
	_values[field_name] = value
	if _fields.has(field_name):
		(_fields[field_name] as Field).set_value(value)


## Picks a new seed unless it is locked; returns it.
func next_seed() -> int:
	if not seed_lock.button_pressed:
		seed_box.value = randi()
	return int(seed_box.value)


## Returns the request described by the fields.
func request() -> Dictionary:
	var made := {"seed": int(seed_box.value), _prompt_field(): prompt.text.strip_edges()}
	if palette.selected > 0:
		made["input_palette"] = str(palette.get_selected_metadata())
	if _has_style() and style.selected >= 0:
		made["prompt_style"] = style.get_selected_metadata()
	for field_name: String in _fields:
		made[field_name] = (_fields[field_name] as Field).value()
	for field_name: String in made.keys():
		if made[field_name] == null or not _properties().has(field_name):
			made.erase(field_name)
	return made


func _build_rows() -> void:
	add_child(_rows)
	_rows.add_row("Kind", kind)
	_rows.add_row("Style", style)
	palette.expand_icon = false
	palette.clip_text = true
	_rows.add_row("Palette", palette)
	seed_box.size_flags_horizontal = Control.SIZE_EXPAND_FILL
	_seed_row.add_child(seed_box)
	_seed_row.add_child(seed_lock)
	_rows.add_row("Seed", _seed_row)


func _kind() -> Dictionary:
	return _kinds[kind.selected] if kind.selected >= 0 and kind.selected < _kinds.size() else {}


func _properties() -> Dictionary:
	return (_kind().get("request", {}) as Dictionary).get("properties", {})


func _required() -> Array:
	return (_kind().get("request", {}) as Dictionary).get("required", [])


func _prompt_field() -> String:
	if _properties().has(PROMPT) or _required().is_empty():
		return PROMPT
	return str(_required()[0])


## Makes the fields of the chosen kind anew, with what was said before.
func _show_kind() -> void:
	for field_name: String in _fields:
		_values[field_name] = (_fields[field_name] as Field).value()
		_rows.remove_row((_fields[field_name] as Field).control)
	_fields.clear()
	var properties := _properties()
	var names: Array = SHOWN + _required().filter(
		func(one: String) -> bool: return not one in SHOWN and one != _prompt_field()
	)
	for field_name: String in names:
		if not properties.has(field_name):
			continue
		var field: Field = Field.make(properties[field_name], _values.get(field_name))
		if field == null:
			continue
		_fields[field_name] = field
		_rows.add_row(LABELS.get(field_name, field_name.capitalize()), field.control)
	for last: Control in [palette, _seed_row]:
		_rows.move_to_end(last)
	var told: Dictionary = properties.get(_prompt_field(), {})
	prompt.placeholder_text = str(told.get("description", ""))
	_rows.show_row(style, _has_style())
	_rows.show_row(palette, properties.has("input_palette"))
	_rows.show_row(_seed_row, properties.has("seed"))


## The list of styles is meant for some kinds; surfaces have one of their own.
func _has_style() -> bool:
	return bool(_kind().get("takes_style", false))


func _take_size_of_style() -> void:
	for one: Dictionary in _styles:
		if one.get("prompt_style") != style.get_selected_metadata():
			continue
		for edge: String in ["width", "height"]:
			if _fields.has(edge):
				(_fields[edge] as Field).limit(one["min_" + edge], one["max_" + edge], one["default_" + edge])
		if _fields.has("num_images"):
			(_fields.num_images.control as SpinBox).max_value = one.max_number_of_images


func _show_lock() -> void:
	var icon := &"Lock" if seed_lock.button_pressed else &"Unlock"
	seed_lock.icon = get_theme_icon(icon, &"EditorIcons")


func _on_prompt_input(event: InputEvent) -> void:
	var key := event as InputEventKey
	if key and key.pressed and key.is_command_or_control_pressed() and key.keycode == KEY_ENTER:
		prompt.accept_event()
		submitted.emit()


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
