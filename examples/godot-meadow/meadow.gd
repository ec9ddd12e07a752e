extends Node2D
## Paints the meadow with Godot's own terrain brush, and puts what grows there and the hero on it.

## A row of text is a row of tiles: water, grass, and what stands on grass. Between two shores lie two tiles of water or
## more: the grass spreads over the corners of its tiles.
const LEVEL: Array[String] = [
	"~~~~~~~~~~~~~~~~~~~~",
	"~~~~~~~~~~~~~~~~~~~~",
	"~~~~.....~~~~~~~~~~~",
	"~~~..T..m.~~~~....~~",
	"~~..............T.~~",
	"~~...b....~~~~....~~",
	"~~........~~~~~...~~",
	"~~~.......~~~~~.b.~~",
	"~~~.T.....~~~~...~~~",
	"~~~~~..@......m.~~~~",
	"~~~~~~~~....~~~~~~~~",
	"~~~~~~~~~~~~~~~~~~~~",
]
const WATER := "~"
const HERO := "@"
const THINGS := {
	"T": preload("res://art/tree.tscn"),
	"b": preload("res://art/bush.tscn"),
	"m": preload("res://art/mushroom.tscn"),
}
## Numbers of the terrains in res://art/meadow.tres: the lower one comes first.
const TERRAIN_WATER := 0
const TERRAIN_GRASS := 1

@onready var _ground: TileMapLayer = $Ground
@onready var _hero: CharacterBody2D = $Hero


func _ready() -> void:
	_paint()
	for y in LEVEL.size():
		for x in LEVEL[y].length():
			_place(LEVEL[y][x], Vector2i(x, y))


## Water everywhere, then the grass over it: the brush takes the tiles between them from the terrain set. It leaves the
## rim of what it paints open, so the water goes one tile further than the level.
func _paint() -> void:
	var water: Array[Vector2i] = []
	var grass: Array[Vector2i] = []
	for y in range(-1, LEVEL.size() + 1):
		for x in range(-1, LEVEL[0].length() + 1):
			water.append(Vector2i(x, y))
	for y in LEVEL.size():
		for x in LEVEL[y].length():
			if LEVEL[y][x] != WATER:
				grass.append(Vector2i(x, y))
	_ground.set_cells_terrain_connect(water, 0, TERRAIN_WATER)
	_ground.set_cells_terrain_connect(grass, 0, TERRAIN_GRASS)


func _place(mark: String, cell: Vector2i) -> void:
	var foot := _ground.map_to_local(cell) + Vector2(0, _ground.tile_set.tile_size.y / 2.0 - 1)
	if mark == HERO:
		_hero.position = foot
	elif THINGS.has(mark):
		var thing: Node2D = THINGS[mark].instantiate()
		thing.position = foot
		add_child(thing)
