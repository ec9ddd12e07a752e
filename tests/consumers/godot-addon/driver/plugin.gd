@tool
extends EditorPlugin
## Runs one scenario inside the editor, as a person would use the dock, and writes what it saw to
## res://report.json. What happens outside the editor is asked for by a line "@@ <word>" on stdout.

const Addon := preload("res://addons/pixelkiln/plugin.gd")

const DRAG_STEPS := 14
const LONGEST_WAIT_SECONDS := 180.0

var addon: Addon
var report := {}


func _enter_tree() -> void:
	_run.call_deferred()


func _run() -> void:
	var system := EditorInterface.get_resource_filesystem()
	await frames(10)
	while system.is_scanning():
		await frames(1)
	addon = find_addon()
	for argument in OS.get_cmdline_user_args():
		if argument.begins_with("--scenario="):
			var scenario: RefCounted = load("res://addons/driver/%s.gd" % argument.get_slice("=", 1)).new()
			await scenario.run(self)
	var file := FileAccess.open("res://report.json", FileAccess.WRITE)
	file.store_string(JSON.stringify(report, "\t"))
	file.close()
	get_tree().quit()


func find_addon() -> Addon:
	for node in get_parent().get_children():
		if node is Addon:
			return node
	return null


func frames(count: int) -> void:
	for i in count:
		await get_tree().process_frame


## Asks the test for something, such as to stop the service.
func ask(what: String) -> void:
	print("@@ ", what)


## Waits until [param look] is true. Gives up after a time, which the report then shows.
func until(look: Callable, what: String) -> bool:
	var limit := Time.get_ticks_msec() + int(LONGEST_WAIT_SECONDS * 1000.0)
	while not look.call():
		if Time.get_ticks_msec() > limit:
			report["gave_up"] = report.get("gave_up", []) + [what]
			return false
		await frames(1)
	return true


## Chooses a kind in the form, as a click on the list does.
func choose_kind(kind: String) -> void:
	var list := addon.dock.form.kind
	for i in list.item_count:
		if list.get_item_metadata(i) == kind and not list.is_item_disabled(i):
			list.select(i)
			list.item_selected.emit(i)


func select(nodes: Array[Node]) -> void:
	var selection := EditorInterface.get_selection()
	selection.clear()
	for node in nodes:
		selection.add_node(node)
	await frames(3)


## Drags a control onto the 2D view, to a place that is given by shares of the view's size. Returns
## what happened on the way and the nodes that it made.
func drag(source: Control, place: Vector2) -> Dictionary:
	var root := EditorInterface.get_edited_scene_root()
	var before := root.find_children("*", "", true, false)
	addon.dock.ensure_control_visible(source)
	await frames(3)
	var canvas := EditorInterface.get_editor_viewport_2d().get_parent() as Control
	var window := canvas.get_viewport()
	# Within the window: events count from its corner, wherever it is on the screen.
	var from := source.get_global_rect().get_center()
	var to := canvas.get_global_rect().position + canvas.size * place
	var seen := {}
	for step in DRAG_STEPS:
		var is_button := step == 1 or step == DRAG_STEPS - 1
		var event: InputEventMouse
		if is_button:
			var button := InputEventMouseButton.new()
			button.button_index = MOUSE_BUTTON_LEFT
			button.pressed = step == 1
			event = button
		else:
			var motion := InputEventMouseMotion.new()
			motion.relative = (to - from) / 10.0
			event = motion
		if step >= 1 and step < DRAG_STEPS - 1:
			event.button_mask = MOUSE_BUTTON_MASK_LEFT
		event.position = from.lerp(to, clampf((step - 1) / 10.0, 0.0, 1.0))
		event.global_position = event.position
		Input.parse_input_event(event)
		Input.flush_buffered_events()
		await frames(3)
		if step == 1:
			seen["began_on_source"] = window.gui_get_hovered_control() == source
		elif step == DRAG_STEPS - 2:
			seen["is_dragging"] = window.gui_is_dragging()
	await frames(10)
	var made := root.find_children("*", "", true, false).filter(
		func(node: Node) -> bool: return not node in before
	)
	seen["made"] = made.map(func(node: Node) -> String: return node.get_class())
	return seen


func undo(node: Node) -> void:
	history(node).undo()
	await frames(2)


func redo(node: Node) -> void:
	history(node).redo()
	await frames(2)


func history(node: Node) -> UndoRedo:
	var manager := EditorInterface.get_editor_undo_redo()
	return manager.get_history_undo_redo(manager.get_object_history_id(node))


## Returns the pixels of an imported texture as the file on the disk has them, whatever is cached.
func pixels(path: String) -> String:
	var texture: Texture2D = ResourceLoader.load(path, "", ResourceLoader.CACHE_MODE_IGNORE)
	return pixels_of(texture.get_image())


func pixels_of(image: Image) -> String:
	var copy := image.duplicate() as Image
	copy.convert(Image.FORMAT_RGBA8)
	return Marshalls.raw_to_base64(copy.get_data())


## Counts the windows that a person would have to close.
func dialogs() -> int:
	var open := 0
	for window in EditorInterface.get_base_control().find_children("*", "AcceptDialog", true, false):
		if (window as Window).visible:
			open += 1
	return open
