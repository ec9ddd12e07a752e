@tool
extends RefCounted
## Tiles, animations and terrain sets through the dock: make, look, save, put to use, undo, follow.

const Art := preload("res://addons/pixelkiln/art.gd")
const Connection := preload("res://addons/pixelkiln/connection.gd")
const Driver := preload("plugin.gd")

const SEED := 3
const TILE_FRAMES := "res://pixelkiln/mossy_stone_floor.tres"
## Godot's numbers of the corners north-west, north-east, south-west, south-east.
const CORNERS := [11, 15, 7, 3]
## As /v1/kinds lists a kind that the addon has never heard of.
const BANNER := {
	"id": "banner",
	"title": "Banner",
	"path": "/v1/banners",
	"takes_style": false,
	"request": {
		"required": ["caption", "glow", "mood"],
		"properties": {
			"caption": {"type": "string", "description": "What it says"},
			"glow": {"type": "integer", "minimum": 0.0, "maximum": 9.0, "default": 3.0},
			"mood": {"type": "string", "enum": ["calm", "wild"]},
			"width": {"type": "integer", "minimum": 8.0, "maximum": 16.0},
			"async": {"type": "boolean", "default": false},
		},
	},
}

var driver: Driver


func run(on: Driver) -> void:
	driver = on
	var connection := driver.addon.workshop.connection
	await driver.until(func() -> bool: return connection.state == Connection.State.READY, "ready")
	EditorInterface.open_scene_from_path("res://main.tscn")
	await driver.frames(10)
	var dock := driver.addon.dock
	dock.form.seed_lock.button_pressed = true
	dock.form.seed_box.value = SEED
	await _tile()
	await _animation()
	await _terrain_set()
	await _removed_tile()
	_unknown_kind()


func _tile() -> void:
	var dock := driver.addon.dock
	driver.choose_kind("tile")
	dock.form.set_value("width", 16)
	dock.form.set_value("height", 16)
	dock.form.set_value("num_images", 2)
	var arts := await _make("mossy stone floor", 2)
	var floor_node: Sprite2D = EditorInterface.get_edited_scene_root().get_node("Floor")
	await _save(arts[1])
	await driver.select([floor_node])
	await _replace()
	driver.report["tile"] = {
		"facts": dock.facts.text,
		"seeds": arts.map(func(art: Art) -> int: return art.seed_number),
		"files": arts[1].files,
		"drag": arts[1].drag_file,
		"node": floor_node.texture.resource_path,
		"pixels": driver.pixels(arts[1].drag_file) == driver.pixels_of(arts[1].texture.get_image()),
	}


func _animation() -> void:
	var dock := driver.addon.dock
	driver.choose_kind("animation")
	dock.form.set_value("width", 32)
	dock.form.set_value("height", 32)
	dock.form.set_value("directions", 4)
	dock.form.set_value("actions", ["idle", "walk"])
	var art := (await _make("farmer in blue", 1))[0]
	var shown := {}
	var has_played := func() -> bool:
		shown[dock.preview.shown_regions()] = true
		return shown.size() == art.frames.size()
	await driver.until(has_played, "every frame in the preview")
	var walker: AnimatedSprite2D = EditorInterface.get_edited_scene_root().get_node("Walker")
	await _save(art)
	await driver.select([walker])
	await _replace()
	var scene: PackedScene = load(art.drag_file)
	var instance: AnimatedSprite2D = scene.instantiate()
	EditorInterface.get_edited_scene_root().add_child(instance)
	# In the editor nothing plays by itself.
	instance.play(instance.autoplay)
	await driver.until(func() -> bool: return instance.frame == 1, "the instance plays")
	driver.report["animation"] = {
		"facts": dock.facts.text,
		"asked": art.request.actions,
		"regions": shown.keys().map(func(regions: Array) -> Array: return regions.map(_corner_of)),
		"files": art.files,
		"drag": art.drag_file,
		"node": walker.sprite_frames.resource_path,
		"node_animation": walker.animation,
		"animations": walker.sprite_frames.get_animation_names(),
		"instance_autoplay": instance.autoplay,
		"instance_frame": instance.frame,
	}
	instance.free()


