"""The cells of a built wardrobe, as arrays of color numbers: read from its pack, and packed again."""

import json
import struct
import zlib

import numpy as np

from build_wardrobe import index_text, png, stack

CELL = 64
SIDES = ("north", "west", "south", "east")


class Wardrobe:
    """index.json and pictures.pack of a folder, without the sheets that derive_moves.py has added."""

    def __init__(self, folder):
        self.folder = folder
        self.index = json.loads((folder / "index.json").read_text())
        for part in self.index["parts"]:
            part["sheets"] = [s for s in part["sheets"] if not s.get("derived")]
        self.parts = {p["id"]: p for p in self.index["parts"]}
        pack = (folder / "pictures.pack").read_bytes()
        end = max(sum(s["at"]) for p in self.index["parts"] for s in p["sheets"])
        self.pack = bytearray(pack[:end])
        self.known = {}

    def layers(self, name, body):
        """z -> (action, direction) -> frames, for the sheets of a part that fit a body; big cells where it has them."""
        if (name, body) not in self.known:
            layers = {}
            for sheet in self.parts[name]["sheets"]:
                if sheet["body"] in (body, "any"):
                    layers.setdefault(sheet["z"], {}).update(self.read(sheet))
            self.known[name, body] = layers
        return self.known[name, body]

    def cells(self, name, body):
        """(action, direction) -> frames: all layers of a part over one another."""
        joined = {}
        for _, cells in sorted(self.layers(name, body).items()):
            for key, frames in cells.items():
                below = joined.get(key)
                joined[key] = [np.where(f > 0, f, b) for f, b in zip(frames, below)] if below else frames
        return joined

    def read(self, sheet):
        big = self.index["big"].get(sheet["layout"])
        size = big["cell"] if big else CELL
        places = {big["action"]: big} if big else self.index["layouts"][sheet["layout"]]["actions"]
        start, length = sheet["at"]
        pixels = unpack(bytes(self.pack[start:start + length]))
        x, y, width, height = sheet["box"]
        found, first = {}, 0
        for action, place in places.items():
            frames = place["frames"] if big else sheet.get("actions", {}).get(action)
            if frames is None:
                continue
            sides = [d for d in place["directions"] if not (sheet.get("mirrored") and len(place["directions"]) == 4 and d == "east")]
            for row, side in enumerate(sides):
                found[action, side] = []
                for k in range(frames):
                    cell = np.zeros((size, size), np.uint8)
                    at = (first + row * frames + k) * height
                    cell[y:y + height, x:x + width] = pixels[at:at + height]
                    found[action, side].append(cell)
            if "west" in sides and "east" not in sides:
                found[action, "east"] = [c[:, ::-1] for c in found[action, "west"]]
            first += frames * len(sides)
        return found

    def add(self, name, sheet, actions):
        """Adds a sheet to a part. actions: action -> direction -> frames, in the order of the layout."""
        rows = [[frames[side] for side in SIDES] for frames in actions.values()]
        if not any(c.any() for row in rows for frames in row for c in frames):
            return
        mirrored = all(np.array_equal(w[:, ::-1], e) for row in rows for w, e in zip(row[1], row[3]))
        pixels, box = stack(rows, mirrored)
        data = png(pixels, self.parts[name]["palette"])
        self.parts[name]["sheets"].append(
            {**sheet, "box": box, "at": [len(self.pack), len(data)], **({"mirrored": True} if mirrored else {})}
        )
        self.pack += data

    def files(self):
        return {"index.json": index_text(self.index, self.index["parts"]).encode(), "pictures.pack": bytes(self.pack)}


def unpack(data):
    """The color numbers of a PNG that build_wardrobe.py wrote: one byte a pixel, no filter."""
    at, packed, width, height = 8, b"", 0, 0
    while at < len(data):
        (length,) = struct.unpack(">I", data[at:at + 4])
        kind, body = data[at + 4:at + 8], data[at + 8:at + 8 + length]
        if kind == b"IHDR":
            width, height = struct.unpack(">II", body[:8])
        if kind == b"IDAT":
            packed += body
        at += 12 + length
    return np.frombuffer(zlib.decompress(packed), np.uint8).reshape(height, width + 1)[:, 1:]
