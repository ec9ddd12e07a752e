"""Share-alike sprites -> a set that only the evaluator learns from: no generator sees it.

    python prepare_extra.py --data DATA --out WORK/extra.pt

The same pictures and wordings as prepare.py makes, of the rows whose licence is not in config.json. The
generator's weights stay free of them; the evaluator draws nothing and takes all the words it can get.
"""

import argparse
import json
from pathlib import Path

import numpy as np
import torch

from net import KINDS
from prepare import Atlases, captions_of, limit_colors, pictures
from recolor import color_names
from text_encoder import encode_all

HERE = Path(__file__).parent


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    torch.set_num_threads(1)
    data = json.load(open(HERE / "config.json"))["data"]
    rows = [json.loads(line) for line in open(args.data / "index.jsonl")]
    rows = [r for r in rows if r["license"] not in data["licenses"] and r["source"] != "ss14-people"]
    cells, seen = Atlases(args.data), set()
    images, fields, captions, items = [], [], [], []
    for row in rows:
        for image, kind, wraps in pictures(row, cells, data["size"]):
            image = limit_colors(np.ascontiguousarray(image), data["maxColors"])
            if image.tobytes() in seen or not (image[..., 3] > 0).any():
                continue
            seen.add(image.tobytes())
            ys, xs = np.where(image[..., 3] > 0)
            images.append(image)
            fields.append([KINDS.index(kind), 0, 0, int(wraps), xs.min(), ys.min(), xs.max() + 1, ys.max() + 1])
            captions.append(captions_of(row, kind, color_names(image) or row["colors"]))
            items.append({k: row[k] for k in ("id", "license", "attribution", "source")})
    unique = sorted({c for group in captions for c in group})
    number = {c: i for i, c in enumerate(unique)}
    print(len(images), "pictures", len(unique), "captions", flush=True)
    states, offsets = encode_all(unique, data["maxTokens"])
    torch.save(
        {
            "images": torch.from_numpy(np.stack(images)),
            "fields": torch.tensor(np.array(fields), dtype=torch.long),
            "captions": torch.tensor([[number[c] for c in g] for g in captions]),
            "texts": unique,
            "states": states,
            "offsets": offsets,
            "items": items,
        },
        args.out,
    )


if __name__ == "__main__":
    main()
