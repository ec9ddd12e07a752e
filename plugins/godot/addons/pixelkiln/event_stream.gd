@tool
extends RefCounted
## Follows the server-sent events of the service (HTML standard, section 9.2), polled from a process
## callback: no thread, nothing blocks. It reconnects on its own, waiting longer each time, and
## resumes after the last event it saw.

signal opened
signal closed
signal event_received(event: StringName, data: Dictionary)

const PATH := "/v1/events"
const FIRST_WAIT_SECONDS := 1.0
const LONGEST_WAIT_SECONDS := 30.0
## The service sends a heartbeat every 15 s: a longer silence means a dead connection.
const LONGEST_SILENCE_SECONDS := 40.0

var _http := HTTPClient.new()
var _is_started := false
var _is_open := false
var _host := ""
var _port := 80
var _is_secure := false
var _headers := PackedStringArray()
var _last_id := ""
var _buffer := PackedByteArray()
var _wait := 0.0
var _next_wait := FIRST_WAIT_SECONDS
var _silence := 0.0


## Connects to the service at [param url]; forgets the position in any earlier stream.
func start(url: String, headers: PackedStringArray) -> void:
	stop()
	_is_secure = url.begins_with("https://")
	var authority := url.get_slice("://", 1).get_slice("/", 0)
	var colon := authority.rfind(":")
	_host = authority if colon < 0 else authority.left(colon)
	_port = (443 if _is_secure else 80) if colon < 0 else authority.substr(colon + 1).to_int()
	_headers = headers
	_last_id = ""
	_is_started = true
	retry()


## Ends the stream.
func stop() -> void:
	_is_started = false
	_drop()


## Makes the next connection start after an event; an open one continues as it is.
func resume_after(id: String) -> void:
	if not _is_open:
		_last_id = id


## Connects now instead of waiting.
func retry() -> void:
	_next_wait = FIRST_WAIT_SECONDS
	if not _is_open:
		_drop()
		_connect()


func is_open() -> bool:
	return _is_open


## Advances the connection; call it every frame.
func poll(delta: float) -> void:
	if not _is_started:
		return
	if _wait > 0.0:
		_wait -= delta
		if _wait <= 0.0:
			_connect()
		return
	_silence += delta
	_http.poll()
	match _http.get_status():
		HTTPClient.STATUS_RESOLVING, HTTPClient.STATUS_CONNECTING, HTTPClient.STATUS_REQUESTING:
			pass
		HTTPClient.STATUS_CONNECTED:
			_ask()
		HTTPClient.STATUS_BODY:
			_read()
		_:
			_fail()
	if _wait <= 0.0 and _silence > LONGEST_SILENCE_SECONDS:
		_fail()


func _connect() -> void:
	_silence = 0.0
	var tls := TLSOptions.client() if _is_secure else null
	if _http.connect_to_host(_host, _port, tls) != OK:
		_fail()


func _ask() -> void:
	# A stream that ended cleanly comes back here: that is an end as well.
	if _is_open:
		_fail()
		return
	var lines := _headers.duplicate()
	lines.append("Accept: text/event-stream")
	if _last_id != "":
		lines.append("Last-Event-ID: " + _last_id)
	if _http.request(HTTPClient.METHOD_GET, PATH, lines) != OK:
		_fail()


func _read() -> void:
	if not _is_open:
		if _http.get_response_code() != 200:
			_fail()
			return
		_is_open = true
		_next_wait = FIRST_WAIT_SECONDS
		opened.emit()
	var chunk := _http.read_response_body_chunk()
	if chunk.is_empty():
		return
	_silence = 0.0
	_buffer.append_array(chunk)
	_take_blocks()


## Cuts complete events off the buffer. It holds bytes, since a chunk may end inside a character.
func _take_blocks() -> void:
	var start := 0
	var end := _end_of_block(start)
	while end >= 0:
		_take(_buffer.slice(start, end).get_string_from_utf8())
		start = end + 2
		end = _end_of_block(start)
	_buffer = _buffer.slice(start)


func _end_of_block(from: int) -> int:
	var at := _buffer.find(10, from)
	while at >= 0 and at + 1 < _buffer.size():
		if _buffer[at + 1] == 10:
			return at
		at = _buffer.find(10, at + 1)
	return -1


func _take(block: String) -> void:
	var event := &"message"
	var text := ""
	for line: String in block.split("\n"):
		if line.begins_with("id: "):
			_last_id = line.substr(4)
		elif line.begins_with("event: "):
			event = StringName(line.substr(7))
		elif line.begins_with("data: "):
			text += line.substr(6)
	if text == "":
		return
	var data: Variant = JSON.parse_string(text)
	if data is Dictionary:
		event_received.emit(event, data)


func _fail() -> void:
	_drop()
	_wait = _next_wait
	_next_wait = minf(_next_wait * 2.0, LONGEST_WAIT_SECONDS)


func _drop() -> void:
	_http.close()
	_buffer.clear()
	_wait = 0.0
	_silence = 0.0
	if _is_open:
		_is_open = false
		closed.emit()
