@tool
extends ScrollContainer
## Results, newest first; one of them is selected.

signal chosen(art: Art)
signal drag_wanted(art: Art)

const Art := preload("../art.gd")
const ResultCard := preload("result_card.gd")

## Older results are dropped: each holds a picture.
const MOST_CARDS := 32

var _row := HBoxContainer.new()
var _group := ButtonGroup.new()
var _scale := 1.0


func _init(scale_factor: float) -> void:
	_scale = scale_factor
	vertical_scroll_mode = ScrollContainer.SCROLL_MODE_DISABLED
	custom_minimum_size = Vector2(0, (ResultCard.EDGE + 14.0) * scale_factor)
	add_child(_row)


## Puts new results in front and selects the first of them.
func show_arts(arts: Array[RefCounted]) -> void:
	for i in arts.size():
		var card := ResultCard.new(arts[i] as Art, _scale)
		card.button_group = _group
		card.pressed.connect(_on_pressed.bind(card))
		card.drag_wanted.connect(drag_wanted.emit)
		_row.add_child(card)
		_row.move_child(card, i)
	while _row.get_child_count() > MOST_CARDS:
		var oldest := _row.get_child(-1)
		_row.remove_child(oldest)
		oldest.queue_free()
	var first := cards()[0]
	first.button_pressed = true
	scroll_horizontal = 0
	chosen.emit(first.art)


## Returns the cards from left to right.
func cards() -> Array[ResultCard]:
	var found: Array[ResultCard] = []
	for child in _row.get_children():
		found.append(child as ResultCard)
	return found


## Updates which results are marked as saved.
func refresh() -> void:
	for card in cards():
		card.refresh()


func _on_pressed(card: ResultCard) -> void:
	chosen.emit(card.art)
