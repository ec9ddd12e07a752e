@tool
extends RefCounted
## Fills layers of every kind of terrain set through the dock, and asks Godot's own solver for the same.

const Driver := preload("plugin.gd")
const Fill := preload("res://addons/pixelkiln/fill.gd")

const TILE := 16
const MODES := {
	"corner": TileSet.TERRAIN_MODE_MATCH_CORNERS,
	"edge": TileSet.TERRAIN_MODE_MATCH_SIDES,
	"blob": TileSet.TERRAIN_MODE_MATCH_CORNERS_AND_SIDES,
}
## Neighbors in Godot's numbers, for each bit of a mask.
const BITS := {
	"corner": {8: 11, 4: 15, 2: 7, 1: 3},
	"edge": {8: 12, 4: 0, 2: 4, 1: 8},
	"blob": {1: 12, 2: 15, 4: 0, 8: 3, 16: 4, 32: 7, 64: 8, 128: 11},
}

var driver: Driver


func run(on: Driver) -> void:
	driver = on
	EditorInterface.open_scene_from_path("res://main.tscn")
	await driver.frames(10)
	var dock := driver.addon.dock
	driver.report["without_layer"] = dock.fill_panel.visible
	for kind: String in MODES:
		await _fill_kind(kind)


func _fill_kind(kind: String) -> void:
	var root := EditorInterface.get_edited_scene_root()
	var layer: TileMapLayer = root.get_node(kind)
	layer.tile_set = _make_set(kind)
	var panel := driver.addon.dock.fill_panel
	await driver.select([layer])
	var seen := {"terrains": panel.terrain.item_count, "button": panel.button.text}
	panel.shape.select(0)
	panel.width.value = 30
	panel.height.value = 20
	var version := driver.history(layer).get_version()
	panel.button.pressed.emit()
	seen["steps"] = driver.history(layer).get_version() - version
	seen["islands"] = _cells_of(layer, kind)
	await driver.undo(layer)
	seen["undone"] = layer.get_used_cells().size()
	await driver.redo(layer)
	seen["redone_equal"] = _cells_of(layer, kind) == seen["islands"]
	seen["differs_from_godot"] = _differences(layer, kind)
	layer.clear()
	# A shape that a person painted with any tile.
	for cell: Vector2i in [Vector2i(2, 2), Vector2i(3, 2), Vector2i(4, 2), Vector2i(3, 3), Vector2i(3, 4)]:
		layer.set_cell(cell, 0, Vector2i.ZERO)
	await driver.select([root])
	await driver.select([layer])
	panel.shape.select(1)
	panel.button.pressed.emit()
	seen["painted"] = _cells_of(layer, kind)
	seen["message"] = driver.addon.dock.message.text
	driver.report[kind] = seen


## A complete set whose tile at column, row has the mask row * 16 + column.
func _make_set(kind: String) -> TileSet:
	var made := TileSet.new()
	made.tile_size = Vector2i(TILE, TILE)
	made.add_terrain_set()
	made.set_terrain_set_mode(0, MODES[kind])
	var names := PackedStringArray(["Water", "Grass"] if kind == "corner" else ["Grass"])
	for i in names.size():
		made.add_terrain(0)
		made.set_terrain_name(0, i, names[i])
	var top := names.size() - 1
	var source := TileSetAtlasSource.new()
	source.texture_region_size = Vector2i(TILE, TILE)
	var texture := PlaceholderTexture2D.new()
	texture.size = Vector2(16 * TILE, 17 * TILE)
	source.texture = texture
	made.add_source(source, 0)
	for mask in (256 if kind == "blob" else 16):
		if kind != "blob" or _is_reduced(mask):
			_add_tile(source, _place(mask), mask, kind, top)
	if kind == "corner":
		_add_tile(source, Vector2i(0, 16), 15, kind, top)
		source.get_tile_data(Vector2i(0, 16), 0).probability = 0.5
	return made


func _add_tile(source: TileSetAtlasSource, at: Vector2i, mask: int, kind: String, top: int) -> void:
	source.create_tile(at)
	var data := source.get_tile_data(at, 0)
	data.terrain_set = 0
	data.terrain = top if kind != "corner" or mask == 15 else 0
	for bit: int in BITS[kind]:
		var is_set := mask & bit != 0
		if is_set or kind == "corner":
			data.set_terrain_peering_bit(BITS[kind][bit], top if is_set else 0)


## Whether each corner of a mask lies between two sides of it.
func _is_reduced(mask: int) -> bool:
	for i: int in [1, 3, 5, 7]:
		var sides := (1 << (i - 1)) | (1 << ((i + 1) % 8))
		if mask & (1 << i) and mask & sides != sides:
			return false
	return true


func _place(mask: int) -> Vector2i:
	return Vector2i(mask % 16, mask / 16)


## Returns [x, y, mask, whether it is the variant] of every cell.
func _cells_of(layer: TileMapLayer, _kind: String) -> Array:
	var cells := []
	for cell in layer.get_used_cells():
		var coords := layer.get_cell_atlas_coords(cell)
		var is_variant := coords.y == 16
		cells.append([cell.x, cell.y, 15 if is_variant else coords.y * 16 + coords.x, is_variant])
	return cells


## Counts the cells that Godot's own solver fills otherwise; it takes sides and blobs as we do.
func _differences(layer: TileMapLayer, kind: String) -> int:
	if kind == "corner":
		return 0
	var other := TileMapLayer.new()
	other.tile_set = layer.tile_set
	layer.add_child(other)
	other.set_cells_terrain_connect(layer.get_used_cells(), 0, 0)
	var count := 0
	for cell in layer.get_used_cells():
		if other.get_cell_atlas_coords(cell) != layer.get_cell_atlas_coords(cell):
			count += 1
	other.free()
	return count
