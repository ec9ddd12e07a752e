@tool
extends RefCounted
## Finds the mask of every cell of a filled area. Pure: no node, no tile set, no randomness.
##
## Godot's set_cells_terrain_connect searches; it takes 0.9 s for 64x64 cells and drops the outer
## ring of corner sets (godotengine/godot#88142). In a complete set there is nothing to search for:
## the neighbors decide which tile fits.

## How the tiles of a set connect.
enum Kind { CORNER, EDGE, BLOB }

## A cell of the area that the terrain does not cover.
const BACKGROUND := -1

## Bits of [constant Kind.CORNER]: northwest 8, northeast 4, southwest 2, southeast 1. Each
## corner lies between the cell itself and the three cells at these offsets.
const CORNERS := {
	8: [Vector2i(-1, -1), Vector2i(0, -1), Vector2i(-1, 0)],
	4: [Vector2i(1, -1), Vector2i(0, -1), Vector2i(1, 0)],
	2: [Vector2i(-1, 1), Vector2i(0, 1), Vector2i(-1, 0)],
	1: [Vector2i(1, 1), Vector2i(0, 1), Vector2i(1, 0)],
}

## Bits of [constant Kind.EDGE]: north 8, east 4, south 2, west 1.
const EDGES := {
	8: Vector2i(0, -1),
	4: Vector2i(1, 0),
	2: Vector2i(0, 1),
	1: Vector2i(-1, 0),
}

## Bits of [constant Kind.BLOB], clockwise from north; odd ones are corners.
const NEIGHBORS: Array[Vector2i] = [
	Vector2i(0, -1), Vector2i(1, -1), Vector2i(1, 0), Vector2i(1, 1),
	Vector2i(0, 1), Vector2i(-1, 1), Vector2i(-1, 0), Vector2i(-1, -1),
]

## Average number of cells per bump of [method islands].
const ISLAND_CELLS := 9.0


## Returns cell -> mask for each cell of [param area]. [param inside] holds the cells of the area
## that the terrain covers, as keys. Outside the area the terrain continues if [param goes_on],
## otherwise it ends there. In a corner set the terrain covers a corner if it covers all four cells
## around it, so that the border is drawn inside the area; in the other kinds an uncovered cell
## is BACKGROUND.
static func solve(
		area: Array[Vector2i], inside: Dictionary, kind: Kind, goes_on: bool
) -> Dictionary:
	var covered := inside
	if goes_on:
		covered = inside.duplicate()
		_add_ring(area, covered)
	var masks := {}
	for cell in area:
		if kind == Kind.CORNER:
			masks[cell] = corner_mask(cell, covered)
		elif not inside.has(cell):
			masks[cell] = BACKGROUND
		else:
			masks[cell] = edge_mask(cell, covered) if kind == Kind.EDGE else blob_mask(cell, covered)
	return masks


## Returns which corners of a cell are covered.
static func corner_mask(cell: Vector2i, covered: Dictionary) -> int:
	if not covered.has(cell):
		return 0
	var mask := 0
	for bit: int in CORNERS:
		var is_covered := true
		for offset: Vector2i in CORNERS[bit]:
			is_covered = is_covered and covered.has(cell + offset)
		if is_covered:
			mask |= bit
	return mask


## Returns across which edges of a cell the terrain continues.
static func edge_mask(cell: Vector2i, covered: Dictionary) -> int:
	var mask := 0
	for bit: int in EDGES:
		if covered.has(cell + (EDGES[bit] as Vector2i)):
			mask |= bit
	return mask


## Returns the neighbors that the terrain covers; a corner only counts between two covered sides,
## which leaves 47 of 256 masks.
static func blob_mask(cell: Vector2i, covered: Dictionary) -> int:
	var mask := 0
	for i in 8:
		if covered.has(cell + NEIGHBORS[i]):
			mask |= 1 << i
	for i: int in [1, 3, 5, 7]:
		var sides := (1 << (i - 1)) | (1 << ((i + 1) % 8))
		if mask & sides != sides:
			mask &= ~(1 << i)
	return mask


## Returns all cells of a rectangle, row by row.
static func rectangle(area: Rect2i) -> Array[Vector2i]:
	var cells: Array[Vector2i] = []
	for y in range(area.position.y, area.end.y):
		for x in range(area.position.x, area.end.x):
			cells.append(Vector2i(x, y))
	return cells


## Returns all cells as covered.
static func solid(area: Array[Vector2i]) -> Dictionary:
	var inside := {}
	for cell in area:
		inside[cell] = true
	return inside


## Returns about [param share] of the cells as covered, in islands with round shores. The same seed
## gives the same islands.
static func islands(area: Array[Vector2i], seed_number: int, share: float) -> Dictionary:
	var noise := FastNoiseLite.new()
	noise.noise_type = FastNoiseLite.TYPE_SIMPLEX_SMOOTH
	noise.fractal_octaves = 2
	noise.frequency = 1.0 / ISLAND_CELLS
	noise.seed = seed_number
	var heights := PackedFloat32Array()
	for cell in area:
		heights.append(noise.get_noise_2dv(cell))
	var sorted := heights.duplicate()
	sorted.sort()
	var inside := {}
	if area.is_empty():
		return inside
	var level := sorted[clampi(roundi((1.0 - share) * sorted.size()), 0, sorted.size() - 1)]
	for i in area.size():
		if heights[i] >= level:
			inside[area[i]] = true
	return inside


## Adds the cells around an area that are not in it.
static func _add_ring(area: Array[Vector2i], covered: Dictionary) -> void:
	var own := solid(area)
	for cell in area:
		for offset in NEIGHBORS:
			if not own.has(cell + offset):
				covered[cell + offset] = true
