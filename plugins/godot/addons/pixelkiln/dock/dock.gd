@tool
extends ScrollContainer
## The dock: shows the state of the service, takes a request, shows and uses the results.

const Art := preload("../art.gd")
const Connection := preload("../connection.gd")
const FillPanel := preload("fill_panel.gd")
const Form := preload("form.gd")
const Preview := preload("preview.gd")
const ResultStrip := preload("result_strip.gd")
const Settings := preload("../settings.gd")
const StatusLine := preload("status_line.gd")
const Workshop := preload("../workshop.gd")

const NO_RESULT := "Your results appear here."
const PROBLEM_COLOR := Color(1.0, 0.55, 0.5)
const PREVIEW_HEIGHT := 136.0

var status: StatusLine
var form: Form
var generate := Button.new()
var cancel := Button.new()
var progress := ProgressBar.new()
var message := Label.new()
var strip: ResultStrip
var preview := Preview.new()
var facts := Label.new()
var file_name := LineEdit.new()
var save := Button.new()
var replace := Button.new()
var variation := Button.new()
var fill_panel := FillPanel.new()
var nearest := Button.new()

var _workshop: Workshop
var _chosen: Art
var _nodes: Array[Node] = []
var _column := VBoxContainer.new()
var _progress_row := HBoxContainer.new()
var _progress_text := Label.new()
var _result_box := VBoxContainer.new()


func _init(workshop: Workshop, scale_factor: float) -> void:
	name = "Pixelkiln"
	_workshop = workshop
	horizontal_scroll_mode = ScrollContainer.SCROLL_MODE_DISABLED
	custom_minimum_size = Vector2(230, 0) * scale_factor
	_column.size_flags_horizontal = Control.SIZE_EXPAND_FILL
	_column.add_theme_constant_override(&"separation", roundi(6 * scale_factor))
	add_child(_column)
	status = StatusLine.new(scale_factor)
	form = Form.new(scale_factor, Settings.tile_size())
	strip = ResultStrip.new(scale_factor)
	preview.custom_minimum_size = Vector2(0, PREVIEW_HEIGHT * scale_factor)
	_column.add_child(status)
	_column.add_child(form)
	_build_generate()
	_build_results()
	_column.add_child(HSeparator.new())
	_column.add_child(fill_panel)
	_build_nearest()
	_connect_parts()
	_show_connection()
	_show_chosen()


func _notification(what: int) -> void:
	if what == NOTIFICATION_THEME_CHANGED and is_inside_tree():
		_color_generate()


## Tells the dock which nodes of the open scene are selected.
func select_nodes(nodes: Array[Node]) -> void:
	_nodes = nodes
	var layer: TileMapLayer = null
	for node in nodes:
		if node is TileMapLayer:
			layer = node
	fill_panel.show_layer(layer)
	_show_chosen()


func _build_generate() -> void:
	generate.text = "Generate"
	generate.tooltip_text = "Ctrl+Enter in the prompt"
	_column.add_child(generate)
	progress.size_flags_horizontal = Control.SIZE_EXPAND_FILL
	progress.size_flags_vertical = Control.SIZE_FILL
	progress.max_value = 1.0
	progress.show_percentage = false
	_progress_text.set_anchors_preset(Control.PRESET_FULL_RECT)
	_progress_text.horizontal_alignment = HORIZONTAL_ALIGNMENT_CENTER
	_progress_text.vertical_alignment = VERTICAL_ALIGNMENT_CENTER
	progress.add_child(_progress_text)
	_progress_row.add_child(progress)
	cancel.text = "Cancel"
	_progress_row.add_child(cancel)
	_progress_row.visible = false
	_column.add_child(_progress_row)
	message.autowrap_mode = TextServer.AUTOWRAP_WORD_SMART
	message.visible = false
	_column.add_child(message)


## The one button that starts everything has the editor's accent color.
func _color_generate() -> void:
	var accent := get_theme_color(&"accent_color", &"Editor")
	for state: StringName in [&"normal", &"hover", &"pressed"]:
		var box := StyleBoxFlat.new()
		box.bg_color = accent.darkened(0.45 if state == &"normal" else 0.3)
		box.set_corner_radius_all(4)
		box.set_content_margin_all(7.0)
		generate.add_theme_stylebox_override(state, box)
	generate.add_theme_color_override(&"font_color", Color.WHITE)


func _build_results() -> void:
	_column.add_child(HSeparator.new())
	_column.add_child(_result_box)
	_result_box.add_child(preview)
	_result_box.add_child(strip)
	facts.text_overrun_behavior = TextServer.OVERRUN_TRIM_ELLIPSIS
	_result_box.add_child(facts)
	var name_row := HBoxContainer.new()
	file_name.size_flags_horizontal = Control.SIZE_EXPAND_FILL
	file_name.tooltip_text = "File name. Art with this name is replaced, and open scenes update."
	name_row.add_child(file_name)
	save.text = "Save"
	name_row.add_child(save)
	_result_box.add_child(name_row)
	var button_row := HBoxContainer.new()
	replace.text = "Replace selected"
	variation.text = "Variation"
	variation.tooltip_text = "Something similar, with another seed"
	for button: Button in [replace, variation]:
		button.size_flags_horizontal = Control.SIZE_EXPAND_FILL
		button_row.add_child(button)
	_result_box.add_child(button_row)