func _terrain_set() -> void:
	var dock := driver.addon.dock
	driver.choose_kind("tileset")
	dock.form.set_value("lower_description", "water")
	dock.form.set_value("tile_size", 16)
	var art := (await _make("grass", 1))[0]
	var layer: TileMapLayer = EditorInterface.get_edited_scene_root().get_node("Ground")
	await _save(art)
	await driver.select([layer])
	var seen := {
		"facts": dock.facts.text,
		"files": art.files,
		"drag": art.drag_file,
		"button_before": dock.fill_panel.button.text,
	}
	await _replace()
	seen["node"] = layer.tile_set.resource_path
	seen["button"] = dock.fill_panel.button.text
	seen["terrains"] = range(dock.fill_panel.terrain.item_count).map(dock.fill_panel.terrain.get_item_text)
	dock.fill_panel.width.value = 20
	dock.fill_panel.height.value = 12
	dock.fill_panel.button.pressed.emit()
	seen["message"] = dock.message.text
	seen["cells"] = _cells_of(layer)
	await driver.undo(layer)
	seen["undone"] = layer.get_used_cells().size()
	await driver.redo(layer)
	seen["redone_equal"] = _cells_of(layer) == seen.cells
	await driver.undo(layer)
	await driver.undo(layer)
	seen["undone_twice"] = [layer.tile_set == null, dock.fill_panel.button.text]
	await driver.redo(layer)
	await driver.redo(layer)
	var tile_set := layer.tile_set
	driver.ask("change-set")
	await driver.until(func() -> bool: return layer.tile_set.get_physics_layers_count() == 1, "set followed")
	seen["same_set"] = layer.tile_set == tile_set
	seen["cells_kept"] = _cells_of(layer) == seen.cells
	driver.report["terrain_set"] = seen


## The editor shows art that it has, and no longer shows what left the project.
func _removed_tile() -> void:
	var system := EditorInterface.get_resource_filesystem()
	var is_known := func() -> bool: return system.get_file_type(TILE_FRAMES) != ""
	var before: bool = is_known.call()
	driver.ask("remove-tile")
	await driver.until(func() -> bool: return not is_known.call(), "tile forgotten")
	driver.report["removed_tile"] = {"known_before": before, "known_after": is_known.call()}


func _unknown_kind() -> void:
	var form := driver.addon.dock.form
	var connection := driver.addon.workshop.connection
	connection.kinds = connection.kinds + [BANNER]
	connection.catalog_changed.emit()
	driver.choose_kind("banner")
	form.prompt.text = "hello"
	form.set_value("mood", "wild")
	driver.report["unknown_kind"] = {
		"route": connection.route_of(form.chosen_kind()),
		"told": form.prompt.placeholder_text,
		"request": form.request(),
	}


func _make(prompt: String, count: int) -> Array[RefCounted]:
	var dock := driver.addon.dock
	var made: Array[RefCounted] = []
	dock.form.prompt.text = prompt
	driver.addon.workshop.arts_made.connect(made.append_array, CONNECT_ONE_SHOT)
	dock.generate.pressed.emit()
	await driver.until(func() -> bool: return dock.generate.visible, prompt)
	if made.size() != count:
		driver.report["unexpected"] = [prompt, made.size(), dock.message.text]
	return made


func _save(art: Art) -> void:
	var dock := driver.addon.dock
	for card in dock.strip.cards():
		if card.art == art:
			card.pressed.emit()
	dock.save.pressed.emit()
	await driver.until(func() -> bool: return dock.generate.visible, "saved")
	if art.files.is_empty():
		driver.report["not_saved"] = dock.message.text


func _replace() -> void:
	var dock := driver.addon.dock
	dock.replace.pressed.emit()
	await driver.until(func() -> bool: return dock.generate.visible, "replaced")
	await driver.frames(3)


func _corner_of(region: Rect2) -> Array:
	return [region.position.x, region.position.y]


## Returns [x, y, the terrains of its four corners] of every cell.
func _cells_of(layer: TileMapLayer) -> Array:
	return layer.get_used_cells().map(
		func(cell: Vector2i) -> Array:
			var data := layer.get_cell_tile_data(cell)
			return [cell.x, cell.y, CORNERS.map(data.get_terrain_peering_bit)]
	)
