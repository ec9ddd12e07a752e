"""Data set -> prepared set: 32x32 sprites, their fields, caption variants and token states.

    python prepare.py --data DATA [DATA ...] --work WORK

Keeps only the licences of config.json. Larger pictures are never scaled: they are re-centred when
their box fits, cropped (wrap-around textures, heads of characters as portraits), or left out.
"""

import argparse
import json
import re
from pathlib import Path

import numpy as np
import torch
from PIL import Image

from held_out import held_state
from net import COLOR_BUCKETS, KINDS, SOURCES
from recolor import COLOR_WORDS, color_names, rotate_hue
from text_encoder import encode_all

HERE = Path(__file__).parent


def load_rows(data, licenses):
    rows = [json.loads(line) for line in open(data / "index.jsonl")]
    return [r for r in rows if r["license"] in licenses]


def native_size(row):
    """The edge a picture was drawn at, in pixels."""
    return row.get("native") or row["size"]


def weight_of(row, kind, data):
    """How often an item is drawn; small pictures, tiles and pieces of user interfaces count less."""
    native = data["nativeWeights"].get(str(native_size(row)), 1.0)
    return data["weights"][row["source"]] * native * (data["tileWeight"] if kind == "tile" else data["uiWeight"] if row["kind"] == "ui" else 1.0)