func _build_nearest() -> void:
	nearest.text = "Use nearest filtering in this project"
	nearest.tooltip_text = "This project's default texture filter blurs pixel art."
	nearest.clip_text = true
	nearest.visible = not Settings.project_is_nearest()
	_column.add_child(nearest)


func _connect_parts() -> void:
	_workshop.connection.state_changed.connect(_show_connection)
	_workshop.connection.catalog_changed.connect(_show_catalog)
	_workshop.generation.progressed.connect(_show_progress)
	_workshop.arts_made.connect(strip.show_arts)
	_workshop.art_saved.connect(_on_art_saved)
	_workshop.said.connect(_say)
	status.retry_pressed.connect(_workshop.connect_to_service)
	form.submitted.connect(_on_generate)
	generate.pressed.connect(_on_generate)
	cancel.pressed.connect(_workshop.generation.cancel)
	strip.chosen.connect(_on_chosen)
	strip.drag_wanted.connect(func(_art: Art) -> void: _say("Save it first, then drag it.", false))
	save.pressed.connect(_on_save)
	file_name.text_submitted.connect(func(_text: String) -> void: _on_save())
	replace.pressed.connect(_on_replace)
	variation.pressed.connect(_on_variation)
	fill_panel.fill_wanted.connect(_workshop.fill)
	nearest.pressed.connect(_on_nearest)


func _on_generate() -> void:
	if generate.disabled:
		return
	form.next_seed()
	_ask(_workshop.connection.route_of(form.chosen_kind()), form.request())


func _on_variation() -> void:
	var seed_number := form.next_seed() if not form.seed_lock.button_pressed else randi()
	_ask(_workshop.connection.route_of(_chosen.kind), _chosen.variation(seed_number))


func _on_save() -> void:
	if not save.disabled:
		_during(_workshop.save.bind(_chosen, file_name.text))


func _on_replace() -> void:
	_during(_workshop.replace.bind(_chosen, _nodes.duplicate(), file_name.text))


func _on_nearest() -> void:
	Settings.make_project_nearest()
	nearest.visible = false


func _on_chosen(art: Art) -> void:
	_chosen = art
	_show_chosen()


func _on_art_saved(_art: Art) -> void:
	strip.refresh()
	_show_chosen()


func _ask(route: String, request: Dictionary) -> void:
	_during(_workshop.make.bind(route, request))


## Shows progress instead of the button while something is running.
func _during(work: Callable) -> void:
	_say("", false)
	progress.value = 0.0
	_progress_text.text = ""
	_show_busy(true)
	await work.call()
	_show_busy(false)


func _show_busy(is_busy: bool) -> void:
	_progress_row.visible = is_busy
	generate.visible = not is_busy
	_show_chosen()


func _show_progress(share: float, text: String) -> void:
	if share >= 0.0:
		progress.value = share
	_progress_text.text = text


func _show_connection() -> void:
	status.show_connection(_workshop.connection)
	generate.disabled = _workshop.connection.state != Connection.State.READY
	_show_chosen()


func _show_catalog() -> void:
	var connection := _workshop.connection
	form.show_catalog(connection.styles, connection.palettes, connection.kinds, Settings.palette())


func _show_chosen() -> void:
	var can_work := _workshop.connection.state == Connection.State.READY and not _progress_row.visible
	var has_art := _chosen != null
	strip.visible = has_art
	preview.visible = has_art
	facts.text = NO_RESULT
	if has_art:
		preview.show_picture(_chosen.texture, _chosen.frames, _chosen.kind == "tile")
		facts.text = "%s · seed %d" % [_chosen.size_text(), _chosen.seed_number]
		file_name.placeholder_text = _workshop.name_for(_chosen)
	var is_saved := has_art and not _chosen.files.is_empty()
	file_name.get_parent_control().visible = has_art
	replace.get_parent_control().visible = has_art
	save.disabled = not has_art or not can_work
	variation.disabled = not has_art or not can_work
	replace.disabled = not has_art or _nodes.is_empty() or not (is_saved or can_work)
	replace.tooltip_text = "Show this in the selected nodes"
	if _nodes.is_empty():
		replace.tooltip_text = "Select a node in the scene first"


func _say(text: String, is_problem: bool) -> void:
	message.text = text
	message.visible = text != ""
	message.modulate = PROBLEM_COLOR if is_problem else Color.WHITE
