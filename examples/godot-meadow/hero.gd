extends CharacterBody2D
## Walks with the arrow keys, strikes with Enter or the space bar, and else stands in the direction it came from. Water
## stops it: the tiles have polygons.

## Pixels a second.
const SPEED := 56.0
var _facing := "south"

@onready var _drawing: AnimatedSprite2D = $Drawing


func _physics_process(_delta: float) -> void:
	var is_striking := _drawing.animation.begins_with("attack") and _drawing.is_playing()
	var wanted := Input.get_vector("ui_left", "ui_right", "ui_up", "ui_down")
	velocity = Vector2.ZERO if is_striking else wanted * SPEED
	move_and_slide()
	if is_striking:
		return
	if not wanted.is_zero_approx():
		_face(wanted)
	# The attack does not loop: when it has been played, the hero stands again.
	if Input.is_action_pressed("ui_accept"):
		_drawing.play("attack_" + _facing)
	elif wanted.is_zero_approx():
		_drawing.play("idle_" + _facing)
	else:
		_drawing.play("walk_" + _facing)


func _face(way: Vector2) -> void:
	if absf(way.x) >= absf(way.y):
		_facing = "east" if way.x > 0.0 else "west"
	else:
		_facing = "south" if way.y > 0.0 else "north"
