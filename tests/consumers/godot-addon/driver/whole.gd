@tool
extends RefCounted
## The whole life of the addon: service away, up, down and up again; make, save, replace, undo, hot reload.

const Connection := preload("res://addons/pixelkiln/connection.gd")
const Driver := preload("plugin.gd")

var driver: Driver


func run(on: Driver) -> void:
	driver = on
	await _without_service()
	await _with_service()
	await _make_and_save()
	await _make_narrow()
	await _replace()
	await _hot_reload()
	await _vary_and_cancel()
	await _down_and_up()
	await _off_and_on()


func _without_service() -> void:
	var dock := driver.addon.dock
	await driver.frames(60)
	driver.report["offline"] = {
		"state": driver.addon.workshop.connection.state,
		"status": dock.status.text.text,
		"can_generate": not dock.generate.disabled,
		"dialogs": driver.dialogs(),
		"frame_class": dock.get_parent().get_class(),
	}


func _with_service() -> void:
	driver.ask("start-service")
	await driver.until(_is_ready, "ready")
	var dock := driver.addon.dock
	driver.report["ready"] = {
		"status": dock.status.text.text,
		"shares_disk": driver.addon.workshop.connection.shares_disk,
		"styles": dock.form.style.item_count,
		"palettes": dock.form.palette.item_count,
		"kinds": driver.addon.workshop.connection.kinds.map(
			func(kind: Dictionary) -> String: return kind.id
		),
	}
	EditorInterface.open_scene_from_path("res://main.tscn")
	await driver.frames(10)


func _make_and_save() -> void:
	var dock := driver.addon.dock
	dock.form.prompt.text = "green slime"
	dock.form.set_value("num_images", 2)
	dock.form.seed_lock.button_pressed = true
	dock.form.seed_box.value = 7
	var steps: Array[String] = []
	driver.addon.workshop.generation.progressed.connect(
		func(share: float, text: String) -> void: steps.append("%s %.2f" % [text, share])
	)
	dock.generate.pressed.emit()
	await driver.until(func() -> bool: return dock.strip.cards().size() == 2, "two results")
	var cards := dock.strip.cards()
	var first := cards[0].art
	driver.report["made"] = {
		"seeds": cards.map(func(card: Button) -> int: return card.art.seed_number),
		"sizes": cards.map(func(card: Button) -> Array: return _size_of(card.art.texture)),
		"pixels": driver.pixels_of(first.texture.get_image()),
		"progress": steps,
		"drag_before_save": cards[0].drag_data().files,
		"suggested_name": dock.file_name.placeholder_text,
	}
	dock.save.pressed.emit()
	await driver.until(func() -> bool: return not first.files.is_empty(), "saved")
	var drag := cards[0].drag_data()
	driver.report["saved"] = {
		"files": first.files,
		"drag": drag.get("files"),
		"pixels": driver.pixels(first.drag_file),
		"next_name": driver.addon.workshop.name_for(first),
	}


## Makes the dock as narrow as it gets, and so low that it scrolls.
func _make_narrow() -> void:
	var dock := driver.addon.dock
	var usual := dock.size
	# The scroll bar comes in the first round and needs some of the width in the second.
	for i in 2:
		dock.size = Vector2(dock.get_combined_minimum_size().x, 200)
		await driver.frames(3)
	var buttons: Array[Button] = [dock.save, dock.replace, dock.variation]
	driver.report["narrow"] = {
		"scrolls": dock.get_v_scroll_bar().visible,
		"cut": buttons.filter(_is_cut).map(func(button: Button) -> String: return button.text),
	}
	dock.size = usual
	await driver.frames(3)


func _is_cut(button: Button) -> bool:
	var font := button.get_theme_font(&"font")
	var size := button.get_theme_font_size(&"font_size")
	var text := font.get_string_size(button.text, HORIZONTAL_ALIGNMENT_LEFT, -1, size)
	return text.x + button.get_theme_stylebox(&"normal").get_minimum_size().x > button.size.x


func _replace() -> void:
	var root := EditorInterface.get_edited_scene_root()
	var hero: Sprite2D = root.get_node("Hero")
	var walker: AnimatedSprite2D = root.get_node("Walker")
	var dock := driver.addon.dock
	await driver.select([hero, walker])
	dock.replace.pressed.emit()
	await driver.until(func() -> bool: return hero.texture != null, "replaced")
	var shown := func() -> Array:
		return [
			hero.texture.resource_path if hero.texture else "",
			hero.texture_filter,
			walker.sprite_frames.resource_path if walker.sprite_frames else "",
			walker.animation,
		]
	var after: Array = shown.call()
	await driver.undo(hero)
	var undone: Array = shown.call()
	await driver.redo(hero)
	driver.report["replaced"] = {"after": after, "undone": undone, "redone": shown.call()}


