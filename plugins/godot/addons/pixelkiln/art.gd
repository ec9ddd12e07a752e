@tool
extends RefCounted
## One thing that the service drew: what the strip shows and Save writes to the project.

## Longest stem that is made of a prompt: there must be room for a number.
const LONGEST_NAME := 40

var kind := ""
var title := ""
## The request that makes exactly this again.
var request := {}
var seed_number := 0
var asset_id := ""
## Route of the picture to show.
var url := ""
var texture: Texture2D
## Frames to play: {"regions": Array[Rect2], "seconds": float} each, one region per direction;
## empty = it does not move.
var frames: Array[Dictionary] = []
## Bytes of the picture, for a variation that starts from it.
var picture := PackedByteArray()
## What is in the project: resource paths, and the one to drag into a scene.
var files := PackedStringArray()
var drag_file := ""


## Makes art from an answer: one for each image, or one for a whole set or animation.
static func from_answer(answer: Dictionary) -> Array[RefCounted]:
	var made: Array[RefCounted] = []
	var is_whole := str(answer.get("kind")) in ["tileset", "animation", "character", "effect"]
	var images: Array = answer.get("images", [])
	for i in (1 if is_whole else images.size()):
		var art := new()
		art.kind = str(answer.get("kind"))
		art.asset_id = str(answer.get("id"))
		art.request = (answer.get("request", {}) as Dictionary).duplicate(true)
		art.title = str(art.request.get("prompt", art.request.get("upper_description", art.kind)))
		if is_whole:
			art.seed_number = int(art.request.get("seed", 0))
			art.url = "/v1/assets/%s/files/%s" % [art.asset_id, sheet_of(answer).uri_encode()]
			art.frames = frames_of(answer)
		else:
			var image: Dictionary = images[i]
			art.seed_number = int(image.get("seed", 0))
			art.url = str(image.get("url"))
			# Image i of a request is the only image of the same request with its seed.
			art.request["num_images"] = 1
			art.request["seed"] = art.seed_number
		made.append(art)
	return made


## Returns the name of the file that shows all of an answer.
static func sheet_of(answer: Dictionary) -> String:
	var png := ""
	for file: Dictionary in answer.get("files", []):
		if file.get("role") == "sheet":
			return str(file.get("path"))
		if file.get("role") == "png" and png == "":
			png = str(file.get("path"))
	return png


## Returns the frames of what moves in playing order: action by action, with all directions
## playing together. An effect has neither.
static func frames_of(answer: Dictionary) -> Array[Dictionary]:
	var found: Array[Dictionary] = []
	var about: Variant = answer.get("character", answer.get("animation", answer.get("effect")))
	if not about is Dictionary:
		return found
	var info: Dictionary = about
	if not info.has("actions"):
		for frame: Dictionary in info.get("frames", []):
			_add_frame(found, found.size(), frame)
	var frames: Array = info.get("frames", [])
	for action: Dictionary in info.get("actions", []):
		var start := found.size()
		for tag: Dictionary in action.get("tags", []):
			var first := int(tag.get("from", 0))
			for number in range(first, int(tag.get("to", -1)) + 1):
				_add_frame(found, start + number - first, frames[number] as Dictionary)
		if str(action.get("loop")) == "pingpong":
			# And back again, without repeating the ends.
			for step in range(found.size() - 2, start, -1):
				found.append(found[step])
	return found


static func _add_frame(found: Array[Dictionary], step: int, frame: Dictionary) -> void:
	if step == found.size():
		var seconds := maxf(float(frame.get("duration", 125)) / 1000.0, 0.01)
		found.append({"regions": [] as Array[Rect2], "seconds": seconds})
	var box: Dictionary = frame.get("frame", {})
	var region := Rect2(box.get("x", 0), box.get("y", 0), box.get("w", 0), box.get("h", 0))
	(found[step].regions as Array[Rect2]).append(region)


## Turns a text into a file name: a-z, 0-9 and _, as the service accepts it.
static func name_of(text: String) -> String:
	var stem := ""
	for character in text.to_lower():
		var is_plain := (character >= "a" and character <= "z") or (character >= "0" and character <= "9")
		if is_plain:
			stem += character
		elif stem != "" and not stem.ends_with("_"):
			stem += "_"
	stem = stem.left(LONGEST_NAME).trim_suffix("_")
	return stem if stem != "" else "art"


## Returns the size in words: "32 x 32", or that of a frame and how many there are.
func size_text() -> String:
	if texture == null:
		return ""
	if frames.is_empty():
		return "%d × %d" % [texture.get_width(), texture.get_height()]
	var region: Rect2 = frames[0].regions[0]
	return "%d × %d, %d frames" % [region.size.x, region.size.y, frames.size()]


## Returns a request for something similar: from its picture if it has only one.
func variation(new_seed: int) -> Dictionary:
	var near := request.duplicate(true)
	near["seed"] = new_seed
	if kind == "sprite" and not picture.is_empty():
		near["input_image"] = Marshalls.raw_to_base64(picture)
		near["strength"] = 0.6
	return near
