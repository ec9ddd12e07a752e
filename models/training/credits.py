"""Whom to name for what a network was trained on: the rows of the data sets' ATTRIBUTION.jsonl that a prepared set uses."""

import json


def read_credits(folders):
    """(number of the folder, number in it) -> row. Folders number their rows each for themselves."""
    return {(i, row["attribution"]): row for i, folder in enumerate(folders) for row in map(json.loads, open(folder / "ATTRIBUTION.jsonl"))}


def credit_of(item):
    return item.get("set", 0), item["attribution"]


def write_credits(folders, work, path):
    """Writes the rows used, with how many pictures they are for. `folders` in the order of `prepare.py --data`.

    Returns the licenses and the number of pictures.
    """
    items = json.load(open(work / "prepared.json"))["items"]
    used, credits = {}, read_credits(folders)
    for item in items:
        used[credit_of(item)] = used.get(credit_of(item), 0) + 1
    with open(path, "w") as file:
        for key, row in credits.items():
            if key in used:
                file.write(json.dumps({**row, "items": used.pop(key)}) + "\n")
    assert not used, f"no credits for {sorted(used)}"
    return sorted({item["license"] for item in items}), len(items)
