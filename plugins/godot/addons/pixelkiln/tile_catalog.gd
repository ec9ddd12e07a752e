@tool
extends RefCounted
## The tiles of one terrain of a TileSet by their mask, read from Godot's own peering bits: works
## with any tile set that has terrains, whoever made it.

const Fill := preload("fill.gd")

const CORNER_BITS := {
	8: TileSet.CELL_NEIGHBOR_TOP_LEFT_CORNER,
	4: TileSet.CELL_NEIGHBOR_TOP_RIGHT_CORNER,
	2: TileSet.CELL_NEIGHBOR_BOTTOM_LEFT_CORNER,
	1: TileSet.CELL_NEIGHBOR_BOTTOM_RIGHT_CORNER,
}
const EDGE_BITS := {
	8: TileSet.CELL_NEIGHBOR_TOP_SIDE,
	4: TileSet.CELL_NEIGHBOR_RIGHT_SIDE,
	2: TileSet.CELL_NEIGHBOR_BOTTOM_SIDE,
	1: TileSet.CELL_NEIGHBOR_LEFT_SIDE,
}
const BLOB_BITS := {
	1: TileSet.CELL_NEIGHBOR_TOP_SIDE,
	2: TileSet.CELL_NEIGHBOR_TOP_RIGHT_CORNER,
	4: TileSet.CELL_NEIGHBOR_RIGHT_SIDE,
	8: TileSet.CELL_NEIGHBOR_BOTTOM_RIGHT_CORNER,
	16: TileSet.CELL_NEIGHBOR_BOTTOM_SIDE,
	32: TileSet.CELL_NEIGHBOR_BOTTOM_LEFT_CORNER,
	64: TileSet.CELL_NEIGHBOR_LEFT_SIDE,
	128: TileSet.CELL_NEIGHBOR_TOP_LEFT_CORNER,
}


## One tile that can be placed.
class Tile:
	var source: int
	var coords: Vector2i
	var alternative: int
	var probability: float


var kind: Fill.Kind
## Mask -> Array[Tile]: variants of the same tile.
var _tiles := {}
## Tiles of the other terrain alone; empty if there are none.
var _background: Array[Tile] = []


## Lists the terrains of a tile set: {terrain_set, terrain, name, color} each.
static func list_terrains(tile_set: TileSet) -> Array[Dictionary]:
	var found: Array[Dictionary] = []
	if tile_set == null:
		return found
	for terrain_set in tile_set.get_terrain_sets_count():
		for terrain in tile_set.get_terrains_count(terrain_set):
			found.append({
				"terrain_set": terrain_set,
				"terrain": terrain,
				"name": tile_set.get_terrain_name(terrain_set, terrain),
				"color": tile_set.get_terrain_color(terrain_set, terrain),
			})
	return found


## Reads the tiles of [param terrain] against the one terrain (or nothing) that it shares the most
## tiles with.
func _init(tile_set: TileSet, terrain_set: int, terrain: int) -> void:
	kind = _kind_of(tile_set.get_terrain_set_mode(terrain_set))
	var others: Array[int] = [-1]
	for other in tile_set.get_terrains_count(terrain_set):
		if other != terrain:
			others.append(other)
	for other in others:
		var tiles := {}
		var background: Array[Tile] = []
		_collect(tile_set, terrain_set, [terrain, other], [tiles, background])
		if tiles.size() > _tiles.size():
			_tiles = tiles
			_background = background


## Returns how many distinct masks have a tile.
func count() -> int:
	return _tiles.size()


## Returns a tile for a mask, or null if the set has none. Variants are picked by their
## probability and by [param chance], 0 to 1.
func find(mask: int, chance: float) -> Tile:
	var variants: Array = _background if mask == Fill.BACKGROUND else _tiles.get(mask, [])
	var total := 0.0
	for tile: Tile in variants:
		total += tile.probability
	var left := chance * total
	for tile: Tile in variants:
		left -= tile.probability
		if left <= 0.0:
			return tile
	return variants.back() if not variants.is_empty() else null


static func _kind_of(mode: TileSet.TerrainMode) -> Fill.Kind:
	match mode:
		TileSet.TERRAIN_MODE_MATCH_CORNERS:
			return Fill.Kind.CORNER
		TileSet.TERRAIN_MODE_MATCH_SIDES:
			return Fill.Kind.EDGE
	return Fill.Kind.BLOB


## Sorts every tile of the set that uses only the two terrains of [param pair] into the two
## containers of [param into]: tiles by mask, and the background.
func _collect(tile_set: TileSet, terrain_set: int, pair: Array[int], into: Array) -> void:
	for i in tile_set.get_source_count():
		var source_id := tile_set.get_source_id(i)
		var source := tile_set.get_source(source_id) as TileSetAtlasSource
		if source == null:
			continue
		for j in source.get_tiles_count():
			var coords := source.get_tile_id(j)
			for k in source.get_alternative_tiles_count(coords):
				var alternative := source.get_alternative_tile_id(coords, k)
				var data := source.get_tile_data(coords, alternative)
				if data.terrain_set != terrain_set:
					continue
				var tile := Tile.new()
				tile.source = source_id
				tile.coords = coords
				tile.alternative = alternative
				tile.probability = data.probability
				_sort_in(tile, data, pair, into)


func _sort_in(tile: Tile, data: TileData, pair: Array[int], into: Array) -> void:
	var bits: Dictionary = [CORNER_BITS, EDGE_BITS, BLOB_BITS][kind]
	var mask := 0
	for bit: int in bits:
		var terrain := data.get_terrain_peering_bit(bits[bit])
		if terrain == pair[0]:
			mask |= bit
		elif terrain != pair[1] and terrain != -1:
			return
	# The center of a corner tile says nothing that its corners do not.
	var is_background := mask == 0 and data.terrain == pair[1]
	if kind != Fill.Kind.CORNER and data.terrain != pair[0] and not is_background:
		return
	if is_background:
		into[1].append(tile)
	if kind == Fill.Kind.CORNER or not is_background:
		if not into[0].has(mask):
			into[0][mask] = []
		# An alternative with the same peering bits looks the same and is not another variant.
		var variants: Array = into[0][mask]
		if variants.is_empty() or not _is_same_place(variants.back(), tile):
			variants.append(tile)


static func _is_same_place(one: Tile, other: Tile) -> bool:
	return one.source == other.source and one.coords == other.coords
