@tool
extends Control
## Shows pixel art as it is: nearest, enlarged by a whole number, on a checkerboard; plays its
## frames.

const SQUARE := 6.0
const LIGHT := Color(0.36, 0.37, 0.4)
const DARK := Color(0.3, 0.31, 0.34)

var _texture: Texture2D
var _frames: Array[Dictionary] = []
var _frame := 0
var _left := 0.0


func _init() -> void:
	texture_filter = CanvasItem.TEXTURE_FILTER_NEAREST
	mouse_filter = Control.MOUSE_FILTER_IGNORE
	clip_contents = true


func _process(delta: float) -> void:
	if _frames.size() < 2:
		set_process(false)
		return
	_left -= delta
	if _left > 0.0:
		return
	_frame = (_frame + 1) % _frames.size()
	_left = _frames[_frame].seconds
	queue_redraw()


func _draw() -> void:
	_draw_checkerboard()
	if _texture == null:
		return
	var region := Rect2(Vector2.ZERO, _texture.get_size())
	if not _frames.is_empty():
		region = _frames[_frame].region
	draw_texture_rect_region(_texture, _place(region.size), region)


## Shows a picture; with frames it plays.
func show_picture(texture: Texture2D, frames: Array[Dictionary] = []) -> void:
	_texture = texture
	_frames = frames
	_frame = 0
	_left = frames[0].seconds if not frames.is_empty() else 0.0
	set_process(frames.size() > 1)
	queue_redraw()


func _place(picture: Vector2) -> Rect2:
	var fit := minf(size.x / picture.x, size.y / picture.y)
	var enlarged := picture * (floorf(fit) if fit >= 1.0 else fit)
	return Rect2(((size - enlarged) / 2.0).floor(), enlarged)


func _draw_checkerboard() -> void:
	draw_rect(Rect2(Vector2.ZERO, size), DARK)
	for y in ceili(size.y / SQUARE):
		for x in ceili(size.x / SQUARE):
			if (x + y) % 2 == 0:
				draw_rect(Rect2(x * SQUARE, y * SQUARE, SQUARE, SQUARE), LIGHT)
