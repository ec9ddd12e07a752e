"""The word tables of words.json as sets, read once."""

import json
import re
from pathlib import Path

TABLES = json.load(open(Path(__file__).parent / "words.json"))


def words_of(key):
    return set(TABLES[key].split())


COLORS, SHADES, DROP, NOISE = (words_of(k) for k in ("colors", "shades", "drop", "noise"))
PLACES, FLAVORS, PEOPLE, MONSTERS, ANIMALS = (words_of(k) for k in ("places", "flavors", "people", "monsters", "animals"))
RENAMES, ICON_RENAMES, REPLACE, TILES = (TABLES[k] for k in ("renames", "iconRenames", "replace", "tiles"))
PREFIXES, NATURAL, DROPPED_PHRASES = TABLES["nameIf"], set(TABLES["natural"]), TABLES["phrasesDropped"]
SIGNS = re.compile(TABLES["signs"])
KEEP = sorted(TABLES["keepPhrases"], key=len, reverse=True)
CATEGORIES = {word: name for name, words in TABLES["categories"].items() for word in words.split()}
