@tool
extends EditorPlugin
## Adds the Pixelkiln dock to the editor and connects it to the workshop.

const Dock := preload("dock/dock.gd")
const Settings := preload("settings.gd")
const Workshop := preload("workshop.gd")

## EditorDock.DOCK_SLOT_RIGHT_UL in Godot 4.6, and EditorPlugin's constant of the same name before.
const SLOT_RIGHT_UPPER_LEFT := 4

var workshop: Workshop
var dock: Dock
## The EditorDock around the dock, if this Godot has that class (4.6).
var _frame: Node


func _enter_tree() -> void:
	Settings.register()
	workshop = Workshop.new(get_undo_redo())
	dock = Dock.new(workshop, EditorInterface.get_editor_scale())
	add_child(workshop)
	_setup_dock()
	EditorInterface.get_selection().selection_changed.connect(_on_selection_changed)
	EditorInterface.get_editor_settings().settings_changed.connect(_on_settings_changed)
	_on_selection_changed()


func _exit_tree() -> void:
	EditorInterface.get_selection().selection_changed.disconnect(_on_selection_changed)
	EditorInterface.get_editor_settings().settings_changed.disconnect(_on_settings_changed)
	_remove_dock()
	workshop.queue_free()


## Brings the dock to the front of its tabs.
func show_dock() -> void:
	if _frame and _frame.has_method(&"make_visible"):
		_frame.call(&"make_visible")
	elif dock.get_parent() is TabContainer:
		(dock.get_parent() as TabContainer).current_tab = dock.get_index()


## EditorDock is not named here: Godot before 4.6 does not know it and could not parse this file.
func _setup_dock() -> void:
	if ClassDB.class_exists(&"EditorDock") and has_method(&"add_dock"):
		_frame = ClassDB.instantiate(&"EditorDock")
		_frame.name = "Pixelkiln"
		_frame.set(&"title", "Pixelkiln")
		_frame.set(&"default_slot", SLOT_RIGHT_UPPER_LEFT)
		_frame.add_child(dock)
		call(&"add_dock", _frame)
	else:
		add_control_to_dock(DOCK_SLOT_RIGHT_UL, dock)


func _remove_dock() -> void:
	if _frame:
		call(&"remove_dock", _frame)
		_frame.queue_free()
		_frame = null
	else:
		remove_control_from_docks(dock)
		dock.queue_free()


func _on_selection_changed() -> void:
	dock.select_nodes(EditorInterface.get_selection().get_selected_nodes())


func _on_settings_changed() -> void:
	var changed := EditorInterface.get_editor_settings().get_changed_settings()
	if changed.has(Settings.SERVICE_URL) or changed.has(Settings.SERVICE_TOKEN):
		workshop.connect_to_service()
