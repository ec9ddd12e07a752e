@tool
extends RefCounted
## One field of a request as a control, made from its JSON schema as the service lists it.

## Titles of words that say too little by themselves.
const TITLES := {
	"wang16": "Corners (16)",
	"edge16": "Edges (16)",
	"blob47": "Blob (47)",
	"dual_grid": "Dual grid (16)",
	"sidescroller": "Side view (16)",
}

var control: Control


## Makes the field of a schema with its first value; null for what a control cannot say, such as
## a picture.
static func make(schema: Dictionary, first: Variant) -> RefCounted:
	var field := new()
	var options: Array = schema.get("anyOf", [schema])
	var words := []
	for option: Dictionary in options:
		words.append_array(option.get("enum", [option.const] if option.has("const") else []))
	var measures: Array = options.filter(
		func(option: Dictionary) -> bool: return option.has("maximum")
	)
	var items: Dictionary = schema.get("items", {})
	if items.has("enum"):
		field.control = _checks(items.enum)
	elif not words.is_empty():
		field.control = _list(words, schema.has("default"))
	elif not measures.is_empty():
		field.control = _spin(measures[0])
	elif schema.get("type") == "boolean":
		field.control = CheckBox.new()
	elif schema.get("type") == "string" and not schema.has("contentEncoding"):
		var line := LineEdit.new()
		line.placeholder_text = str(schema.get("description", ""))
		field.control = line
	else:
		return null
	if field.control is MenuButton:
		_show_chosen(field.control as MenuButton)
	field.control.tooltip_text = str(schema.get("description", ""))
	field.set_value(schema.get("default") if first == null else first)
	return field


## Returns what the request says; null = nothing, which leaves it to the service.
func value() -> Variant:
	if control is SpinBox:
		var number := (control as SpinBox).value
		return number if (control as SpinBox).step < 1.0 else int(number)
	if control is OptionButton:
		return (control as OptionButton).get_selected_metadata()
	if control is CheckBox:
		return (control as CheckBox).button_pressed
	if control is MenuButton:
		var chosen := _chosen(control as MenuButton)
		return null if chosen.is_empty() else chosen
	var text := (control as LineEdit).text.strip_edges()
	return null if text == "" else text


## Shows a value; one that the control does not have changes nothing.
func set_value(new_value: Variant) -> void:
	if new_value == null:
		return
	if control is SpinBox:
		(control as SpinBox).value = float(new_value)
	elif control is OptionButton:
		var list := control as OptionButton
		for i in list.item_count:
			if str(list.get_item_metadata(i)) == str(_plain(new_value)):
				list.select(i)
	elif control is CheckBox:
		(control as CheckBox).button_pressed = bool(new_value)
	elif control is MenuButton:
		var popup := (control as MenuButton).get_popup()
		for i in popup.item_count:
			popup.set_item_checked(i, (new_value as Array).has(popup.get_item_metadata(i)))
		_show_chosen(control as MenuButton)
	else:
		(control as LineEdit).text = str(new_value)


## Narrows a number to what goes together with another choice.
func limit(least: float, most: float, first: float) -> void:
	var box := control as SpinBox
	box.min_value = least
	box.max_value = most
	box.value = first


static func _spin(schema: Dictionary) -> SpinBox:
	var box := SpinBox.new()
	box.step = 1.0 if schema.get("type") == "integer" else 0.05
	box.min_value = schema.get("minimum", 0.0)
	box.max_value = schema.maximum
	return box


static func _list(words: Array, has_default: bool) -> OptionButton:
	var list := OptionButton.new()
	if not has_default:
		list.add_item("Default")
	for word: Variant in words:
		var plain: Variant = _plain(word)
		list.add_item(TITLES.get(plain, str(plain).capitalize()))
		list.set_item_metadata(list.item_count - 1, plain)
	return list


## A button with a list of which several can be chosen, and that says which are.
static func _checks(words: Array) -> MenuButton:
	var button := MenuButton.new()
	button.flat = false
	button.clip_text = true
	button.alignment = HORIZONTAL_ALIGNMENT_LEFT
	var popup := button.get_popup()
	popup.hide_on_checkable_item_selection = false
	for word: Variant in words:
		popup.add_check_item(str(word).capitalize())
		popup.set_item_metadata(popup.item_count - 1, word)
	popup.index_pressed.connect(
		func(index: int) -> void:
			popup.toggle_item_checked(index)
			_show_chosen(button)
	)
	return button


static func _chosen(button: MenuButton) -> Array:
	var popup := button.get_popup()
	return range(popup.item_count).filter(popup.is_item_checked).map(popup.get_item_metadata)


static func _show_chosen(button: MenuButton) -> void:
	var names := _chosen(button).map(func(word: Variant) -> String: return str(word).capitalize())
	button.text = "Default" if names.is_empty() else ", ".join(PackedStringArray(names))


## JSON knows no whole numbers.
static func _plain(word: Variant) -> Variant:
	return int(word) if word is float else word
