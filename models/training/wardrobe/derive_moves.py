"""Adds run and jump to the parts of a built wardrobe that were not drawn for them.

    python derive_moves.py ../../wardrobe-v1

The bodies run and jump, and so do most clothes. The others follow them, each in one of the ways of moves.py. A sheet that was
added names in `after` the parts whose drawing it takes: they are credited with it. Run again, it starts over.
"""

import argparse
import hashlib
import json
from pathlib import Path

import numpy as np

from cells import CELL, SIDES, Wardrobe
from figure import JUMP, RUN, Figure
from moves import Move, bones, ground, halves, held, limb, plated, rigid, robe, shape, skirt

SHIRT, VEST, TEE = "torso/longsleeve2", "torso/sleeveless2", "torso/tshirt"
BODY, PANTS, SHOES = "body/body", "legs/pants", "feet/shoes-basic"
# Part or slot -> how it moves, and whose drawing it takes.
WAYS = {
    "legs/armour": (shape(PANTS), PANTS),
    "feet/armour": (shape(SHOES), SHOES),
    "arms/armour": (plated, SHIRT),
    "arms": (limb, SHIRT),
    "armour/chainmail": (shape(TEE, pattern=True), TEE),
    "armour/leather": (shape(VEST, pattern=True), VEST),
    "body/zombie": (shape(BODY), BODY),
    "body/skeleton": (bones, BODY),
    "torso/bandages": (shape(BODY, pattern=True), BODY),
    "torso/blouse": (shape(TEE), TEE),
    "torso/blouse-longsleeve": (shape(SHIRT), SHIRT),
    "torso/tunic": (robe(VEST), VEST),
    "torso/tunic-sara": (robe(VEST), VEST),
    "torso": (shape(VEST, pattern=True), VEST),
    "vest": (shape(VEST, pattern=True), VEST),
    "jacket/tabard": (rigid, None),
    "jacket/santa": (robe(SHIRT, cuffs=8), SHIRT),
    "apron": (rigid, None),
    "robe": (robe(SHIRT), SHIRT),
    "dress/slit": (robe(VEST), VEST),
    "dress/kimono-longsleeve": (limb, SHIRT),
    "dress/kimono-longsleeve-trim": (limb, SHIRT),
    "dress/kimono-oversize": (limb, SHIRT),
    "dress/kimono-oversize-trim": (limb, SHIRT),
    "dress/kimono-trim": (rigid, None),
    "dress/kimono-split-trim": (rigid, None),
    "dress": (robe(VEST), VEST),
    "legs": (skirt, None),
    "neck": (rigid, None),
    "shoulders": (halves, None),
    "shadow": (ground, None),
    "weapon": (held, None),
    "shield": (held, None),
}
# Which of the two hands of figure.py holds it.
HOLDERS = {("weapon", "south"): 1, ("weapon", "north"): 1, ("shield", "west"): 1, ("shield", "east"): 1}
FRAMES = {RUN: 8, JUMP: 5}


def derive(wardrobe, part, body, missing):
    """Adds a sheet for each layer that has a walk. A part for any body is moved as it is on the masculine one."""
    way, after = WAYS.get(part["id"]) or WAYS[part["slot"]]
    figure = Figure(wardrobe, "masculine" if body == "any" else body)
    for z, cells in wardrobe.layers(part["id"], figure.body).items():
        if ("walk", "south") not in cells:
            continue
        colors = colors_of(part, cells)
        actions = {action: {} for action in missing}
        for action, sides in actions.items():
            for side in SIDES:
                walk = [roomy(c) for c in cells["walk", side]] if way is held else cells["walk", side]
                move = Move(figure, walk, action, side, colors, HOLDERS.get((part["slot"], side), 0))
                sides[side] = [way(move, frame) for frame in range(FRAMES[action])]
        place = next((s["place"] for s in part["sheets"] if s["z"] == z and "place" in s), "front")
        sheet = {"body": body, "z": z, "place": place, "derived": True, **({"after": after} if after else {})}
        if way is held:
            for action, sides in actions.items():
                wardrobe.add(part["id"], {**sheet, "layout": f"{action}_128"}, {action: sides})
        else:
            wardrobe.add(part["id"], {**sheet, "layout": "moves", "actions": {a: FRAMES[a] for a in actions}}, actions)


def roomy(cell):
    """The cell with room around it, for what the hand takes out of it."""
    return np.pad(cell, (2 * CELL - len(cell)) // 2)


def colors_of(part, cells):
    """Position -> color number of the material that the part is mostly made of."""
    drawn = np.bincount(np.concatenate([c.ravel() for c in cells["walk", "south"] + cells["walk", "north"]]), minlength=256)
    materials = [m["positions"] for m in part["materials"]] or [{"1": 0}]
    most = max(materials, key=lambda m: sum(int(drawn[int(n)]) for n in m))
    colors = {}
    for number, position in most.items():
        if position not in colors or drawn[int(number)] > drawn[colors[position]]:
            colors[position] = int(number)
    return colors


def write(wardrobe):
    about = json.loads((wardrobe.folder / "wardrobe.json").read_text())
    for name, data in wardrobe.files().items():
        (wardrobe.folder / name).write_bytes(data)
        about["hashes"][name] = hashlib.sha256(data).hexdigest()
        print(f"{name:20}{len(data):10,}")
    (wardrobe.folder / "wardrobe.json").write_text(json.dumps(about, indent=2) + "\n")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", help="as build_wardrobe.py wrote it")
    wardrobe = Wardrobe(Path(parser.parse_args().folder))
    for action, frames in FRAMES.items():
        walk = wardrobe.index["big"]["walk_128"]
        wardrobe.index["big"][f"{action}_128"] = {**walk, "action": action, "frames": frames}
    for part in wardrobe.index["parts"]:
        has = {a for s in part["sheets"] for a in s.get("actions", {})}
        missing = [action for action in FRAMES if action not in has]
        if missing and (part["id"] in WAYS or part["slot"] in WAYS):
            for body in sorted({s["body"] for s in part["sheets"]}):
                derive(wardrobe, part, body, missing)
    write(wardrobe)


if __name__ == "__main__":
    main()