class Atlases:
    def __init__(self, data):
        self.data, self.open = data, {}

    def cell(self, row, offset=0):
        if row["atlas"] not in self.open:
            self.open[row["atlas"]] = np.array(Image.open(self.data / row["atlas"]).convert("RGBA"))
        atlas, size, c = self.open[row["atlas"]], row["size"], row["cell"] + offset
        per = atlas.shape[1] // size
        return atlas[c // per * size : (c // per + 1) * size, c % per * size : (c % per + 1) * size]


def limit_colors(image, count):
    """Median cut to `count` colours where there are more (Heckbert 1982, Pillow's)."""
    opaque = image[..., 3] > 0
    colors = image[opaque][:, :3]
    if len(np.unique(colors, axis=0)) <= count:
        return image
    out = image.copy()
    out[opaque, :3] = np.array(Image.fromarray(colors[None].copy()).quantize(count).convert("RGB"))[0]
    return out


def place(image, size):
    """Re-centres the drawn box of a picture on a size x size canvas; None if it does not fit."""
    ys, xs = np.where(image[..., 3] > 0)
    if not len(xs):
        return None
    box = image[ys.min() : ys.max() + 1, xs.min() : xs.max() + 1]
    h, w = box.shape[:2]
    if max(h, w) > size:
        return None
    out = np.zeros((size, size, 4), np.uint8)
    y, x = (size - h) // 2, (size - w) // 2
    out[y : y + h, x : x + w] = box
    return out


def pictures(row, cells, size):
    """The 32x32 pictures of one item: (image, kind, wraps)."""
    first = cells.cell(row)
    if row["source"] == "lpc-revised-people":
        if row.get("action") != "idle animation" and "idle" not in row["tags"]:
            return
        x, y = 16, max(0, row["bbox"][1] - 1)
        head = np.ascontiguousarray(first[y : y + size, x : x + size])
        yield head, "portrait", False
        return
    if row["source"] == "freedoom" and row["size"] == 64:
        for y, x in ((0, 0), (32, 32)):
            yield first[y : y + size, x : x + size], "tile", False
        return
    if row["kind"] == "tile" and row["size"] == size:
        yield first, "tile", bool(row.get("seamless"))
        return
    image = first if row["size"] == size else place(first, size)
    if image is None or row["kind"] == "tile":
        return
    if row["source"] == "dcss-doll":
        yield image, "character", False
    elif row["category"] == "portrait":
        yield image, "portrait", False
    elif "icon" in row["category"] or row["kind"] == "ui":
        yield image, "icon", False
    else:
        yield image, "sprite", False


def words(text, limit=20):
    return " ".join(text.replace(",", " , ").split()[:limit]).replace(" ,", ",").strip(" ,")


def captions_of(row, kind, named):
    """Four wordings of one item; training picks one at random. `named`: its colour words, chromatic first."""
    full = row["caption"].lower().replace("-", " ").replace("_", " ").replace("&", "and")
    name = full.split(",")[0].strip()
    if kind == "portrait":
        full = "portrait of " + full.replace(", fantasy character", "").replace(", idle animation", "")
        name = "portrait of " + name
    plain = name.removesuffix(" tile").removesuffix(" icon") if kind in ("tile", "icon") else name
    colored = name if COLOR_WORDS & set(name.split()) else " ".join(named[:1] + [plain])
    colors = " and ".join(named[:2])
    head = plain.split()[-1] if len(plain.split()) > 1 else plain
    return [words(full), words(plain), words(colored), words(f"{head}, {row['category']}, {colors}" if kind in ("sprite", "tile") else f"{plain}, {colors}")]


def recolored(image, row, kind, turn):
    """A hue-turned copy with the caption its new colours deserve: no picture without its own words."""
    turned = rotate_hue(image, turn)
    name = row["caption"].lower().split(",")[0]
    bare = [w for w in re.findall(r"[a-z']+", name) if w not in COLOR_WORDS]
    named = color_names(turned)
    if not bare or not named:
        return None
    prefix = "portrait of " if kind == "portrait" else ""
    return turned, words(prefix + " ".join(named[:1] + bare))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, nargs="+", required=True)
    parser.add_argument("--work", type=Path, required=True)
    args = parser.parse_args()
    config = json.load(open(HERE / "config.json"))
    data = config["data"]
    rng = np.random.default_rng(config["seed"])
    atlases = {folder: Atlases(folder) for folder in args.data}
    rows = [(atlases[folder], {**row, "set": i}) for i, folder in enumerate(args.data) for row in load_rows(folder, set(data["licenses"]))]
    images, hues, fields, weights, captions, items, held, seen = [], [], [], [], [], [], [], set()
    for cells, row in rows:
        for image, kind, wraps in pictures(row, cells, data["size"]):
            image = limit_colors(image, data["maxColors"])
            if image.tobytes() in seen or not (image[..., 3] > 0).any():
                continue
            seen.add(image.tobytes())
            ys, xs = np.where(image[..., 3] > 0)
            count = len(np.unique(image[image[..., 3] > 0][:, :3], axis=0))
            bucket = next((i for i, limit in enumerate(COLOR_BUCKETS) if row["ncolors"] <= limit), len(COLOR_BUCKETS) - 1)
            fields.append([KINDS.index(kind), SOURCES.index(row["source"]), bucket, int(wraps), xs.min(), ys.min(), xs.max() + 1, ys.max() + 1])
            weights.append(weight_of(row, kind, data))
            held.append(held_state(row, native_size(row), data["size"], count))
            named = color_names(image) or row["colors"]
            wordings = captions_of(row, kind, named)
            variants = []
            for turn in rng.uniform(0.12, 0.88, data["latentVariants"]["hues"]):
                made = recolored(image, row, kind, turn)
                variants.append(made if made else (image, wordings[1]))
            images.append(image)
            hues.append(np.stack([v[0] for v in variants]))
            captions.append(wordings + [v[1] for v in variants])
            items.append({k: row[k] for k in ("id", "caption", "source", "license", "set", "attribution", "path", "colors")} | {"kind": kind, "drawnColors": count, "native": row.get("native")})
    unique = sorted({c for group in captions for c in group})
    number = {c: i for i, c in enumerate(unique)}
    print(len(images), "pictures", len(unique), "captions", flush=True)
    for group, item in list(zip(captions, items))[:: max(1, len(items) // 25)]:
        print(item["source"], item["kind"], group)
    states, offsets = encode_all(unique, data["maxTokens"])
    print("state deviation", states.float().std().item())
    args.work.mkdir(parents=True, exist_ok=True)
    torch.save(
        {
            "images": torch.from_numpy(np.stack(images)),
            "hues": torch.from_numpy(np.stack(hues)),
            "fields": torch.tensor(np.array(fields), dtype=torch.long),
            "weights": torch.tensor(weights),
            "held": torch.tensor(held),
            "captions": torch.tensor([[number[c] for c in g] for g in captions]),
            "states": states,
            "offsets": offsets,
        },
        args.work / "prepared.pt",
    )
    json.dump({"captions": unique, "items": items}, open(args.work / "prepared.json", "w"))


if __name__ == "__main__":
    main()
