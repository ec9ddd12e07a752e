"""From the rows of the data sets to the pictures of the library: which frame, which are left out and why."""

import json
import re
from collections import Counter, defaultdict
from pathlib import Path

import numpy as np
from PIL import Image

from recolor import color_names

from . import kinds, names, people, pictures
from .words import words_of

# Pictures that nobody named as what they are called, when shown without the name: what they were taken for instead.
MISLEADING = json.load(open(Path(__file__).parent / "misleading.json"))
SIZES = (16, 24, 32, 48, 64)
STANDING = [None, "idle animation", "flickering", "floating", "flying", "hopping", "bubbling", "burning", "burning fuse", "spinning", "blinking", "switched on", "moving", "walk cycle", "run cycle"]
FOLDERS = ("/item/", "/mon/", "/dngn/")
SPELLS = ("fire", "fireball", "ice", "lightning", "freeze", "poison", "heal", "haste", "invisibility", "teleport", "summon", "shield", "light", "storm", "meteor", "blink", "sleep", "fear", "stone", "wind", "water", "blood")
UI_KEPT = words_of("uiKeep")
UI_NOISE = re.compile(
    r"\b(piece|split|resize|caret|arrow end|letter|marker|(vertical|horizontal) line|gem frame|dot icon|selection|stripes|diagonal|disabled|expand|"
    r"move arrows|loading|turning arrow|grid|chevron|step (up|down)|player figure|pointer with|corner (bracket|arrow)|target corner|all corners|eye outline|"
    r"pencil outline|with three dots|marker pen|crop)\b"
)
BASE = {
    "dawnlike": 3, "cc0-packs": 3, "farmersdelight": 3, "lpc-revised": 3, "lpc-revised-people": 3, "fluent": 2, "noto": 2, "dcss": 2, "dcss-doll": 2,
    "ss14": 2, "minetest": 2, "serenity-emoji": 1, "serenity-icons": 2, "game-icons": 1, "freedoom": 2, "freedoom-sprites": 1, "blasphemer": 1,
    "angband-gervais": 1, "rltiles-nh": 1,
}
# How many pictures of one name one source gives in one size.
SHADOWED = ("dcss", "rltiles-nh", "angband-gervais")
FRAMED = ("spell icon", "ability icon", "portal", "door", "dungeon feature", "dungeon decoration", "trap", "building")
LIMITS = {"lpc-revised": 8, "dcss": 6, "dcss-doll": 12, "cc0-packs": 8, "lpc-revised-people": 80, "dawnlike": 8, "game-icons": 1, "tile": 10, "ui": 24}
LIMIT = 4
RECOLORS = 2


