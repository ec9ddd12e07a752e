"""Which pictures are kept aside: whole concepts, so that no recolor or second view of a measured thing is trained on."""

import hashlib

SHARE = 20  # one concept in so many
UNMEASURED = {"dcss-doll", "lpc-revised-people", "freedoom"}  # people and walls by the hundred


def is_held_out(concept):
    """Concepts are compared by their words in any order."""
    words = " ".join(sorted(concept.lower().replace("-", " ").split()))
    return int(hashlib.sha1(words.encode()).hexdigest(), 16) % SHARE == 0


def held_state(row, native, size, colors):
    """0 = training, 1 = held out and measured, 2 = held out with its concept but not measured (symbols, UI, enlarged)."""
    if not is_held_out(row.get("concept") or row["caption"]):
        return 0
    measured = native == size and colors >= 4 and row["kind"] != "ui" and row["source"] not in UNMEASURED
    return 1 if measured else 2
