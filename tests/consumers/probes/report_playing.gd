extends SceneTree
# Puts the scenes of res://ask.json into a running tree and writes to res://playing.json whether they play by
# themselves. It judges nothing.


func _initialize() -> void:
	var ask: Dictionary = JSON.parse_string(FileAccess.get_file_as_string("res://ask.json"))
	var report := {}
	for path: String in ask["scenes"]:
		var scene: PackedScene = load(path)
		var node: AnimatedSprite2D = scene.instantiate()
		root.add_child(node)
		await process_frame
		report[path] = {
			"playing": node.is_playing(),
			"animation": node.animation,
			"autoplay": node.autoplay,
		}
		node.free()
	var file := FileAccess.open("res://playing.json", FileAccess.WRITE)
	file.store_string(JSON.stringify(report))
	file.close()
	quit(0)
