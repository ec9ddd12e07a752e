"""Data set -> models/<id>/motions: licensed people in motion, one indexed PNG each, and index.json.

    python export_motions.py --data DATA --out ../embedded-v1/motions --people 44

A person is chosen when all of idle, walk, run and slash are there. Cells are 64x64: a row for each direction
(south, north, east, and west where it is not the exact mirror of east), actions side by side. Colors are named by the part
that wears them, so that the service can swap the colors of clothes and hair in all frames alike.
"""

import argparse
import collections
import json
import re
from pathlib import Path

import numpy as np
from PIL import Image

SOURCE = "lpc-revised-people"
ACTIONS = {"idle animation": "idle", "walk cycle": "walk", "run cycle": "run", "slash attack": "attack", "jumping": "jump"}
NEEDED = {"idle animation", "walk cycle", "run cycle", "slash attack"}
CELL = 64
ANCHOR = {"x": 32, "y": 62}
# Share of the pictures with a ramp that show a color of it, less the share of those without.
TELLING = 0.45
# OKLab distance, lightness counting less, within which a color lies in a ramp.
NEAR = 0.07


def read_people(data):
    people = collections.defaultdict(dict)
    for line in open(data / "index.jsonl"):
        row = json.loads(line)
        if row["source"] == SOURCE:
            caption, action = row["caption"].rsplit(", ", 1)
            people[caption][action] = row
    return people


def part_of(folder):
    for part, words in {
        "torso": ("Torso",), "legs": ("Legs",), "feet": ("Feet",), "hat": ("Head Accessories/Helm",),
        "hair": ("Hair",), "skin": ("Body/Body", "Head/Head 0"),
    }.items():
        if any(word in folder for word in words):
            return part
    return None


def ramps_of(row):
    """Part -> names of its color ramps, from the layers that a person is composed of."""
    found = collections.defaultdict(set)
    for layer in row["path"].split("+"):
        *folders, color, _file = layer.split("/")
        part = part_of("/".join(folders))
        family = {"torso": "cloth", "legs": "cloth", "feet": "cloth"}.get(part, part)
        if part:
            found[part].add((family, color))
    return found


