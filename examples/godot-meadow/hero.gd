extends CharacterBody2D
## Walks with the arrow keys, and stands still in the direction it came from. Water stops it: the tiles have polygons.

## Pixels a second.
const SPEED := 56.0
## One person in two actions: the same prompt and seed.
const WALK := preload("res://art/hero.tres")
const IDLE := preload("res://art/hero-idle.tres")

var _facing := "south"

@onready var _drawing: AnimatedSprite2D = $Drawing


func _physics_process(_delta: float) -> void:
	var wanted := Input.get_vector("ui_left", "ui_right", "ui_up", "ui_down")
	velocity = wanted * SPEED
	move_and_slide()
	if wanted.is_zero_approx():
		_play(IDLE, "idle_" + _facing)
		return
	if absf(wanted.x) >= absf(wanted.y):
		_facing = "east" if wanted.x > 0.0 else "west"
	else:
		_facing = "south" if wanted.y > 0.0 else "north"
	_play(WALK, "walk_" + _facing)


func _play(frames: SpriteFrames, animation: StringName) -> void:
	if _drawing.sprite_frames != frames:
		_drawing.sprite_frames = frames
	_drawing.play(animation)
