"""What a picture is called: the fewest words a player would use, and a caption with all that is known."""

import re
import unicodedata

from .words import ANIMALS, CATEGORIES, COLORS, DROP, DROPPED_PHRASES, FLAVORS, ICON_RENAMES, KEEP, MONSTERS, NATURAL, NOISE, PEOPLE, PLACES, PREFIXES, RENAMES, REPLACE, SHADES, SIGNS, TILES

HYPHENATED = ("t-shirt", "t-rex", "jack-o-lantern", "yo-yo", "x-ray", "will-o-wisp")
# Things with a made-up adjective ("puce potion", "iridium wand"): only the noun is a name.
ALWAYS_PLAIN = {"potion", "wand", "scroll", "amulet", "pendant", "tome", "gem", "talisman", "rod", "necklace"}
FLAVORED = ALWAYS_PLAIN | {"ring", "book", "staff"}
MEANINGFUL = {"health", "healing", "life", "poison", "magic", "mana", "blank", "rolled", "empty", "pearl", "spiral"}
CUT = re.compile(r" (with|in|holding|on|wearing|and|carrying|hiding|riding|going|made of|from|at|under|behind|for) .*$")
LITERAL = ("fluent", "noto", "serenity-emoji", "game-icons")  # their words are names already
TRAILING_NOISE = ("weapon", "vehicle", "aircraft", "building", "food", "boat", "human", "hybrid", "beast")
BARS = {"red": "health", "blue": "mana", "green": "stamina", "yellow": "experience"}
NOUNS = PEOPLE | MONSTERS | ANIMALS | set(CATEGORIES)
# What players also call these: added to captions.
OTHER_WORDS = {"wyrm": "dragon", "drake": "dragon", "wyvern": "dragon", "ufo": "spaceship", "saucer": "ufo", "gravestone": "tombstone", "axe": "hatchet", "mage": "wizard", "armchair": "sofa chair", "bunny": "rabbit", "gauge": "health bar, progress bar", "panel": "window, dialog box", "cursor": "mouse pointer", "hog": "pig", "halfling": "hobbit", "gift": "present", "present": "gift box", "stew": "soup", "die": "dice", "rogue": "thief", "stairs": "staircase", "tv": "television", "phone": "telephone", "poop": "pile of poo", "cop": "police officer", "couch": "sofa", "pick": "pickaxe", "hamburger": "burger", "doughnut": "donut", "slot": "inventory slot, item slot", "button": "ui button", "frame": "border, window frame", "checkbox": "check box, toggle", "web": "cobweb", "crate": "wooden box", "pot": "pottery", "canoe": "boat", "ship": "boat", "steaming": "ramen, noodle soup", "computer": "pc", "handle": "slider, knob", "knight": "armored warrior", "headstone": "gravestone", "temple": "ancient temple", "shop": "market", "moving": "platform", "goblet": "cup", "wizard": "mage"}


def plain(text):
    """Lower case, words apart by single spaces."""
    text = text.replace("’", "").replace("“", "").replace("”", "")
    text = unicodedata.normalize("NFD", text.lower()).encode("ascii", "ignore").decode() if not text.isascii() else text.lower()
    text = text.replace("_", " ").replace("'", "").replace("armour", "armor")
    for word in HYPHENATED:
        text = text.replace(word, word.replace("-", "~"))
    return " ".join(text.replace("-", " ").replace("~", "-").replace("mould", "mold").split())


def without_colors(words, trailing=False):
    """Color words go, unless they are part of the name (red panda) or end it (an orange); `trailing`: those at the end too."""
    text, kept = " ".join(words), set()
    for phrase in KEEP:
        if re.search(rf"\b{phrase}\b", text):
            kept |= set(phrase.split())
    out = []
    for i, word in enumerate(words):
        following = words[i + 1] if i + 1 < len(words) else ""
        shade = word in SHADES and (following in COLORS or following in SHADES)
        if (word in COLORS or shade) and word not in kept and (following or (trailing and out)):
            continue
        out.append(word)
    return out[1:] if out[:1] == ["and"] else out


def natural_order(words):
    """"leather armor" of "armor leather": the noun last."""
    if len(words) > 1 and words[0] in NATURAL and words[-1] not in NATURAL:
        return words[1:] + words[:1]
    return words


def shortened(text):
    """Without measures ("pair of boots") and what comes after the thing ("wizard in a hat")."""
    for prefix, head in PREFIXES.items():
        if text.startswith(prefix + " "):
            text = text.removeprefix(prefix + " ") if head in ("", prefix) else head
            text = f"{prefix} {text}" if head == prefix else text
    return re.sub(r" (with|and|in|on|of)$", "", CUT.sub("", text)).removeprefix("of ")


