@tool
extends Node
## Runs one job of the service from request to answer. An accepted job is durable: if the service or
## the connection goes away, this waits until it comes back.

signal progressed(share: float, text: String)

const Answer := preload("answer.gd")
const Connection := preload("connection.gd")

## Seconds between two checks of the job, in case no events arrive.
const LOOK_SECONDS := 1.0
const STAGES := {
	"queued": "Waiting",
	"loading-model": "Loading the model",
	"encoding-prompt": "Reading the prompt",
	"denoising": "Drawing",
	"pixel-passes": "Cleaning up pixels",
	"writing": "Writing",
	"done": "Done",
}
const FINAL := ["succeeded", "failed", "cancelled"]

var _connection: Connection
var _job_id := ""
var _status := ""
var _is_cancelled := false


func _init(connection: Connection) -> void:
	_connection = connection
	_connection.event_received.connect(_on_event)


func is_running() -> bool:
	return _status != ""


## Sends a request to a route and waits for its job. Returns {"answer": Dictionary}, or {"error":
## String}; the error is empty if it was cancelled.
func run(route: String, request: Dictionary) -> Dictionary:
	_is_cancelled = false
	_status = "queued"
	progressed.emit(0.0, STAGES.queued)
	var body := request.merged({"async": true, "upload_outputs": true}, true)
	var accepted: Answer = await _connection.client.post(route, body)
	var outcome := {"error": accepted.problem()}
	if accepted.is_good():
		_job_id = str(accepted.data().get("job_id", ""))
		outcome = await _follow()
	_job_id = ""
	_status = ""
	return outcome


## Asks the service to stop the job; if it cannot be reached, the job keeps running.
func cancel() -> void:
	_is_cancelled = true
	if _job_id != "":
		await _connection.client.delete("/v1/jobs/" + _job_id)


func _follow() -> Dictionary:
	var since_look := 0.0
	while not _status in FINAL and not _is_cancelled:
		await get_tree().process_frame
		since_look += get_process_delta_time()
		if since_look >= LOOK_SECONDS:
			since_look = 0.0
			await _look()
	if _is_cancelled:
		return {"error": ""}
	var answer: Answer = await _connection.client.get_answer("/v1/jobs/%s/result" % _job_id)
	if answer.is_good():
		return {"answer": answer.data()}
	return {"error": "" if _status == "cancelled" else answer.problem()}


func _look() -> void:
	var answer: Answer = await _connection.client.get_answer("/v1/jobs/" + _job_id)
	if answer.is_good():
		_status = str(answer.data().get("status", _status))
		_show(answer.data().get("progress", {}))
	elif answer.status == 404:
		_status = "failed"
	elif answer.status == 0:
		progressed.emit(-1.0, "Waiting for the service to come back")


func _on_event(event: StringName, data: Dictionary) -> void:
	if _job_id == "" or data.get("job_id", "") != _job_id:
		return
	if event == &"job.progress":
		_show(data.get("progress", {}))
	elif event == &"job.state":
		_status = str(data.get("status", _status))


func _show(progress: Dictionary) -> void:
	var stage := str(progress.get("stage", ""))
	var steps := float(progress.get("steps", 0))
	var share := float(progress.get("step", 0)) / steps if steps > 0.0 else 0.0
	progressed.emit(share, STAGES.get(stage, stage.capitalize()))
