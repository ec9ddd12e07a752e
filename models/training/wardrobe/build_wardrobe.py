"""Wardrobe of layered parts -> models/wardrobe-v1: what service/wardrobe composes characters from.

    python build_wardrobe.py --wardrobe WARDROBE --set A --out ../../wardrobe-v1

WARDROBE holds ramps.json and a folder for each set with index.json, ATTRIBUTION.jsonl and the sheets. Written are:
  index.json         layouts, fallbacks, and one part a line; each sheet with its box and its place in the pack
  pictures.pack      one indexed PNG a sheet, end to end: the cells of the sheet cut to one box and stacked in one column,
                     action by action, direction by direction. East is left out where it mirrors west in all cells.
  ramps.json         the color ramps by family
  ATTRIBUTION.jsonl  one part a line: authors, addresses, license, how strong its statement is, and the evidence
  wardrobe.json      what is in here, with the sha256 of each file
"""

import argparse
import collections
import hashlib
import json
import struct
import zlib
from pathlib import Path

import numpy as np
from PIL import Image

WEST, EAST = 1, 3
# A weapon drawn in fewer of the cells of an action than this is a stray cell, not an action.
STRAY = 0.2
PART_KEYS = (
    "id", "slot", "name", "words", "palette", "materials", "fixed", "hides", "attack", "in_walk", "moved_actions",
    "derived", "license", "consent",
)
GENERAL_KEYS = ("cell", "anchor", "directions", "layouts", "big", "loops", "bearing_slots", "hop", "fallback")
CREDIT_KEYS = ("license", "licenses_offered", "authors", "urls", "source", "consent", "evidence", "derived")


def without_strays(part, folder, index):
    """The part without actions that a stray cell pretends to: the mace has one of 32 cells of thrust."""
    drawn, cells = collections.Counter(), {}
    for sheet in part["sheets"]:
        if part["slot"] != "weapon" or "actions" not in sheet:
            continue
        found = cells_of(np.array(Image.open(folder / sheet["file"])), sheet, index)
        names = [a for a in index["layouts"][sheet["layout"]]["actions"] if a in sheet["actions"]]
        for action, rows in zip(names, found):
            drawn[action] += sum(bool(c.any()) for row in rows for c in row)
            cells[action] = sum(len(row) for row in rows)
    stray = {a for a, count in cells.items() if drawn[a] < STRAY * count}
    if not stray:
        return part
    print("left out, a stray cell:", part["id"], sorted(stray))
    kept = [{**s, "actions": {a: n for a, n in s["actions"].items() if a not in stray}} if "actions" in s else s for s in part["sheets"]]
    return {**part, "sheets": [s for s in kept if s.get("actions", True)]}


