@tool
extends Control
## Shows pixel art as it is: nearest filtering, whole-number scale, on a checkerboard; plays its
## frames, and repeats surfaces.

const SQUARE := 6.0
const LIGHT := Color(0.36, 0.37, 0.4)
const DARK := Color(0.3, 0.31, 0.34)
## A surface is repeated at least this many times along the shorter side.
const REPEATS := 2.0
## Directions of an animation shown side by side.
const MOST_COLUMNS := 4

## How many directions of an animation are shown.
var most_directions := 8

var _texture: Texture2D
var _frames: Array[Dictionary] = []
var _frame := 0
var _left := 0.0
var _is_surface := false


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
	if _is_surface:
		_draw_surface()
		return
	var regions := shown_regions()
	var columns := mini(regions.size(), MOST_COLUMNS)
	var cell := regions[0].size
	var area := _place(cell * Vector2(columns, ceili(float(regions.size()) / columns)))
	var zoom := area.size.x / (cell.x * columns)
	for i in regions.size():
		var at := area.position + cell * zoom * Vector2(i % columns, floori(float(i) / columns))
		draw_texture_rect_region(_texture, Rect2(at, cell * zoom), regions[i])


## Shows a picture; if it has frames it plays, and a surface is repeated.
func show_picture(
		texture: Texture2D, frames: Array[Dictionary] = [], is_surface := false
) -> void:
	if texture == _texture and frames == _frames:
		return
	_texture = texture
	_frames = frames
	_is_surface = is_surface
	_frame = 0
	_left = frames[0].seconds if not frames.is_empty() else 0.0
	set_process(frames.size() > 1)
	queue_redraw()


## Returns which parts of the picture are visible right now: one per direction.
func shown_regions() -> Array[Rect2]:
	if _frames.is_empty():
		return [Rect2(Vector2.ZERO, _texture.get_size())]
	var regions: Array[Rect2] = _frames[_frame].regions
	return regions.slice(0, most_directions)


func _place(picture: Vector2) -> Rect2:
	var fit := minf(size.x / picture.x, size.y / picture.y)
	var enlarged := picture * (floorf(fit) if fit >= 1.0 else fit)
	return Rect2(((size - enlarged) / 2.0).floor(), enlarged)


func _draw_surface() -> void:
	var edge := maxf(_texture.get_width(), _texture.get_height())
	var zoom := maxf(floorf(minf(size.x, size.y) / (edge * REPEATS)), 1.0)
	draw_set_transform(Vector2.ZERO, 0.0, Vector2(zoom, zoom))
	draw_texture_rect(_texture, Rect2(Vector2.ZERO, size / zoom), true)
	draw_set_transform(Vector2.ZERO)


func _draw_checkerboard() -> void:
	draw_rect(Rect2(Vector2.ZERO, size), DARK)
	for y in ceili(size.y / SQUARE):
		for x in ceili(size.x / SQUARE):
			if (x + y) % 2 == 0:
				draw_rect(Rect2(x * SQUARE, y * SQUARE, SQUARE, SQUARE), LIGHT)
