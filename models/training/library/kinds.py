"""What sort of thing a picture shows: its kind, its category, how much of a figure is seen."""

import re

from .words import ANIMALS, CATEGORIES, MONSTERS, PEOPLE

SOURCE_CATEGORIES = {
    "animal": "animal", "animal monster": "animal", "canine animal": "animal", "feline animal": "animal", "lizard animal": "animal",
    "flying animal": "animal", "rodent": "animal", "insect": "animal", "horse": "animal", "snake": "animal", "spider": "animal",
    "animal head": "animal", "animal mammal": "animal", "animal bird": "animal", "animal reptile": "animal", "animal marine": "animal",
    "animal bug": "animal", "animal amphibian": "animal", "mammal": "animal", "bird": "animal", "reptile": "animal", "marine": "animal",
    "bug": "animal", "amphibian": "animal", "alien animal": "animal", "animal character": "animal", "worm": "animal",
    "face emoji": "emoji", "heart": "symbol", "gesture": "hand", "hand gesture": "hand", "food": "food", "plant": "plant", "tree": "plant",
    "vehicle": "vehicle", "aircraft": "vehicle", "boat vehicle": "vehicle", "weapon": "weapon", "armor": "armor", "armour": "armor",
    "furniture": "furniture", "building": "building", "sci-fi building": "building", "world map building": "building",
    "statue": "building", "door": "building", "portal": "building", "fence": "building", "altar": "building", "trap": "trap",
    "potion": "potion", "book": "book", "scroll": "book", "ring": "jewelry", "amulet": "jewelry", "gem": "jewelry", "treasure": "jewelry",
    "gold coins": "jewelry", "staff": "weapon", "wand": "weapon", "rod": "weapon", "magic effect": "effect", "effect": "effect",
    "magic spell effect": "effect", "user interface": "ui", "character": "person", "fantasy character": "person", "person": "person",
    "soldier character": "person", "pirate character": "person", "face portrait": "person", "clothing": "clothing", "tool": "tool",
    "ground": "vehicle", "water": "vehicle", "air": "vehicle", "sky weather": "nature", "sky & weather": "nature", "musical instrument": "music", "music": "music",
    "household": "furniture", "sport": "sport", "game": "game", "money": "money", "book paper": "book", "geographic": "nature", "medical": "tool",
    "science": "tool", "phone": "machine", "computer": "machine", "light video": "machine", "light & video": "machine", "flower": "plant", "drink": "food", "event": "thing",
    "talisman": "jewelry", "plant monster": "monster", "sky object": "nature", "fungus": "plant", "space object": "nature",
    "unique character": "person", "machine": "machine", "device": "machine", "spell icon": "spell", "ability icon": "spell",
}
HEADS = {"fox", "wolf", "bear", "panda", "koala", "lion", "frog", "hamster", "raccoon", "chicken", "boar", "unicorn", "moose", "polar bear", "alien", "cow face"}
CREATURES = ("ghost", "alien", "alien monster", "robot", "ogre mask", "tengu mask")  # things among the faces of the emoji
STATUES = {"statue", "bust", "gravestone", "totem", "flag", "sign", "poster", "painting", "mask", "hat", "helmet", "armor", "web", "egg", "eggs", "nest", "scales", "costume", "cage"}


def category_of(row, name):
    """One word for the sort of thing: by its own head noun, else by the source's category."""
    source = row["category"]
    words = re.sub(r" (with|of|behind|on|in) .*", "", name).split()
    if row["kind"] == "tile":
        return "tile"
    if source in ("user interface", "face emoji", "spell icon", "ability icon"):
        return SOURCE_CATEGORIES[source]
    if source == "icon" and name in CREATURES:
        return "monster"
    if source == "icon" and name in ("skull", "poop", "hole", "bomb"):
        return "thing"
    if source == "icon":
        return "emoji" if re.search(r"face|cat|monkey|smil|grin|star-struck|exploding head", name) else "symbol"
    if row["source"] == "game-icons":
        return "symbol"
    last = words[-1]
    single = last.removesuffix("s") if last not in CATEGORIES else last
    for word in (last, single):
        if word in CATEGORIES and "monster" not in source and not (last in ANIMALS and "animal" in source):
            return CATEGORIES[word]
    undead = [w for w in words if w in MONSTERS]
    if last in PEOPLE and not undead:
        return "person"
    if source.endswith("monster") or source in ("monster", "creature", "dragon", "demon monster", "imp", "troll", "ogre", "orc", "kobold"):
        return SOURCE_CATEGORIES.get(source, "animal" if single in ANIMALS else "monster")
    for table, category in ((PEOPLE, "person"), (ANIMALS, "animal"), (MONSTERS, "monster")):
        if last in table or single in table:
            return category
    if source in SOURCE_CATEGORIES:
        return SOURCE_CATEGORIES[source]
    for word in reversed(words):
        if word in PEOPLE:
            return "person"
        if word in MONSTERS:
            return "monster"
        if word in ANIMALS:
            return "animal"
        if word in CATEGORIES:
            return CATEGORIES[word]
    if source.startswith("person") or source == "portrait":
        return "person"
    return "monster" if row["source"] == "angband-gervais" and source == "monster" else "thing"


def figure_of(row, name, category):
    """"whole", "bust" or "face" of people, monsters and animals; null of things."""
    if category == "emoji":
        return "face"
    if category not in ("person", "monster", "animal") or set(name.split()) & STATUES:
        return None
    if row["category"] in ("portrait", "face portrait") or row.get("bust"):
        return "bust"
    emoji = row["source"] in ("fluent", "noto", "serenity-emoji")
    if row["category"] == "animal head" or re.search(r"\b(face|head)\b", row["caption"].split(",")[0].lower()):
        return "face"
    if emoji and name in HEADS:
        return "face"
    return "whole"


def kind_of(row, category, figure):
    """sprite, character, portrait, icon, symbol, tile or ui."""
    if row["source"] == "game-icons":
        return "symbol"
    if row["kind"] == "tile":
        return "tile"
    if row["kind"] == "ui":
        return "ui"
    if figure in ("bust",):
        return "portrait"
    if category in ("emoji", "symbol", "hand", "spell"):
        return "icon"
    return "character" if category == "person" and figure == "whole" else "sprite"