## The same name with another size and more pictures, from outside the editor.
func _hot_reload() -> void:
	var root := EditorInterface.get_edited_scene_root()
	var hero: Sprite2D = root.get_node("Hero")
	var walker: AnimatedSprite2D = root.get_node("Walker")
	var texture := hero.texture
	var sprite_frames := walker.sprite_frames
	var before := _look_of(hero, walker)
	driver.ask("change-picture")
	var has_followed := func() -> bool: return hero.texture.get_width() == 24
	await driver.until(has_followed, "picture followed")
	driver.report["reloaded_picture"] = _look_of(hero, walker)
	driver.ask("change-count")
	var has_more := func() -> bool: return walker.sprite_frames.get_animation_names().size() > 2
	await driver.until(has_more, "animation followed")
	driver.report["reloaded"] = {
		"before": before,
		"after": _look_of(hero, walker),
		"same_texture": hero.texture == texture,
		"same_frames": walker.sprite_frames == sprite_frames,
		"dialogs": driver.dialogs(),
	}


func _vary_and_cancel() -> void:
	var dock := driver.addon.dock
	dock.variation.pressed.emit()
	await driver.until(func() -> bool: return dock.strip.cards().size() == 3, "variation")
	var art := dock.strip.cards()[0].art
	driver.report["variation"] = {
		"has_input": art.request.has("input_image"),
		"is_other": art.seed_number != 7,
		"size": _size_of(art.texture),
	}
	await driver.until(func() -> bool: return dock.generate.visible, "idle")
	# No drawing shows this, so the networks draw it: long enough to be cancelled.
	dock.form.prompt.text = "zorblax"
	dock.form.set_value("num_images", 16)
	dock.generate.pressed.emit()
	await driver.until(func() -> bool: return dock.progress.value > 0.0, "under way")
	dock.cancel.pressed.emit()
	await driver.until(func() -> bool: return dock.generate.visible, "cancelled")
	driver.report["cancelled"] = {"message": dock.message.text, "cards": dock.strip.cards().size()}
	dock.form.set_value("num_images", 1)


func _down_and_up() -> void:
	var dock := driver.addon.dock
	var connection := driver.addon.workshop.connection
	driver.ask("stop-service")
	await driver.until(
		func() -> bool: return connection.state == Connection.State.OFFLINE, "noticed that it is down"
	)
	driver.report["down"] = {
		"status": dock.status.text.text,
		"can_generate": not dock.generate.disabled,
		"dialogs": driver.dialogs(),
	}
	driver.ask("change-art-without-service")
	var hero: Sprite2D = EditorInterface.get_edited_scene_root().get_node("Hero")
	await driver.until(func() -> bool: return hero.texture.get_width() == 20, "followed without events")
	driver.report["down"]["followed"] = hero.texture.get_width()
	driver.ask("start-service")
	await driver.until(_is_ready, "ready again")
	await driver.until(connection.has_events, "events again")
	dock.generate.pressed.emit()
	var count := dock.strip.cards().size()
	await driver.until(func() -> bool: return dock.strip.cards().size() > count, "made again")
	driver.report["up_again"] = {"cards": dock.strip.cards().size() - count}


func _off_and_on() -> void:
	EditorInterface.set_plugin_enabled("pixelkiln", false)
	await driver.frames(10)
	driver.report["disabled"] = driver.find_addon() == null
	EditorInterface.set_plugin_enabled("pixelkiln", true)
	await driver.frames(10)
	driver.addon = driver.find_addon()
	driver.report["enabled"] = await driver.until(_is_ready, "ready when enabled again")


func _is_ready() -> bool:
	return driver.addon.workshop.connection.state == Connection.State.READY


func _look_of(hero: Sprite2D, walker: AnimatedSprite2D) -> Dictionary:
	return {
		"size": _size_of(hero.texture),
		"pixels": driver.pixels(hero.texture.resource_path),
		"animations": walker.sprite_frames.get_animation_names(),
	}


func _size_of(texture: Texture2D) -> Array:
	return [texture.get_width(), texture.get_height()]
