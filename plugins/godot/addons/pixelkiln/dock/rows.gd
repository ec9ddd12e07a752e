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


## Puts a field behind all others.
func move_to_end(field: Control) -> void:
	move_child(_labels[field], -1)
	move_child(field, -1)


## Takes a field and its label away for good.
func remove_row(field: Control) -> void:
	for part: Control in [field, _labels[field]]:
		remove_child(part)
		part.queue_free()
	_labels.erase(field)