def cells_of(picture, sheet, index):
    """The cells of a sheet: a list of [direction][frame] for each action."""
    big = index["big"].get(sheet["layout"])
    if big:
        size = big["cell"]
        places = [(0, 0, len(big["directions"]), picture.shape[1] // size)]
    else:
        size, actions = index["cell"], index["layouts"][sheet["layout"]]["actions"]
        places = [(p["x"], p["y"], len(p["directions"]), sheet["actions"][a]) for a, p in actions.items() if a in sheet["actions"]]
    return [
        [[picture[(y + r) * size:(y + r + 1) * size, (x + k) * size:(x + k + 1) * size] for k in range(frames)] for r in range(rows)]
        for x, y, rows, frames in places
    ]


def mirrors(actions):
    """Whether east is west seen in a mirror in every cell, and there is an east at all."""
    sided = [rows for rows in actions if len(rows) == 4]
    same = all(np.array_equal(w[:, ::-1], e) for rows in sided for w, e in zip(rows[WEST], rows[EAST]))
    return bool(sided) and same


def stack(actions, mirrored):
    """One column of cells, cut to the box around all that is drawn; (pixels, [x, y, width, height])."""
    kept = [c for rows in actions for r, row in enumerate(rows) if not (mirrored and r == EAST) for c in row]
    cells = np.stack(kept)
    ys, xs = np.where(cells.any(0))
    x, y, w, h = int(xs.min()), int(ys.min()), int(np.ptp(xs)) + 1, int(np.ptp(ys)) + 1
    return cells[:, y:y + h, x:x + w].reshape(-1, w), [x, y, w, h]


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def deflate(data):
    """The smallest of a few ways: most sheets are long runs and repeats of whole cells."""
    found = []
    for memory in (8, 9):
        packer = zlib.compressobj(9, zlib.DEFLATED, 15, memory)
        found.append(packer.compress(data) + packer.flush())
    return min(found, key=len)


def png(pixels, palette):
    """An indexed PNG of 8 bits without filters, so that a reader has the indices as they are. 0 is transparent."""
    height, width = pixels.shape
    rows = np.concatenate([np.zeros((height, 1), np.uint8), pixels], 1).tobytes()
    colors = b"\0\0\0" + b"".join(bytes.fromhex(c[1:]) for c in palette)
    header = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
    body = [(b"IHDR", header), (b"PLTE", colors), (b"tRNS", b"\0"), (b"IDAT", deflate(rows)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(*c) for c in body)


def pack_part(part, folder, index, pack):
    sheets = []
    for sheet in without_strays(part, folder, index)["sheets"]:
        picture = np.array(Image.open(folder / sheet["file"]))
        if picture.ndim != 2:
            raise SystemExit(f"{sheet['file']} is not an indexed picture.")
        actions = cells_of(picture, sheet, index)
        if not any(c.any() for rows in actions for row in rows for c in row):
            print("left out, nothing is drawn in", sheet["file"])
            continue
        mirrored = mirrors(actions)
        pixels, box = stack(actions, mirrored)
        data = png(pixels, part["palette"])
        row = {k: sheet[k] for k in ("body", "z", "place", "layout", "actions") if k in sheet}
        sheets.append({**row, "box": box, "at": [len(pack), len(data)], **({"mirrored": True} if mirrored else {})})
        pack += data
    return {**{k: part[k] for k in PART_KEYS if part.get(k)}, "sheets": sheets}


def credit(part):
    """Several layers of a part often cite the same file: one line of evidence for each."""
    row = {"part": part["id"], **{k: part[k] for k in CREDIT_KEYS if k in part}}
    evidence = dict(row.get("evidence", {}))
    seen = {json.dumps(c, sort_keys=True): c for c in evidence.get("credits", [])}
    return {**row, "evidence": {**evidence, "credits": list(seen.values())}}


def compact(value):
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def index_text(index, parts):
    head = compact({k: index[k] for k in GENERAL_KEYS})[:-1]
    return head + ',"parts":[\n' + ",\n".join(compact(p) for p in parts) + "\n]}\n"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--wardrobe", required=True)
    parser.add_argument("--set", default="A")
    parser.add_argument("--id", default="wardrobe-v1")
    parser.add_argument("--out", required=True)
    args = parser.parse_args()
    root, out = Path(args.wardrobe), Path(args.out)
    index = json.loads((root / args.set / "index.json").read_text())
    pack = bytearray()
    parts = [pack_part(p, root / args.set, index, pack) for p in index["parts"]]
    files = {
        "index.json": index_text(index, parts).encode(),
        "pictures.pack": bytes(pack),
        "ramps.json": (compact(json.loads((root / "ramps.json").read_text())["families"]) + "\n").encode(),
        "ATTRIBUTION.jsonl": "".join(compact(credit(p)) + "\n" for p in index["parts"]).encode(),
    }
    out.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        (out / name).write_bytes(data)
    licenses = collections.Counter(p["license"] for p in index["parts"]).most_common()
    about = {
        "id": args.id, "title": f"Pixelkiln wardrobe, set {args.set}", "set": args.set,
        "shareAlike": any("-SA" in name for name, _ in licenses), "parts": len(parts), "licenses": dict(licenses),
        "hashes": {name: hashlib.sha256(data).hexdigest() for name, data in files.items()},
    }
    (out / "wardrobe.json").write_text(json.dumps(about, indent=2) + "\n")
    for name, data in files.items():
        print(f"{name:20}{len(data):10,}")


if __name__ == "__main__":
    main()
