@tool
extends VBoxContainer
## Fills the selected TileMapLayer with a terrain of its tile set.

## [param seed_number] is -1 to cover everything.
signal fill_wanted(layer: TileMapLayer, terrain: Dictionary, size: Vector2i, seed_number: int)

const Rows := preload("rows.gd")
const TileCatalog := preload("../tile_catalog.gd")

const NEEDS_LAYER := "Select a TileMapLayer"
const NEEDS_TERRAIN := "This layer's tile set has no terrains"
const DEFAULT_SIZE := Vector2i(24, 14)

var terrain := OptionButton.new()
var shape := OptionButton.new()
var width := SpinBox.new()
var height := SpinBox.new()
var button := Button.new()

var _layer: TileMapLayer
## The part of the layer that the panel shows.
var _facts := []
var _rows := Rows.new()
var _size_row := HBoxContainer.new()


func _init() -> void:
	add_child(_rows)
	_rows.add_row("Terrain", terrain)
	shape.add_item("Islands")
	shape.add_item("Everywhere")
	_rows.add_row("Shape", shape)
	var times := Label.new()
	times.text = "×"
	for part: Control in [width, times, height]:
		_size_row.add_child(part)
	for box: SpinBox in [width, height]:
		box.min_value = 1
		box.max_value = 512
		box.size_flags_horizontal = Control.SIZE_EXPAND_FILL
	width.value = DEFAULT_SIZE.x
	height.value = DEFAULT_SIZE.y
	_rows.add_row("Cells", _size_row)
	button.pressed.connect(_on_pressed)
	add_child(button)
	show_layer(null)


## Shows the terrains of a layer; null = none is selected.
func show_layer(layer: TileMapLayer) -> void:
	if is_instance_valid(_layer):
		_layer.changed.disconnect(_on_layer_changed)
	_layer = layer
	_facts = []
	if layer:
		layer.changed.connect(_on_layer_changed)
		_facts = _facts_of(layer)
	var before := terrain.get_item_text(terrain.selected) if terrain.selected >= 0 else ""
	terrain.clear()
	if layer:
		for one in TileCatalog.list_terrains(layer.tile_set):
			terrain.add_icon_item(_swatch(one.color), one.name)
			terrain.set_item_metadata(terrain.item_count - 1, one)
			# The last terrain is the one on top.
			if one.name == before or before == "":
				terrain.select(terrain.item_count - 1)
	var has_terrain := terrain.item_count > 0
	visible = layer != null
	_rows.visible = has_terrain
	button.disabled = not has_terrain
	button.text = "Fill %s" % layer.name if has_terrain else (NEEDS_TERRAIN if layer else NEEDS_LAYER)
	if has_terrain:
		var used := layer.get_used_rect()
		_rows.show_row(_size_row, not used.has_area())


## A layer reports every painted cell; the panel changes with its tile set and with the first cell.
func _on_layer_changed() -> void:
	if _facts_of(_layer) != _facts:
		show_layer(_layer)


func _on_pressed() -> void:
	if not is_instance_valid(_layer):
		show_layer(null)
		return
	var is_solid := shape.selected == 1
	var size_in_cells := Vector2i(int(width.value), int(height.value))
	var seed_number := -1 if is_solid else randi() % 1000000
	fill_wanted.emit(_layer, terrain.get_selected_metadata(), size_in_cells, seed_number)


static func _facts_of(layer: TileMapLayer) -> Array:
	return [TileCatalog.list_terrains(layer.tile_set), layer.get_used_rect().has_area()]


static func _swatch(color: Color) -> Texture2D:
	var image := Image.create(10, 10, false, Image.FORMAT_RGB8)
	image.fill(color)
	return ImageTexture.create_from_image(image)
