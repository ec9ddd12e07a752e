extends SceneTree
# Loads the resources that are named in res://ask.json and writes what Godot sees to res://report.json.
# It judges nothing: the test compares the report with what the writers were given.


func _init() -> void:
	var ask: Dictionary = JSON.parse_string(FileAccess.get_file_as_string("res://ask.json"))
	var report := {"textures": {}, "sprite_frames": {}, "scenes": {}}
	for path: String in ask["textures"]:
		report["textures"][path] = _describe_texture(load(path))
	for path: String in ask["sprite_frames"]:
		report["sprite_frames"][path] = _describe_sprite_frames(path)
	for path: String in ask["scenes"]:
		report["scenes"][path] = _describe_scene(path)
	var file := FileAccess.open("res://report.json", FileAccess.WRITE)
	file.store_string(JSON.stringify(report))
	file.close()
	quit(0)


func _describe_texture(texture: Texture2D) -> Dictionary:
	var image := texture.get_image()
	var mipmaps := image.has_mipmaps()
	var compressed := image.is_compressed()
	image.convert(Image.FORMAT_RGBA8)
	return {
		"width": image.get_width(),
		"height": image.get_height(),
		"mipmaps": mipmaps,
		"compressed": compressed,
		"rgba": Marshalls.raw_to_base64(image.get_data()),
	}


func _describe_sprite_frames(path: String) -> Dictionary:
	var frames: SpriteFrames = load(path)
	var animations := {}
	for name: StringName in frames.get_animation_names():
		var list := []
		for i: int in frames.get_frame_count(name):
			var texture: AtlasTexture = frames.get_frame_texture(name, i)
			list.append({
				"seconds": frames.get_frame_duration(name, i) / frames.get_animation_speed(name),
				"region": [texture.region.position.x, texture.region.position.y, texture.region.size.x, texture.region.size.y],
				"atlas": texture.atlas.resource_path,
				"rgba": _describe_texture(texture)["rgba"],
			})
		animations[name] = {"loop": frames.get_animation_loop(name), "frames": list}
	return {"animations": animations, "dependencies": ResourceLoader.get_dependencies(path)}


func _describe_scene(path: String) -> Dictionary:
	var scene: PackedScene = load(path)
	var node: Node2D = scene.instantiate()
	var report := {
		"name": node.name,
		"class": node.get_class(),
		"texture_filter": node.texture_filter,
		"centered": node.centered,
		"offset": [node.offset.x, node.offset.y],
		"script": node.get_script() != null,
		"children": node.get_child_count(),
	}
	if node is Sprite2D:
		report["resource"] = node.texture.resource_path
	else:
		report["resource"] = node.sprite_frames.resource_path
		report["animation"] = node.animation
	node.free()
	return report
