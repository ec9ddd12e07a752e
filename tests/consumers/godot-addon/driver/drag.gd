@tool
extends RefCounted
## Drags cards of the strip onto the 2D view: a picture, a scene, and art that is not saved yet.

const Art := preload("res://addons/pixelkiln/art.gd")
const Driver := preload("plugin.gd")


func run(driver: Driver) -> void:
	var dock := driver.addon.dock
	driver.addon.show_dock()
	EditorInterface.open_scene_from_path("res://main.tscn")
	EditorInterface.set_main_screen_editor("2D")
	await driver.frames(20)
	for file: String in ["res://gem.png", "res://gem.tscn", ""]:
		var art := Art.new()
		art.texture = load("res://gem.png")
		art.drag_file = file
		art.files = PackedStringArray([] if file == "" else [file])
		dock.strip.show_arts([art] as Array[RefCounted])
		await driver.frames(5)
		var seen: Dictionary = await driver.drag(dock.strip.cards()[0], Vector2(0.4, 0.4))
		driver.report[file if file != "" else "unsaved"] = seen
	driver.report["message"] = dock.message.text
	var root := EditorInterface.get_edited_scene_root()
	await driver.undo(root)
	driver.report["left_after_undo"] = root.get_child_count()