class Atlases:
    """Cells of a data folder's atlases."""

    def __init__(self, folder):
        self.folder, self.open = folder, {}

    def cell(self, row):
        if row["atlas"] not in self.open:
            self.open[row["atlas"]] = np.array(Image.open(self.folder / row["atlas"]).convert("RGBA"))
        atlas, size, cell = self.open[row["atlas"]], row["size"], row["cell"]
        per = atlas.shape[1] // size
        return atlas[cell // per * size : (cell // per + 1) * size, cell % per * size : (cell % per + 1) * size].copy()


def unwanted(row):
    """Why a row is no thing of its own, by its source alone; None for one that is."""
    caption = row["caption"].lower()
    if row.get("edge") or ("edge" in row and row["kind"] == "ui") or " edge" in caption or (row["kind"] != "ui" and "corner" in caption.split(",")[0]):
        return "piece of an edge set"
    if row.get("action") not in STANDING:
        return "no standing frame"
    if row["source"] == "lpc-revised-people" and row.get("action") != "idle animation":
        return "no standing frame"
    if row["source"] == "dcss" and row["category"] not in ("spell icon", "ability icon"):
        if not any(f in row["path"] for f in FOLDERS) or "UNUSED" in row["path"] or row["category"] in ("unique character", "parchment scroll", "altar"):
            return "name says nothing"
        if "urand" in row["path"] or "artefact" in caption:
            last = caption.split(",")[0].split()[-1]
            return None if last in ("knife", "axe", "boots", "bow", "sword", "cloak", "gloves", "staff") else "name says nothing"
    if row["category"] in ("spell icon", "ability icon") and not set(caption.split()) & set(SPELLS):
        return "name says nothing"
    if row["source"] == "angband-gervais" and caption.split(",")[0].endswith(" human"):
        return "name says nothing"
    if row["kind"] == "ui" and UI_NOISE.search(caption.split(",")[0]):
        return "piece of a user interface"
    if row["source"] == "serenity-icons" and row["kind"] == "ui":
        return None if set(names.plain(caption.split(",")[0]).split()) & UI_KEPT else "sign of a program"
    if row["kind"] == "tile" and not row.get("seamless") and row["source"] != "freedoom":
        return "not seamless"
    if row["source"] == "noto" and (row["size"] in (24, 48) or row["category"] == "icon"):
        return "drawn by another set at this size"
    return None


def described(row):
    """(name, caption) of a row, or None."""
    if row["source"] == "dcss-doll":
        return people.doll(row)
    if row["source"] == "lpc-revised-people":
        return people.person(row)
    name = names.name_of({**row, "caption": row.get("title") or row["caption"]})
    return name and (name, names.caption_of(row, name))


def quality_of(row, image, box, kind):
    """0 to 3: how good a drawing to start from. The source's style, minus what makes one blotchy, dark, tiny or cut off."""
    solid = image[image[..., 3] > 0][:, :3]
    colors, area, score = len(np.unique(solid, axis=0)), len(solid), BASE[row["source"]]
    light = pictures.luminance(solid[None])[0]
    if kind in ("tile", "ui", "symbol"):
        return max(0, min(3, score))
    if colors > 48 or colors / area > 0.25:
        score -= 1  # dithered or smeared
    if light.mean() < 48 or light.std() < 14:
        score -= 1  # a dark blot
    if colors <= 2:
        score -= 1
    if max(box[2], box[3]) < 0.5 * row["size"]:
        score -= 1
    corners = image[[0, 0, -1, -1], [0, -1, 0, -1]]
    if (image[..., 3] > 0).all() and (corners == corners[0]).all() and row["source"] in ("cc0-packs", "dawnlike"):
        score -= 2  # a thing on a square of ground
    if any(n in row["tags"] for n in ("lostgarden hard vacuum units", "lostgarden hard vacuum structures")):
        score -= 2
    return max(0, min(3, score))


def picture_of(row, atlases):
    """The cell, hardened and checked: (image, None) or (None, why not)."""
    image = pictures.hardened(atlases.cell(row))
    if image is None:
        return None, "soft alpha"
    if row["source"] in SHADOWED and row["kind"] == "sprite" and row["category"] not in FRAMED:
        image = pictures.without_shadow(image)
    box = pictures.box_of(image)
    if box is None or box[2] * box[3] < 12:
        return None, "blank"
    if row["kind"] == "tile":
        return (image, None) if (image[..., 3] > 0).all() and pictures.seam(image) < 1.35 else (None, "not seamless")
    if row["kind"] != "ui" and row["source"] != "game-icons" and pictures.count_colors(image) < 2:
        return None, "one color"
    if row["source"] == "lpc-revised" and row["kind"] == "sprite" and in_pieces(row, image):
        return None, "fragment"
    return image, None


def in_pieces(row, image):
    """Whether a cut from a sheet took several things at once: any second part of furniture, three large ones of goods."""
    areas = [len(a) for a in pictures.components(image[..., 3] > 0)]
    if row["category"] == "furniture":
        return len(areas) > 1 and areas[1] > 0.12 * areas[0]
    return row["size"] == 64 and sum(a > 0.3 * areas[0] for a in areas) > 1


def entries(folder, licenses, reasons):
    """Every usable picture of a data folder as {row fields, image}, before duplicates are thinned out."""
    atlases = Atlases(folder)
    for line in open(folder / "index.jsonl"):
        row = json.loads(line)
        if row["license"] not in licenses or row["size"] not in SIZES:
            continue
        if row["category"] == "floor texture":
            row["kind"] = "tile"
        if row["category"] == "block texture" and re.search("cabinet|crate|bag|pot|stove|basket|bale", row["caption"]):
            row["kind"] = "sprite"
        why = unwanted(row) or MISLEADING.get(row["id"])
        said = None if why else described(row)
        if not why and said is None:
            why = "name says nothing"
        image = None
        if not why:
            image, why = picture_of(row, atlases)
        if why:
            reasons[row["source"], why] += 1
            continue
        yield entry(row, image, *said)
        if row["source"] == "lpc-revised-people":
            yield bust(row, image, *said)


def bust(row, image, name, caption):
    """Head and shoulders of a standing person, in a 32 px cell: the portrait that the size has room for."""
    x, y, w, h = pictures.box_of(image)
    left, top = max(0, min(32, x + w // 2 - 16)), max(0, y - 1)
    cut = np.ascontiguousarray(image[top : top + 32, left : left + 32])
    return entry({**row, "id": row["id"] + "-bust", "size": 32, "bust": True}, cut, name, f"portrait of {name}, {caption}")


def entry(row, image, name, caption):
    box = pictures.box_of(image)
    category = kinds.category_of(row, name)
    figure = kinds.figure_of(row, name, category)
    kind = kinds.kind_of(row, category, figure)
    made = {
        "id": row["id"], "name": name, "caption": caption, "category": category, "kind": kind, "figure": figure, "size": row["size"], "box": box,
        "ncolors": pictures.count_colors(image), "quality": quality_of(row, image, box, kind),
    }
    if kind == "tile":
        made["seamless"] = True
    if kind == "ui" and (insets := pictures.insets_of(image)):
        made["insets"] = insets
    return made | {"source": row["source"], "license": row["license"], "path": row["path"].split("+")[0], "attribution": row["attribution"], "image": image, "action": row.get("action"), "concept": row["concept"]}


def thinned(items, reasons):
    """Without duplicates and mere recolors, and with so many of each name as LIMITS says: the best ones."""
    order = sorted(items, key=lambda e: (-e["quality"], STANDING.index(e["action"]), e["ncolors"], e["id"]))
    seen, swaps, shapes, counts, concepts, kept = set(), Counter(), defaultdict(list), Counter(), Counter(), []
    for e in order:
        source = e["source"]
        exact = (e["size"], e["image"].tobytes())
        swap = (e["name"], pictures.index_hash(e["image"]))
        near = (e["name"], e["size"], pictures.shape_hash(e["image"]))
        why = None
        if exact in seen:
            why = "duplicate"
        elif swaps[swap] >= RECOLORS or sum(pictures.alike(e["image"], one) for one in shapes[near]) >= RECOLORS:
            why = "recolor"
        elif source in ("cc0-packs", "blasphemer", "freedoom-sprites", "ss14") and concepts[source, e["concept"], e["size"]] >= 3:
            why = "another frame"
        elif source == "lpc-revised-people" and concepts[e["concept"], e["size"]] >= 1:
            why = "enough of them"
        elif counts[source, e["name"], e["size"], e["kind"]] >= LIMITS.get(e["kind"] if e["kind"] in ("tile", "ui") else source, LIMIT):
            why = "enough of them"
        if why:
            reasons[source, why] += 1
            continue
        seen.add(exact)
        swaps[swap] += 1
        shapes[near].append(e["image"])
        concepts[source, e["concept"], e["size"]] += 1
        concepts[e["concept"], e["size"]] += 1
        counts[source, e["name"], e["size"], e["kind"]] += 1
        kept.append(e | {"colors": color_names(e["image"], 3, 0.1)})
    return kept
