"""Latents of a new prepared set with the coder of an earlier one, so that a generator can go on with more data.

    python encode_latents.py --work WORK --from EARLIER

Reads EARLIER/autoencoder.pt and the scale of EARLIER/latents.pt; writes WORK/latents.pt and copies the coder.
"""

import argparse
import json
import shutil
from pathlib import Path

import torch

from batches import PreparedSet
from net import Autoencoder
from train_autoencoder import HERE, write_latents


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--from", dest="earlier", type=Path, required=True)
    args = parser.parse_args()
    config = json.load(open(HERE / "config.json"))
    saved = torch.load(args.earlier / "autoencoder.pt", map_location="cpu")
    net = Autoencoder(**saved["config"])
    net.load_state_dict(saved["average"])
    old = torch.load(args.earlier / "latents.pt")
    data = PreparedSet(args.work, config, config["seed"], torch.device("cpu"))
    write_latents(net, data, config, args.work / "latents.pt", torch.device("cpu"), (old["mean"], old["deviation"]))
    shutil.copy(args.earlier / "autoencoder.pt", args.work / "autoencoder.pt")


if __name__ == "__main__":
    main()
