"""Licensed pixel art -> models/<id>/exemplars: the pictures a named thing is drawn from.

    python export_exemplars.py --data DATA [DATA ...] --out ../embedded-v1/exemplars

Writes index.jsonl, pictures.pack and ATTRIBUTION.jsonl, and lists them in the model.json of the folder above, if there
is one. No training is needed. README.md says what is taken, what is left out, and what a row holds.
"""

import argparse
import hashlib
import io
import json
from collections import Counter
from pathlib import Path

import numpy as np
from PIL import Image

from library.choose import SIZES, entries, thinned

HERE = Path(__file__).parent
SPARE = ("noto", "serenity-emoji")  # at 16 px only where no other set has the thing
FIELDS = ("id", "name", "caption", "category", "kind", "figure", "size", "at", "box", "colors", "ncolors", "quality", "seamless", "insets", "source", "license", "credit", "path")
FILES = {"exemplarRows": "exemplars/index.jsonl", "exemplarPictures": "exemplars/pictures.pack", "exemplarCredits": "exemplars/ATTRIBUTION.jsonl"}


def without_second_best(items, symbols):
    """Without poor and tiny pictures of what others drew better, and one-color symbols only of what nobody drew in color."""
    drawn = {e["name"] for e in items if e["kind"] != "symbol"}
    good = {e["name"] for e in items if e["quality"] > 0 and e["kind"] != "symbol"}
    others = {(e["name"], e["size"]) for e in items if e["source"] not in SPARE}
    rank = lambda e: (len(e["name"].split()), e["id"])
    missing = sorted((e for e in items if e["kind"] == "symbol" and e["name"] not in drawn), key=rank)
    kept = {e["id"] for e in missing[:symbols]}

    def stays(e):
        if e["kind"] == "symbol":
            return e["id"] in kept
        if e["source"] in SPARE and e["size"] == 16 and (e["name"], 16) in others:
            return False
        return e["quality"] > 0 or e["name"] not in good

    return [e for e in items if stays(e)]


def png_of(image):
    """The PNG of a picture, with a palette where its colors fit into one."""
    colors, index = np.unique(image.reshape(-1, 4), axis=0, return_inverse=True)
    file = io.BytesIO()
    if len(colors) > 256:
        Image.fromarray(image).save(file, "PNG", optimize=True)
        return file.getvalue()
    indexed = Image.fromarray(index.reshape(image.shape[:2]).astype(np.uint8), "P")
    indexed.putpalette(np.ascontiguousarray(colors[:, :3]).tobytes())
    bits = next(bits for bits in (1, 2, 4, 8) if len(colors) <= 2**bits)
    indexed.save(file, "PNG", optimize=True, bits=bits, transparency=bytes(colors[:, 3].tolist()))
    return file.getvalue()


def write_pictures(items, out):
    """One PNG after the other, each of the drawn box alone: a reader fetches the one it needs."""
    offset = 0
    with open(out / "pictures.pack", "wb") as file:
        for e in items:
            x, y, w, h = e["box"]
            png = png_of(e["image"][y : y + h, x : x + w])
            e["at"] = [offset, len(png)]
            file.write(png)
            offset += len(png)


def write_credits(items, folders, out):
    """One line for each owner; the rows point at it."""
    owners = {}
    for folder in folders:
        for line in open(folder / "ATTRIBUTION.jsonl"):
            row = json.loads(line)
            owners[row["source"], row["attribution"]] = row
    of = lambda e: (e["source"], owners[e["source"], e["attribution"]]["author"], e["license"], owners[e["source"], e["attribution"]]["url"])
    used = Counter(of(e) for e in items)
    number = {owner: i for i, owner in enumerate(sorted(used))}
    for e in items:
        e["credit"] = number[of(e)]
    with open(out / "ATTRIBUTION.jsonl", "w") as file:
        for owner in number:
            row = dict(zip(("source", "author", "license", "url"), owner)) | {"items": used[owner]}
            file.write(json.dumps(row, ensure_ascii=False) + "\n")


def hashes_of(folder, files):
    return {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in files.values()}


def list_in_card(folder):
    """Lists the library in the model.json of `folder`; a folder without one gets its from export.py."""
    path = folder / "model.json"
    if not path.exists():
        return
    card = json.load(open(path))
    card["files"] |= FILES
    card["hashes"] |= hashes_of(folder, FILES)
    card["sizes"] = list(SIZES)
    card["controls"] += ["variation"] * ("variation" not in card["controls"])
    path.write_text(json.dumps(card, indent=2) + "\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, nargs="+", required=True)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    config = json.load(open(HERE / "config.json"))["data"]
    licenses, reasons = set(config["licenses"]), Counter()
    items = thinned([e for folder in args.data for e in entries(folder, licenses, reasons)], reasons)
    items = without_second_best(items, config["symbols"])
    items.sort(key=lambda e: (e["size"], e["source"], e["name"], e["id"]))
    write_pictures(items, args.out)
    write_credits(items, args.data, args.out)
    with open(args.out / "index.jsonl", "w") as file:
        for e in items:
            file.write(json.dumps({k: e[k] for k in FIELDS if k in e}, separators=(",", ":"), ensure_ascii=False) + "\n")
    list_in_card(args.out.parent)
    for (source, why), count in sorted(reasons.items()):
        print(f"left out: {source}, {why}: {count}")
    print(Counter(e["size"] for e in items), Counter(e["kind"] for e in items), Counter(e["source"] for e in items), sep="\n")
    print(len(items), "pictures,", sum(f.stat().st_size for f in args.out.iterdir()) / 1e6, "MB")


if __name__ == "__main__":
    main()
