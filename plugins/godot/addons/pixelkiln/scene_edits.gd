@tool
extends RefCounted
## Every change that the addon makes to an open scene: each is a single undo step in the history of
## that scene.

const Fill := preload("fill.gd")
const Settings := preload("settings.gd")
const TileCatalog := preload("tile_catalog.gd")

var _undo: EditorUndoRedoManager


func _init(undo: EditorUndoRedoManager) -> void:
	_undo = undo


## Shows saved art in the nodes that can show it. [param files] are resource paths; returns how many
## nodes changed.
func replace(nodes: Array[Node], files: PackedStringArray, title: String) -> int:
	var resources: Array[Resource] = []
	for file in files:
		if ResourceLoader.exists(file):
			resources.append(load(file))
	var changes: Array[Dictionary] = []
	for node in nodes:
		var change := _change_for(node, resources)
		if not change.is_empty():
			changes.append(change)
	if changes.is_empty():
		return 0
	_undo.create_action("Replace with " + title, UndoRedo.MERGE_DISABLE, changes[0].node)
	for change in changes:
		for property: StringName in change.values:
			_undo.add_do_property(change.node, property, change.values[property])
			_undo.add_undo_property(change.node, property, (change.node as Node).get(property))
	_undo.commit_action()
	return changes.size()


## Draws a terrain into a layer. [param order]: terrain_set, terrain, area (Array[Vector2i]),
## inside (Dictionary), goes_on (bool), seed (int). Returns {filled, missing}: cells with and
## without a tile.
func fill(layer: TileMapLayer, order: Dictionary) -> Dictionary:
	var catalog := TileCatalog.new(layer.tile_set, order.terrain_set, order.terrain)
	var masks := Fill.solve(order.area, order.inside, catalog.kind, order.goes_on)
	var before := layer.tile_map_data
	var missing := 0
	for cell: Vector2i in masks:
		var chance := float(hash([cell, order.seed]) % 4096) / 4096.0
		var tile := catalog.find(masks[cell], chance)
		if tile != null:
			layer.set_cell(cell, tile.source, tile.coords, tile.alternative)
			continue
		layer.erase_cell(cell)
		# Where the terrain does not go, a set may well have no tile.
		if masks[cell] != Fill.BACKGROUND and masks[cell] != 0:
			missing += 1
	var after := layer.tile_map_data
	layer.tile_map_data = before
	_undo.create_action("Fill " + layer.name, UndoRedo.MERGE_DISABLE, layer)
	_undo.add_do_property(layer, &"tile_map_data", after)
	_undo.add_undo_property(layer, &"tile_map_data", before)
	_undo.commit_action()
	return {"filled": masks.size() - missing, "missing": missing}


## Returns {node, values} for the resources that a node should show, or an empty dictionary.
static func _change_for(node: Node, resources: Array[Resource]) -> Dictionary:
	var values := {}
	if node is TileMapLayer:
		values = _first(resources, &"tile_set", "TileSet")
	elif node is AnimatedSprite2D:
		values = _first(resources, &"sprite_frames", "SpriteFrames")
		if not values.is_empty():
			_keep_playing(node, values)
	elif &"texture" in node:
		values = _first(resources, &"texture", "Texture2D")
	if values.is_empty():
		return {}
	var item := node as CanvasItem
	var inherits := item and item.texture_filter == CanvasItem.TEXTURE_FILTER_PARENT_NODE
	if inherits and Settings.wants_nearest():
		values[&"texture_filter"] = CanvasItem.TEXTURE_FILTER_NEAREST
	return {"node": node, "values": values}


static func _first(
		resources: Array[Resource], property: StringName, type: String
) -> Dictionary:
	for resource in resources:
		if resource.is_class(type):
			return {property: resource}
	return {}


## An animation missing from the new frames would show nothing. If there are directions, start with
## the one facing the viewer, and standing if that was drawn.
static func _keep_playing(node: AnimatedSprite2D, values: Dictionary) -> void:
	var frames: SpriteFrames = values[&"sprite_frames"]
	if frames.has_animation(node.animation):
		return
	var names := frames.get_animation_names()
	var first := names[0]
	for candidate in names:
		if candidate.ends_with("_south") and first != "idle_south":
			first = candidate
	values[&"animation"] = StringName(first)
	if node.autoplay != "":
		values[&"autoplay"] = first
