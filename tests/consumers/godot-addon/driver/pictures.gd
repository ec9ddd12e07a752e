@tool
extends RefCounted
## Makes a small scene through the dock in a window, drags art into it, and takes pictures.

const Art := preload("res://addons/pixelkiln/art.gd")
const Connection := preload("res://addons/pixelkiln/connection.gd")
const Driver := preload("plugin.gd")

var driver: Driver


func run(on: Driver) -> void:
	driver = on
	var dock := driver.addon.dock
	var connection := driver.addon.workshop.connection
	driver.addon.show_dock()
	EditorInterface.open_scene_from_path("res://main.tscn")
	EditorInterface.set_main_screen_editor("2D")
	await driver.frames(20)
	await _take("offline")
	driver.ask("start-service")
	await driver.until(func() -> bool: return connection.state == Connection.State.READY, "ready")
	dock.form.seed_lock.button_pressed = true
	dock.form.seed_box.value = 3
	var root := EditorInterface.get_edited_scene_root()
	var layer: TileMapLayer = root.get_node("Ground")
	driver.choose_kind("tileset")
	dock.form.set_value("lower_description", "water")
	await _make("grass")
	await driver.select([layer])
	await _idle(dock.replace)
	dock.fill_panel.width.value = 18
	dock.fill_panel.height.value = 15
	# The same islands in every picture.
	dock.fill_panel.fill_wanted.emit(
		layer, dock.fill_panel.terrain.get_selected_metadata(), Vector2i(18, 15), 5
	)
	await _take("terrain")
	await driver.select([root])
	driver.choose_kind("sprite")
	dock.form.set_value("num_images", 3)
	await _make("red mushroom")
	driver.report["dragged_picture"] = await driver.drag(dock.strip.cards()[0], Vector2(0.42, 0.4))
	driver.choose_kind("animation")
	dock.form.set_value("directions", 4)
	await _make("knight in blue armor")
	await driver.select([root])
	driver.report["dragged_scene"] = await driver.drag(dock.strip.cards()[0], Vector2(0.6, 0.55))
	await driver.select([layer])
	await _take("results")


func _make(prompt: String) -> void:
	var dock := driver.addon.dock
	dock.form.prompt.text = prompt
	await _idle(dock.generate)
	await _idle(dock.save)
	driver.report[prompt] = dock.message.text


## Presses a button and waits until the dock is done with it.
func _idle(button: Button) -> void:
	button.pressed.emit()
	await driver.until(func() -> bool: return driver.addon.dock.generate.visible, button.text)
	await driver.frames(10)


## Pictures are taken from inside; an idle editor does not draw, so it is made to.
func _take(picture: String) -> void:
	await driver.frames(8)
	RenderingServer.force_draw()
	var viewport := EditorInterface.get_base_control().get_viewport()
	var image := viewport.get_texture().get_image()
	# The editor shows no folder with a dot.
	var folder := ProjectSettings.globalize_path("res://.pictures")
	DirAccess.make_dir_recursive_absolute(folder)
	image.save_png(folder.path_join(picture + ".png"))
	var dock := driver.addon.dock
	var area := Rect2i(dock.get_global_rect().grow(6.0))
	image.get_region(area).save_png(folder.path_join(picture + "-dock.png"))
