"""Reads generator.onnx of a model folder back into a checkpoint, so that training goes on where no checkpoint is left.

    python import_generator.py --model ../embedded-v1 --work WORK [--profile cpu|gpu]

Writes WORK/generator.pt without optimizer moments. The graph holds large weights as int8 rows, small ones in full;
what is written computes what the graph computes (checked here). Needs the package `onnx`, which training does not.
"""

import argparse
import json
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import torch
from onnx import numpy_helper

from compact import pack_weights
from graphs import GeneratorGraph
from loop import HERE
from net import Generator, Wrap

TOLERANCE = 1e-3


def weights_of(path):
    """Names of the network's own state dictionary -> tensors; int8 rows multiplied by their scales."""
    stored = {i.name.removeprefix("net."): torch.from_numpy(numpy_helper.to_array(i).copy()) for i in onnx.load(str(path)).graph.initializer}
    weights = {}
    for name, tensor in stored.items():
        if name.endswith(".stored"):
            weights[name.removesuffix("stored") + "weight"] = tensor.float() * stored[name + "_scale"]
        elif not name.endswith(".stored_scale"):
            weights[name] = tensor
    return weights


def largest_difference(net, path):
    """Between the graph and the network, as a share of the largest output."""
    random, b = torch.Generator().manual_seed(1), 2
    normal = lambda *shape: torch.randn(*shape, generator=random)
    c, zero = net.config["channels"], torch.zeros(b, dtype=torch.long)
    feeds = {
        "z": normal(b, c, 8, 8), "t": torch.tensor([0.9, 0.3]), "text": normal(b, 5, 384), "mask": torch.ones(b, 5), "kind": zero, "source": zero + 1,
        "colors": zero + 2, "bounds": torch.zeros(b, 5), "palette": torch.rand(b, 4, 3, generator=random), "palette_mask": torch.ones(b, 4),
        "known": normal(b, c, 8, 8), "given": torch.zeros(b, 1, 8, 8), "wrap": torch.tensor([[0.0, 0.0], [1.0, 1.0]]),
    }
    with torch.no_grad():
        own = GeneratorGraph(net)(*feeds.values()).numpy()
    Wrap.tensor = None
    graph = onnxruntime.InferenceSession(str(path)).run(None, {k: v.numpy() for k, v in feeds.items()})[0]
    return float(np.abs(own - graph).max() / np.abs(graph).max())


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--profile", choices=["cpu", "gpu"], default="cpu", help="the size the model was trained in")
    args = parser.parse_args()
    torch.set_num_threads(1)
    settings, card = json.load(open(HERE / "config.json"))[args.profile]["generator"], json.load(open(args.model / "model.json"))
    path = args.model / card["files"]["generator"]
    net = Generator(card["latent"]["channels"], settings["widths"], settings["blocks"], settings["embedding"], settings["context"], len(card["sources"])).eval()
    named = weights_of(path)
    net.load_state_dict({key: named.get(key, value) for key, value in net.state_dict().items()})
    missing = [key for key, _ in net.named_parameters() if key not in named]
    difference = largest_difference(net, path)
    print(f"{len(named)} tensors read, not in the graph: {missing or 'none'}; against the graph {difference:.1e}")
    assert difference < TOLERANCE
    args.work.mkdir(parents=True, exist_ok=True)
    state = {**pack_weights(net.state_dict(), net.state_dict()), "optimizers": [], "config": net.config, "iteration": 0, "seconds": 0.0, "loss": None}
    torch.save({**state, "samples": card["training"]["generator"]["samples"]}, args.work / "generator.pt")


if __name__ == "__main__":
    main()
