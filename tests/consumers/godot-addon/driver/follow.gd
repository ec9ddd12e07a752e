@tool
extends RefCounted
## Notes when the open scene shows each new version of a sprite that is in the project already.

const Connection := preload("res://addons/pixelkiln/connection.gd")
const Driver := preload("plugin.gd")

const ROUNDS := 24
const PICTURE := "res://pixelkiln/bench.png"


func run(driver: Driver) -> void:
	var workshop := driver.addon.workshop
	await driver.until(
		func() -> bool: return workshop.connection.state == Connection.State.READY, "ready"
	)
	await driver.until(workshop.connection.has_events, "events")
	EditorInterface.open_scene_from_path("res://main.tscn")
	await driver.frames(10)
	await workshop.hot_reload.settle()
	var hero: Sprite2D = EditorInterface.get_edited_scene_root().get_node("Hero")
	hero.texture = load(PICTURE)
	var times: Array[float] = []
	for i in ROUNDS:
		var width := hero.texture.get_width()
		driver.ask("next")
		if not await driver.until(func() -> bool: return hero.texture.get_width() != width, "followed"):
			break
		times.append(Time.get_unix_time_from_system() * 1000.0)
		await workshop.hot_reload.settle()
		await driver.frames(10)
	driver.report["times"] = times
