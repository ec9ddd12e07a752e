"""Names of composed people: the adventurers of DCSS (32 px) and the LPC Revised people (64 px)."""

import re

# Parts named after characters of other works: such a figure is left out.
LOOKALIKES = re.compile(
    r"legolas|boromir|aragorn|frodo|gandalf|saruman|gimli|arwen|isildur|merry|pipin|gil.galad|\bsam\b|maxwell|talos|chunli|jessica|"
    r"donald|louise|vanhel|zhor|pj|bikini|slit|hawaii|april|xmas|santa|randart|wucad|zonguldrok|asmodeus|dispater|justicar|monk_blue_",
)
SPECIES = {
    "human": "", "demigod": "", "elf": "elf", "deep elf": "elf", "dwarf": "dwarf", "deep dwarf": "dwarf", "gnome": "gnome", "halfling": "halfling",
    "minotaur brown": "minotaur", "kobold": "kobold", "gnoll": "gnoll", "vampire": "vampire", "mummy": "mummy", "ghoul": "ghoul",
    "tengu winged": "tengu", "tengu wingless": "tengu", "tengu wingless brown": "tengu", "oni black": "oni", "oni red": "oni", "oni blue": "oni",
    "draconian": "dragonborn", "draconian green": "dragonborn", "draconian red": "dragonborn", "draconian white": "dragonborn",
    "demonspawn red": "demonspawn", "demonspawn black": "demonspawn", "gargoyle": "gargoyle", "frog": "frog", "revenant": "skeleton", "spriggan": "fairy folk",
}
ROLES = [
    ("archer", r"holding[^,]*(bow|arbalest|sling)"),
    ("wizard", r"wearing[^,]*(robe|dress|occultist|witch|arcanist).*holding[^,]*(staff|fire|light|spark|sceptre|crystal|skull)"),
    ("wizard", r"wearing[^,]*(robe|occultist|witch|arcanist).*with (book|light|fire|orb)"),
    ("knight", r"wearing[^,]*(plate|metal|dragonarm|crystal|armor blue|half plate|bplate)"),
    ("warrior", r"wearing[^,]*(chain|mesh|scale|breast|animal skin|leather metal|leather heavy).*holding"),
    ("rogue", r"wearing[^,]*(leather|jacket|vest|shirt|black).*holding[^,]*(dagger|knife|short sword|quick blade|athame|sword thief|katana|rapier)"),
    ("jester", r"wearing[^,]*jester"),
    ("monk", r"wearing[^,]*(monk|karate|china)"),
    ("wizard", r"wearing[^,]*robe"),
    ("warrior", r"holding[^,]*(sword|axe|mace|hammer|flail|spear|trident|glaive|club|scythe|morningstar|falchion|scimitar|pike|halberd|lance)"),
]
PART_NOISE = re.compile(r"\b(one|two|three|four|five|slant|dim|artefact|susp|bplate|onep)\b")


def doll(row):
    """(name, caption) of a composed adventurer, or None where it is nobody in particular."""
    if LOOKALIKES.search(row["path"].lower()) or LOOKALIKES.search(row["caption"]):
        return None
    parts = row["caption"].split(", ")
    sex, _, species = parts[0].partition(" ")
    if sex not in ("male", "female"):
        sex, species = "", parts[0]
    if species not in SPECIES:
        return None
    role = next((name for name, pattern in ROLES if re.search(pattern, row["caption"])), None)
    if role is None:
        return None
    person = {"male": "man", "female": "woman", "": ""}[sex]
    name = " ".join(w for w in (SPECIES[species], role) if w)
    rest = [" ".join(PART_NOISE.sub("", p).split()) for p in parts[2:]]
    return name, ", ".join(p for p in [name, f"{sex} {species}".strip(), person, *rest] if p)


def person(row):
    """(name, caption) of an LPC Revised person: man, woman, old man or old woman."""
    parts = row["caption"].split(", ")
    who = parts[0].split()[-1]
    name = ("old " if "elderly" in parts[0] else "") + who
    return name, ", ".join([name, parts[0], *(p for p in parts[2:-1])])
