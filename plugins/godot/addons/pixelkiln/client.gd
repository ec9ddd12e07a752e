@tool
extends Node
## Sends requests to the service. Every call is a coroutine that returns an answer, and never
## fails.

const Answer := preload("answer.gd")

const TIMEOUT_SECONDS := 30.0

var base_url := ""
var token := ""


## Reads a route.
func get_answer(path: String) -> Answer:
	return await _send(HTTPClient.METHOD_GET, path, "")


## Sends a JSON object.
func post(path: String, body: Dictionary) -> Answer:
	return await _send(HTTPClient.METHOD_POST, path, JSON.stringify(body))


## Deletes the resource at a path.
func delete(path: String) -> Answer:
	return await _send(HTTPClient.METHOD_DELETE, path, "")


## Returns the headers that every request sends.
func headers() -> PackedStringArray:
	if token == "":
		return []
	return ["Authorization: Bearer " + token]


## A request node handles one request at a time, so each request gets its own.
func _send(method: HTTPClient.Method, path: String, body: String) -> Answer:
	var request := HTTPRequest.new()
	request.timeout = TIMEOUT_SECONDS
	add_child(request)
	var lines := headers()
	if body != "":
		lines.append("Content-Type: application/json")
	var answer := Answer.new(0)
	if request.request(base_url + path, lines, method, body) == OK:
		var result: Array = await request.request_completed
		if result[0] == HTTPRequest.RESULT_SUCCESS:
			answer = Answer.new(result[1], result[3])
	request.queue_free()
	return answer
