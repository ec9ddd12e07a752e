@tool
extends HBoxContainer
## One line with the state of the service, and a button to check again while it is not running.

signal retry_pressed

const Connection := preload("../connection.gd")

const COLORS := {
	Connection.State.OFFLINE: Color(0.55, 0.55, 0.58),
	Connection.State.STARTING: Color(1.0, 0.78, 0.3),
	Connection.State.READY: Color(0.36, 0.86, 0.46),
	Connection.State.REFUSED: Color(1.0, 0.42, 0.38),
}
const HOW_TO_START := "Start it in the folder of this project:\nnpx pixelkiln serve"

var text := Label.new()
var retry := Button.new()

var _light := Control.new()
var _color := Color.GRAY


func _init(scale_factor: float) -> void:
	_light.custom_minimum_size = Vector2(14, 14) * scale_factor
	_light.size_flags_vertical = Control.SIZE_SHRINK_CENTER
	_light.draw.connect(_draw_light)
	add_child(_light)
	text.size_flags_horizontal = Control.SIZE_EXPAND_FILL
	text.text_overrun_behavior = TextServer.OVERRUN_TRIM_ELLIPSIS
	text.mouse_filter = Control.MOUSE_FILTER_PASS
	add_child(text)
	retry.flat = true
	retry.tooltip_text = "Check for the service again"
	retry.pressed.connect(retry_pressed.emit)
	add_child(retry)


func _notification(what: int) -> void:
	if what == NOTIFICATION_THEME_CHANGED and is_inside_tree():
		retry.icon = get_theme_icon(&"Reload", &"EditorIcons")


## Shows the state of a connection.
func show_connection(connection: Connection) -> void:
	var place := connection.client.base_url.get_slice("://", 1)
	match connection.state:
		Connection.State.OFFLINE:
			text.text = "No service at " + place
		Connection.State.STARTING:
			text.text = "The service is starting"
		Connection.State.REFUSED:
			text.text = connection.refusal
		Connection.State.READY:
			text.text = "Ready at " + place
	text.tooltip_text = text.text
	if connection.state == Connection.State.OFFLINE:
		text.tooltip_text += "\n" + HOW_TO_START
	elif connection.state == Connection.State.READY and not connection.shares_disk:
		text.text += " (another folder)"
		text.tooltip_text = "The service runs in another folder, so files are downloaded."
	retry.visible = connection.state != Connection.State.READY
	_color = COLORS[connection.state]
	_light.queue_redraw()


func _draw_light() -> void:
	var middle := _light.size / 2.0
	var radius := minf(middle.x, middle.y) * 0.62
	_light.draw_circle(middle, radius * 1.55, Color(_color, 0.22), true, -1.0, true)
	_light.draw_circle(middle, radius, _color, true, -1.0, true)
