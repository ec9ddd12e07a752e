@tool
extends RefCounted
## Takes pictures of the dock and drags a sprite into the scene, in a window.

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
	dock.form.prompt.text = "green slime"
	dock.form.count.value = 4
	dock.form.seed_lock.button_pressed = true
	dock.form.seed_box.value = 7
	dock.generate.pressed.emit()
	await driver.until(func() -> bool: return dock.progress.value > 0.2, "progress")
	await _take("progress")
	await driver.until(func() -> bool: return dock.strip.cards().size() == 4, "results")
	dock.save.pressed.emit()
	var art := dock.strip.cards()[0].art
	await driver.until(func() -> bool: return not art.files.is_empty(), "saved")
	await driver.until(func() -> bool: return dock.generate.visible, "idle")
	await driver.frames(30)
	var root := EditorInterface.get_edited_scene_root()
	var before := root.get_child_count()
	await _drag(dock.strip.cards()[0])
	driver.report["dragged"] = root.get_child_count() - before
	driver.report["dropped"] = root.get_child(-1).get_class()
	await _take("dropped")
	await driver.select([root.get_node("corner")])
	await _take("results")


## Pictures are taken from inside; an idle editor does not draw, so it is made to.
func _take(picture: String) -> void:
	await driver.frames(8)
	RenderingServer.force_draw()
	var viewport := EditorInterface.get_base_control().get_viewport()
	var image := viewport.get_texture().get_image()
	image.save_png(ProjectSettings.globalize_path("res://%s.png" % picture))
	var dock := driver.addon.dock
	var area := Rect2i(dock.get_global_rect().grow(6.0))
	image.get_region(area).save_png(ProjectSettings.globalize_path("res://%s-dock.png" % picture))


func _drag(card: Control) -> void:
	var from := card.get_screen_position() + card.size / 2.0
	var canvas := EditorInterface.get_editor_viewport_2d().get_parent() as Control
	var to := canvas.get_screen_position() + canvas.size * Vector2(0.4, 0.4)
	for step in 14:
		var at := from.lerp(to, clampf((step - 1) / 10.0, 0.0, 1.0))
		var event: InputEventMouse
		if step == 1 or step == 13:
			var button := InputEventMouseButton.new()
			button.button_index = MOUSE_BUTTON_LEFT
			button.pressed = step == 1
			button.button_mask = MOUSE_BUTTON_MASK_LEFT if step == 1 else 0
			event = button
		else:
			var motion := InputEventMouseMotion.new()
			motion.button_mask = MOUSE_BUTTON_MASK_LEFT if step > 1 else 0
			motion.relative = (to - from) / 10.0
			event = motion
		event.position = at
		event.global_position = at
		Input.parse_input_event(event)
		Input.flush_buffered_events()
		await driver.frames(3)
		if step == 8:
			driver.report["is_dragging"] = canvas.get_viewport().gui_is_dragging()
	await driver.frames(10)
