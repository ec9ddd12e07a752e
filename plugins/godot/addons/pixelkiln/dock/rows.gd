@tool
extends GridContainer
## Labeled fields in two columns, any of which can be hidden.

const LABEL_COLOR := Color(1, 1, 1, 0.65)

## Field -> its label.
var _labels := {}


func _init() -> void:
	columns = 2
	size_flags_horizontal = Control.SIZE_EXPAND_FILL


## Adds a field with a label; returns it.
func add_row(title: String, field: Control) -> Control:
	var label := Label.new()
	label.text = title
	label.modulate = LABEL_COLOR
	add_child(label)
	field.size_flags_horizontal = Control.SIZE_EXPAND_FILL
	add_child(field)
	_labels[field] = label
	return field


## Shows or hides a field along with its label.
func show_row(field: Control, is_shown: bool) -> void:
	field.visible = is_shown
	(_labels[field] as Label).visible = is_shown
