@tool
extends RefCounted
## Draws the colors of a palette as a small strip for a list.

const MOST_COLORS := 16
const COLOR_WIDTH := 3
const HEIGHT := 10


## Returns the strip; a longer palette is represented by evenly picked colors.
static func draw(colors: Array) -> Texture2D:
	if colors.is_empty():
		return null
	var shown := mini(colors.size(), MOST_COLORS)
	var image := Image.create(shown * COLOR_WIDTH, HEIGHT, false, Image.FORMAT_RGB8)
	for i in shown:
		var color := Color.html(str(colors[floori(float(i) * colors.size() / shown)]))
		image.fill_rect(Rect2i(i * COLOR_WIDTH, 0, COLOR_WIDTH, HEIGHT), color)
	return ImageTexture.create_from_image(image)
