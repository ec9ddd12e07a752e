"""Latents of a prepared set with a coder that is trained already: the pixel coder, or the first autoencoder of EARLIER.

    python encode_latents.py --work WORK --from EARLIER [--coder pixel|first]

Reads EARLIER/pixel-coder.pt (or autoencoder.pt, and then the scale of EARLIER/latents.pt, which its generator was
trained in); writes WORK/latents.pt and copies the coder.
"""

import argparse
import json
import shutil
from pathlib import Path

import torch

from batches import PreparedSet
from compact import unpack_weights
from net import Autoencoder
from pixel_coder import PixelCoder
from train_autoencoder import HERE, write_latents

CPU = torch.device("cpu")


def write_pixel_latents(work, earlier, config, device):
    """Keeps the scale of EARLIER/latents.pt where that is of a pixel coder too."""
    saved = torch.load(earlier / "pixel-coder.pt", map_location="cpu")
    net = PixelCoder(**saved["config"])
    net.load_state_dict(unpack_weights(saved)[1])
    old = torch.load(earlier / "latents.pt") if (earlier / "latents.pt").exists() else None
    scale = (old["mean"], old["deviation"]) if old and "importance" in old and len(old["mean"]) == net.config["channels"] else None
    write_latents(net.to(device), PreparedSet(work, config, config["seed"], CPU), config, work / "latents.pt", device, scale)


def write_first_latents(work, earlier, config):
    saved = torch.load(earlier / "autoencoder.pt", map_location="cpu")
    net = Autoencoder(**saved["config"])
    net.load_state_dict(unpack_weights(saved)[1])
    old = torch.load(earlier / "latents.pt")
    write_latents(net, PreparedSet(work, config, config["seed"], CPU), config, work / "latents.pt", CPU, (old["mean"], old["deviation"]))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--from", dest="earlier", type=Path, required=True)
    parser.add_argument("--coder", choices=["pixel", "first"], default="pixel")
    args = parser.parse_args()
    torch.set_num_threads(1)
    config = json.load(open(HERE / "config.json"))
    name = {"pixel": "pixel-coder.pt", "first": "autoencoder.pt"}[args.coder]
    if args.coder == "pixel":
        write_pixel_latents(args.work, args.earlier, config, CPU)
    else:
        write_first_latents(args.work, args.earlier, config)
    if args.work.resolve() != args.earlier.resolve():
        shutil.copy(args.earlier / name, args.work / name)


if __name__ == "__main__":
    main()
