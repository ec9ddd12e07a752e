@tool
extends RefCounted
## The service works in another folder: files come as bytes.

const Connection := preload("res://addons/pixelkiln/connection.gd")
const Driver := preload("plugin.gd")


func run(driver: Driver) -> void:
	var dock := driver.addon.dock
	var connection := driver.addon.workshop.connection
	await driver.until(func() -> bool: return connection.state == Connection.State.READY, "ready")
	driver.report["status"] = dock.status.text.text
	driver.report["shares_disk"] = connection.shares_disk
	dock.form.prompt.text = "red potion"
	dock.form.set_value("num_images", 1)
	dock.generate.pressed.emit()
	await driver.until(func() -> bool: return dock.strip.cards().size() == 1, "result")
	var art := dock.strip.cards()[0].art
	dock.file_name.text = "Red Potion!"
	await _save(driver, art)
	driver.report["files"] = art.files
	driver.report["pixels"] = driver.pixels_of(art.texture.get_image())
	driver.report["saved_pixels"] = driver.pixels(art.drag_file)
	var path := ProjectSettings.globalize_path("res://pixelkiln/red_potion.tres")
	driver.report["same_name_again"] = await _save(driver, art)
	var file := FileAccess.open(path, FileAccess.READ_WRITE)
	file.seek_end()
	file.store_string("; my own note\n")
	file.close()
	driver.report["after_a_change_by_hand"] = await _save(driver, art)
	driver.report["kept_by_hand"] = FileAccess.get_file_as_string(path).ends_with("; my own note\n")
	dock.form.prompt.text = "   "
	dock.generate.pressed.emit()
	await driver.until(func() -> bool: return dock.generate.visible, "refused")
	driver.report["refused"] = dock.message.text


## Presses Save and returns what the dock says then.
func _save(driver: Driver, _art: RefCounted) -> String:
	var dock := driver.addon.dock
	await driver.until(func() -> bool: return not dock.save.disabled, "free to save")
	dock.save.pressed.emit()
	await driver.until(func() -> bool: return dock.generate.visible, "saved")
	return dock.message.text