def literal_name(text):
    """The name of an emoji or a symbol: its own words, or the ones people use for it."""
    if SIGNS.search(text):
        return None
    text = ICON_RENAMES.get(text, RENAMES.get(text, text))
    return " ".join(without_colors(text.split()))


def tile_name(text, row):
    """The name of a ground or wall: "grass", "stone wall"."""
    wall = "wall" in row["category"] and "wall" not in text
    text = text.removesuffix(" floor") if text.removesuffix(" floor") in TILES else text
    text = TILES.get(text, text)
    if set(text.split()) <= COLORS or text in ("floor", "blank floor", "wall", "") or text.startswith("domino"):
        return None
    return f"{text} wall" if wall else text


def ui_name(text, row):
    """The name of a piece of a user interface: "button", "health bar", "cursor"."""
    if "gauge bar" in text:
        bar = next((BARS[w] for w in row["caption"].lower().split() if w in BARS), "progress")
        return f"{bar} bar"
    text = re.sub(r"^(round|square|bar|tall|dark|outlined|white|knob|bullet|striped|hexagon) (?=button|slot|panel|handle|checkbox)", "", text)
    text = re.sub(r"^(square|round) (?=panel|button)", "", text)
    return {"handle": "slider handle", "square panel": "panel", "exclamation icon": "exclamation mark", "plus icon": "plus"}.get(text, text)


def name_of(row):
    """The name of a row of the data sets, or None for one that says nothing."""
    text = plain(row["caption"].split(",")[0])
    if set(text.split()) & DROP or (row["kind"] != "ui" and any(phrase in text + " " for phrase in DROPPED_PHRASES)):
        return None
    if row["source"] in LITERAL:
        return literal_name(text)
    if row["category"] == "portal":
        return "stairs " + text.split()[-1] if re.search(r"stairs (up|down)$", text) else "portal"
    if text in RENAMES and "gauge" not in text:
        return RENAMES[text]
    text = text.removesuffix(" portrait face")
    words = [w for w in text.split() if not w.isdigit() and w not in NOISE]
    if row["source"] == "dcss" and (row["kind"] == "tile" or row["category"] in ("statue", "door", "wall tile", "floor tile")):
        words = [w for w in words if w not in PLACES]
    text = shortened(" ".join(without_colors(words, row["source"] == "dcss")))
    words = [w for w in text.split() if w not in ("a", "an", "the")]
    if row["source"] == "dcss":
        words = natural_order(words)
    while len(words) > 1 and words[-1] in TRAILING_NOISE and words[-2] in NOUNS:
        words = words[:-1]
    if "looking" in words:
        words = words[words.index("looking") + 1 :]
    text = " ".join(REPLACE.get(w, w) for w in words)
    if row["category"] == "statue" and re.search(r"block|pile|stack|dummy|obelisk|pillar|cannon|sawblade|mortar|column", text):
        text = text.removesuffix(" statue")
    text = text if "gauge" in text else RENAMES.get(text, text)
    if row["kind"] == "tile":
        return tile_name(text, row)
    if row["kind"] == "ui":
        return ui_name(text, row) or None
    if row["category"] == "monster" and row["source"] == "cc0-packs" and re.search(r"(stump|mushroom|watermelon|plant|block|rock)$", text):
        text += " monster"
    return flavorless(text, row["category"])


def flavorless(text, category):
    """Only the noun of things whose adjectives mean nothing outside their game."""
    words = text.split()
    last = words[-1] if words else ""
    if set(words) <= COLORS | SHADES | FLAVORS and category in FLAVORED:
        return category
    if last in FLAVORED:
        kept = [w for w in words[:-1] if w in MEANINGFUL]
        if last in ALWAYS_PLAIN or set(words[:-1]) <= FLAVORS | COLORS | SHADES | MEANINGFUL:
            return " ".join([*kept[:1], last])
    return text if len(text) > 2 and not set(words) <= COLORS | SHADES - {"orange"} else ("orange" if text == "orange" else None)


def caption_of(row, name):
    """Everything known, each phrase once: the name, the full caption, other words for it."""
    parts = [plain(p) for p in (row.get("title") or "").split(",") + row["caption"].split(",")]
    noise = ("user interface", "item", "fantasy character", "monster", "idle animation", "walk cycle", "character", "object", "floating", "animal", "adventurer character", "white symbol", "run cycle")
    parts = [p for p in parts if p not in noise]
    others = [OTHER_WORDS[w] for w in name.split() if w in OTHER_WORDS]
    return ", ".join(dict.fromkeys(p for p in [name, *parts, *others] if p))
