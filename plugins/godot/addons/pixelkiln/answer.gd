@tool
extends RefCounted
## The answer to one request.

## HTTP status; 0 = the service did not answer.
var status: int
var bytes: PackedByteArray


func _init(answer_status: int, answer_bytes := PackedByteArray()) -> void:
	status = answer_status
	bytes = answer_bytes


## Whether the service did what was asked.
func is_good() -> bool:
	return status >= 200 and status < 300


## Returns the JSON object in the body, or an empty one.
func data() -> Dictionary:
	var json := JSON.new()
	if json.parse(bytes.get_string_from_utf8()) != OK or not json.data is Dictionary:
		return {}
	return json.data


## Says in one line what went wrong: in the service's own words if it had any.
func problem() -> String:
	if status == 0:
		return "The service is not responding."
	var detail := str(data().get("detail", ""))
	return detail if detail != "" else "The service answered with status %d." % status
