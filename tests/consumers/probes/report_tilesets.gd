extends SceneTree
# Loads the TileSets and maps that are named in res://ask.json, paints with Godot's own terrain brush, and writes
# what Godot then has to res://report.json. It judges nothing: the test compares the report with what was written.

const BITS := {
	TileSet.CELL_NEIGHBOR_TOP_SIDE: "N",
	TileSet.CELL_NEIGHBOR_TOP_RIGHT_CORNER: "NE",
	TileSet.CELL_NEIGHBOR_RIGHT_SIDE: "E",
	TileSet.CELL_NEIGHBOR_BOTTOM_RIGHT_CORNER: "SE",
	TileSet.CELL_NEIGHBOR_BOTTOM_SIDE: "S",
	TileSet.CELL_NEIGHBOR_BOTTOM_LEFT_CORNER: "SW",
	TileSet.CELL_NEIGHBOR_LEFT_SIDE: "W",
	TileSet.CELL_NEIGHBOR_TOP_LEFT_CORNER: "NW",
}


func _init() -> void:
	var ask: Dictionary = JSON.parse_string(FileAccess.get_file_as_string("res://ask.json"))
	var report := {"tile_sets": {}, "maps": {}, "paintings": []}
	for path: String in ask["tile_sets"]:
		report["tile_sets"][path] = _describe_tile_set(load(path))
	for path: String in ask["maps"]:
		report["maps"][path] = _describe_map(path)
	for painting: Dictionary in ask["paintings"]:
		report["paintings"].append(_paint(painting))
	var file := FileAccess.open("res://report.json", FileAccess.WRITE)
	file.store_string(JSON.stringify(report))
	file.close()
	quit(0)


func _describe_tile_set(tile_set: TileSet) -> Dictionary:
	var terrains := []
	for i: int in tile_set.get_terrains_count(0):
		terrains.append({
			"name": tile_set.get_terrain_name(0, i),
			"color": "#" + tile_set.get_terrain_color(0, i).to_html(false),
		})
	var source: TileSetAtlasSource = tile_set.get_source(0)
	var tiles := []
	for i: int in source.get_tiles_count():
		tiles.append(_describe_tile(tile_set, source, source.get_tile_id(i)))
	return {
		"tile_size": [tile_set.tile_size.x, tile_set.tile_size.y],
		"terrain_sets": tile_set.get_terrain_sets_count(),
		"mode": tile_set.get_terrain_set_mode(0),
		"terrains": terrains,
		"physics_layers": tile_set.get_physics_layers_count(),
		"custom_layer": tile_set.get_custom_data_layer_name(0),
		"sources": tile_set.get_source_count(),
		"texture": source.texture.resource_path,
		"tiles": tiles,
	}


func _describe_tile(tile_set: TileSet, source: TileSetAtlasSource, at: Vector2i) -> Dictionary:
	var image := source.texture.get_image()
	image.convert(Image.FORMAT_RGBA8)
	var frames := []
	for frame: int in source.get_tile_animation_frames_count(at):
		var region := source.get_tile_texture_region(at, frame)
		frames.append({
			"seconds": source.get_tile_animation_frame_duration(at, frame) / source.get_tile_animation_speed(at),
			"rgba": Marshalls.raw_to_base64(image.get_region(region).get_data()),
		})
	var alternatives := []
	for i: int in source.get_alternative_tiles_count(at):
		alternatives.append(_describe_data(tile_set, source.get_tile_data(at, source.get_alternative_tile_id(at, i))))
	return {
		"at": [at.x, at.y],
		"frames": frames,
		"animation_mode": source.get_tile_animation_mode(at),
		"alternatives": alternatives,
	}


func _describe_data(tile_set: TileSet, data: TileData) -> Dictionary:
	var bits := {}
	for bit: int in BITS:
		if data.terrain_set >= 0 and data.is_valid_terrain_peering_bit(bit):
			bits[BITS[bit]] = data.get_terrain_peering_bit(bit)
	var polygons := []
	if tile_set.get_physics_layers_count() > 0:
		for i: int in data.get_collision_polygons_count(0):
			var points := []
			for point: Vector2 in data.get_collision_polygon_points(0, i):
				points.append([point.x, point.y])
			polygons.append(points)
	return {
		"terrain_set": data.terrain_set,
		"terrain": data.terrain,
		"bits": bits,
		"polygons": polygons,
		"probability": data.probability,
		"name": data.get_custom_data("name"),
	}


func _describe_map(path: String) -> Dictionary:
	var scene: PackedScene = load(path)
	var node: TileMapLayer = scene.instantiate()
	var report := {
		"name": node.name,
		"texture_filter": node.texture_filter,
		"script": node.get_script() != null,
		"children": node.get_child_count(),
		"tile_set": node.tile_set.resource_path,
		"cells": _list_cells(node),
	}
	node.free()
	return report


func _paint(painting: Dictionary) -> Array:
	var layer := TileMapLayer.new()
	layer.tile_set = load(painting["tile_set"])
	root.add_child(layer)
	for stroke: Dictionary in painting["strokes"]:
		var cells: Array[Vector2i] = []
		for cell: Array in stroke["cells"]:
			cells.append(Vector2i(int(cell[0]), int(cell[1])))
		layer.set_cells_terrain_connect(cells, 0, int(stroke["terrain"]), false)
	var report := _list_cells(layer)
	layer.free()
	return report


func _list_cells(layer: TileMapLayer) -> Array:
	var cells := []
	for cell: Vector2i in layer.get_used_cells():
		var at := layer.get_cell_atlas_coords(cell)
		cells.append([cell.x, cell.y, at.x, at.y])
	return cells
