extends SceneTree
# Plays the example: looks at the painted map and walks with the arrow keys. Writes what it saw to res://seen.json and
# judges nothing. Run with --fixed-fps 60, so that a frame is a step of the physics.

const CORNERS := {
	"NW": TileSet.CELL_NEIGHBOR_TOP_LEFT_CORNER,
	"NE": TileSet.CELL_NEIGHBOR_TOP_RIGHT_CORNER,
	"SW": TileSet.CELL_NEIGHBOR_BOTTOM_LEFT_CORNER,
	"SE": TileSet.CELL_NEIGHBOR_BOTTOM_RIGHT_CORNER,
}

var _hero: CharacterBody2D
var _drawing: AnimatedSprite2D


func _initialize() -> void:
	var game: Node = load(ProjectSettings.get_setting("application/run/main_scene")).instantiate()
	root.add_child(game)
	await process_frame
	_hero = game.get_node("Hero")
	_drawing = _hero.get_node("Drawing")
	var walks := {}
	var seen := {
		"level": game.get_script().get_script_constant_map()["LEVEL"],
		"cells": _cells(game.get_node("Ground")),
		"things": game.get_children().filter(func(node: Node) -> bool: return node is Sprite2D).size(),
		"standing": await _watch(60),
		"walks": walks,
	}
	for key: String in ["ui_right", "ui_down", "ui_left", "ui_up"]:
		Input.action_press(key)
		walks[key] = await _watch(50 if key == "ui_right" else 20)
		Input.action_release(key)
	seen["after"] = await _watch(2)
	Input.action_press("ui_accept")
	await _watch(2)
	Input.action_release("ui_accept")
	seen["strike"] = await _watch(20)
	seen["struck"] = await _watch(40)
	Input.action_press("ui_left")
	seen["shore"] = await _watch(300)
	seen["shore_later"] = await _watch(20)
	var file := FileAccess.open("res://seen.json", FileAccess.WRITE)
	file.store_string(JSON.stringify(seen))
	file.close()
	quit(0)


func _cells(ground: TileMapLayer) -> Array:
	var cells := []
	for cell in ground.get_used_cells():
		var data := ground.get_cell_tile_data(cell)
		var corners := {}
		for side: String in CORNERS:
			corners[side] = data.get_terrain_peering_bit(CORNERS[side]) == 1
		cells.append({"x": cell.x, "y": cell.y, "corners": corners})
	return cells


## Where the hero is after some steps, and which frames of its animation it has shown.
func _watch(steps: int) -> Dictionary:
	var from := _hero.position
	var frames := {}
	for i in steps:
		await physics_frame
		frames[_drawing.frame] = true
	return {
		"from": [from.x, from.y],
		"to": [_hero.position.x, _hero.position.y],
		"animation": _drawing.animation,
		"playing": _drawing.is_playing(),
		"frames": frames.size(),
	}