class Cells:
    def __init__(self, data):
        self.data, self.atlases = data, {}

    def read(self, row):
        if row["atlas"] not in self.atlases:
            self.atlases[row["atlas"]] = np.array(Image.open(self.data / row["atlas"]).convert("RGBA"))
        atlas, size = self.atlases[row["atlas"]], row["size"]
        per = atlas.shape[1] // size
        first, count = row["cell"], row["directions"] * row["frames"]
        cells = [atlas[c // per * size:(c // per + 1) * size, c % per * size:(c % per + 1) * size] for c in range(first, first + count)]
        front, back, right, left = np.array(cells).reshape(4, row["frames"], size, size, 4)
        return {"south": front, "north": back, "east": right, "west": left}


def colors_in(frames):
    pixels = frames.reshape(-1, 4)
    return {"#%02x%02x%02x" % tuple(c[:3]) for c in np.unique(pixels[pixels[:, 3] > 0], axis=0)}


def color_shares(people, cells):
    """(ramp -> color -> share of people with the ramp who show it), and the same over everybody."""
    with_ramp, everybody, sizes = collections.defaultdict(collections.Counter), collections.Counter(), collections.Counter()
    total = 0
    for person in people.values():
        if "walk cycle" not in person:
            continue
        row = person["walk cycle"]
        seen = set().union(*(colors_in(frames) for frames in cells.read(row).values()))
        everybody.update(seen)
        total += 1
        for ramp in set().union(*ramps_of(row).values()):
            with_ramp[ramp].update(seen)
            sizes[ramp] += 1
    telling = {}
    for ramp, counts in with_ramp.items():
        for color, count in counts.items():
            others = max(1, total - sizes[ramp])
            telling[ramp, color] = count / sizes[ramp] - (everybody[color] - count) / others
    return telling


def name_parts(row, colors, telling):
    parts = collections.defaultdict(list)
    ramps = ramps_of(row)
    for color in sorted(colors):
        scores = {part: max(telling.get((ramp, color), 0) for ramp in names) for part, names in ramps.items()}
        best = max(scores.values(), default=0)
        if best < TELLING:
            continue
        for part, score in scores.items():
            if score > best - 0.05:
                parts[part].append(color)
    # A color that no ramp tells of belongs to the part whose ramp it lies in, if it lies in one.
    known = [(oklab(color), part) for part, own in parts.items() for color in own]
    told = {color for own in parts.values() for color in own}
    for color in sorted(set(colors) - told):
        here = oklab(color)
        near, part = min((float(np.hypot(*(here - there)[1:])) + 0.3 * abs(float((here - there)[0])), part) for there, part in known)
        if near < NEAR and np.hypot(*here[1:]) > 0.04:
            parts[part].append(color)
    return dict(parts)


def has_clear_clothes(row, telling, cells):
    """Whether the colors of the clothes are known: who cannot be recolored cannot be "in blue"."""
    colors = set().union(*(colors_in(frames) for frames in cells.read(row).values()))
    return len(name_parts(row, colors, telling).get("torso", ())) >= 3


def oklab(color):
    """Björn Ottosson, "A perceptual color space for image processing" (2020)."""
    srgb = np.array([int(color[k:k + 2], 16) / 255 for k in (1, 3, 5)])
    rgb = np.where(srgb <= 0.04045, srgb / 12.92, ((srgb + 0.055) / 1.055) ** 2.4)
    lms = np.cbrt([[0.4122214708, 0.5363325363, 0.0514459929], [0.2119034982, 0.6806995451, 0.1073969566], [0.0883024619, 0.2817188376, 0.6299787005]] @ rgb)
    return np.array([[0.2104542553, 0.793617785, -0.0040720468], [1.9779984951, -2.428592205, 0.4505937099], [0.0259040371, 0.7827717662, -0.808675766]]) @ lms


def words_of(caption):
    return set(re.findall(r"[a-z]+", caption)) - {"wearing", "and", "with", "skinned", "fantasy", "character", "over", "a", "hair"}


def choose(people, count, telling, cells):
    """Greedily takes the person who brings most words that few of the chosen have; those with a jump count more."""
    left = {
        caption: person for caption, person in people.items()
        if NEEDED <= set(person) and "wings" not in caption and len(ramps_of(person["walk cycle"]).get("torso", ())) == 1
        and not ramps_of(person["walk cycle"])["torso"] & ramps_of(person["walk cycle"]).get("legs", set())
    }
    left = {caption: person for caption, person in left.items() if has_clear_clothes(person["walk cycle"], telling, cells)}
    seen, chosen = collections.Counter(), []
    while left and len(chosen) < count:
        def worth(caption):
            helmet = 1.0 if re.search("helmet|hood", caption) and sum("helmet" in c or "hood" in c for c in chosen) < count / 3 else 0
            plain = 0.5 if re.match("(light|tanned|brown|dark) skinned|tanned", caption) else 0
            return sum(1 / (1 + seen[w]) for w in words_of(caption)) / 4 + 2 * ("jumping" in left[caption]) + helmet + plain
        best = max(sorted(left), key=worth)
        chosen.append(best)
        seen.update(words_of(best))
        del left[best]
    return chosen


def export_person(number, caption, person, context):
    cells, telling, out = context
    actions, strips, at = {}, collections.defaultdict(list), 0
    for label, action in ACTIONS.items():
        if label not in person:
            continue
        row = person[label]
        frames = cells.read(row)
        actions[action] = {"first": at, "frames": row["frames"]}
        at += row["frames"]
        for name, row_frames in frames.items():
            strips[name].extend(row_frames)
    if all((left == right[:, ::-1]).all() for left, right in zip(strips["west"], strips["east"])):
        del strips["west"]
    picture = np.concatenate([np.concatenate(strip, 1) for strip in strips.values()], 0)
    colors = sorted(colors_in(picture))
    indexes = np.zeros(picture.shape[:2], np.uint8)
    for i, color in enumerate(colors):
        rgb = [int(color[k:k + 2], 16) for k in (1, 3, 5)]
        indexes[(picture[..., 3] > 0) & (picture[..., :3] == rgb).all(-1)] = i + 1
    image = Image.fromarray(indexes, "P")
    image.putpalette([0, 0, 0] + [int(c[k:k + 2], 16) for c in colors for k in (1, 3, 5)])
    identity = f"person-{number:02d}"
    image.save(out / f"{identity}.png", optimize=True, transparency=0)
    walk = person["walk cycle"]
    return {
        "id": f"{SOURCE}/{walk['id']}", "file": f"{identity}.png", "caption": caption.replace(", fantasy character", ""),
        "license": walk["license"], "credit": walk["attribution"], "rows": list(strips), "actions": actions,
        "parts": name_parts(walk, colors, telling),
    }


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--people", type=int, default=44)
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    people, cells = read_people(args.data), Cells(args.data)
    context = (cells, color_shares(people, cells), args.out)
    rows = [export_person(i, caption, people[caption], context) for i, caption in enumerate(choose(people, args.people, context[1], cells))]
    credits = {}
    for line in open(args.data / "ATTRIBUTION.jsonl"):
        row = json.loads(line)
        if row["attribution"] in {r["credit"] for r in rows}:
            credits[str(row["attribution"])] = {key: row[key] for key in ("source", "url", "license", "author")}
    index = {
        "cell": CELL, "anchor": ANCHOR, "source": SOURCE,
        "fps": {"idle": 4, "walk": 8, "run": 10, "attack": 10, "jump": 8}, "credits": credits, "people": rows,
    }
    text = json.dumps(index, ensure_ascii=False, indent=1)
    (args.out / "index.json").write_text(re.sub(r'\[\s+("#[^\]]*?)\s+\]', lambda m: "[" + re.sub(r"\s+", " ", m[1]) + "]", text) + "\n")
    print(len(rows), "people,", sum(p.stat().st_size for p in args.out.iterdir()), "bytes")


if __name__ == "__main__":
    main()
