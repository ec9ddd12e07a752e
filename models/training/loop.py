"""The training loop both networks share: ranks, optimiser, schedule, average of weights, checkpoints.

On CPU two one-thread processes beat one two-thread process by half (small nets do not thread), so a
run is `processes` ranks joined by one gloo all-reduce of a flat gradient. On a GPU it is one rank.
"""

import argparse
import copy
import json
import os
import time
from pathlib import Path

import torch
import torch.distributed as dist
import torch.multiprocessing as mp

from compact import pack_optimizer, pack_weights, unpack_optimizer, unpack_weights
from muon import Muon

HERE = Path(__file__).parent


def arguments(description):
    """The parser of what both trainings take."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--work", type=Path, required=True, help="folder of the prepared set; checkpoints go there too")
    parser.add_argument("--profile", choices=["cpu", "gpu", "smoke"], default="gpu" if torch.cuda.is_available() else "cpu")
    parser.add_argument("--minutes", type=float, help="time limit of this run; the default stands in config.json")
    parser.add_argument("--fresh", action="store_true", help="ignore an earlier checkpoint")
    parser.add_argument("--processes", type=int, help="ranks of this run; 1 leaves the other cores to others")
    return parser


def start(worker, args):
    """Runs worker(rank, world, args, config) in the profile's number of processes."""
    config = json.load(open(HERE / "config.json"))
    world = args.processes or config[args.profile]["processes"]
    if world == 1:
        if args.profile == "cpu":
            torch.set_num_threads(1)
        worker(0, 1, args, config)
    else:
        os.environ.update(MASTER_ADDR="127.0.0.1", MASTER_PORT="29531")
        mp.spawn(_entry, (worker, world, args, config), nprocs=world)


def _entry(rank, worker, world, args, config):
    torch.set_num_threads(1)
    dist.init_process_group("gloo", rank=rank, world_size=world)
    worker(rank, world, args, config)


def with_rows_of(saved, current):
    """A saved table with as many rows as the current one: a source that is new begins as the last old one."""
    missing = current.shape[0] - saved.shape[0] if saved.ndim else 0
    return torch.cat([saved, saved[-1:].expand(missing, *saved.shape[1:])]) if missing > 0 else saved


def make_optimizers(net, settings):
    """AdamW for all weights; with a rate `muon`, Muon for convolutions. The `slow_parts` of a net learn ten times slower."""
    slow = net.slow_parts() if hasattr(net, "slow_parts") else []
    apart = {id(p) for p in slow}
    muon = [p for p in net.parameters() if p.ndim == 4 and id(p) not in apart] if settings.get("muon") else []
    apart |= {id(p) for p in muon}
    groups = [{"params": [p for p in net.parameters() if id(p) not in apart]}]
    if slow:
        groups.append({"params": slow, "lr": settings["lr"] / 10})
    optimizers = [torch.optim.AdamW(groups, lr=settings["lr"], betas=(0.9, 0.98), weight_decay=0.0 if muon else 0.01)]
    return optimizers + ([Muon(muon, settings["muon"])] if muon else [])


def mixed(device, enabled=True):
    """Autocast to bfloat16 where that is fast: on a processor without its instructions it is ten times slower than float32."""
    fast = device.type != "cpu" or getattr(torch.cpu, "_is_avx512_bf16_supported", lambda: False)()
    return torch.autocast(device.type, torch.bfloat16, enabled=enabled and fast)


class Loop:
    """Owns everything but the loss. `for _ in loop: loop.step(loss)` until the time limit, or for as many `steps` as the settings have."""

    def __init__(self, net, settings, path, rank, world, args, seed, decay_share):
        self.device = torch.device("cuda" if args.profile == "gpu" else "cpu")
        self.net = net.to(self.device, memory_format=torch.channels_last)
        self.average = copy.deepcopy(self.net).eval()
        self.settings, self.path, self.rank, self.world = settings, path, rank, world
        self.decay_share = decay_share
        self.limit = 60 * (args.minutes or settings["minutes"])
        self.parameters = list(self.net.parameters())
        self.optimizers = make_optimizers(self.net, settings)
        self.rates = [[group["lr"] for group in o.param_groups] for o in self.optimizers]
        self.iteration, self.samples, self.seconds, self.running = 0, 0, 0.0, None
        if path.exists() and not args.fresh:
            self._load(torch.load(path, map_location=self.device))
        torch.manual_seed(seed + 1000 * rank + self.iteration)
        self.begun, self.share, self.saved = time.time(), 0.0, 0.0
        self.started_at = self.iteration

    def _load(self, state):
        current, weights = self.net.state_dict(), unpack_weights(state)
        inputs = current.keys() - weights[0].keys()  # inputs that are newer than the checkpoint begin as the net makes them
        for net, saved in zip((self.net, self.average), weights):
            net.load_state_dict({key: with_rows_of(value, current[key]) for key, value in saved.items()} | {key: current[key] for key in inputs})
        if not inputs and state.get("optimizers"):
            for optimizer, saved in zip(self.optimizers, state["optimizers"]):
                self._load_optimizer(optimizer, unpack_optimizer(saved))
        self.iteration, self.samples, self.seconds = state["iteration"], state["samples"], state["seconds"]

    def _load_optimizer(self, optimizer, saved):
        """Its moments; the rates are those of config.json."""
        parameters = [p for group in optimizer.param_groups for p in group["params"]]
        for index, moments in saved["state"].items():
            for key, value in moments.items():
                if value.ndim:
                    moments[key] = with_rows_of(value, parameters[index])
        rates = [group["lr"] for group in optimizer.param_groups]
        optimizer.load_state_dict(saved)
        for group, rate in zip(optimizer.param_groups, rates):
            group["lr"] = rate

    def save(self, extra=None):
        if self.rank:
            return
        state = {
            **pack_weights(self.net.state_dict(), self.average.state_dict()),
            "optimizers": [pack_optimizer(o.state_dict()) for o in self.optimizers],
            "config": self.net.config, "iteration": self.iteration, "samples": self.samples,
            "seconds": self.seconds + time.time() - self.begun, "loss": self.running, **(extra or {}),
        }
        temporary = self.path.with_suffix(".tmp")
        torch.save(state, temporary)
        temporary.replace(self.path)

    def __iter__(self):
        while self.share < 1:
            yield self.iteration

    def rate(self):
        """Share of the full learning rates at this moment."""
        warm = min(1.0, (self.iteration - self.started_at + 1) / 100)
        left = (1 - self.share) / self.decay_share
        return warm * max(0.02, min(1.0, left))

    def step(self, loss, count):
        """One optimiser step from a mean loss over `count` samples of this rank."""
        loss.backward()
        steps = self.settings.get("steps")
        elapsed = (self.iteration + 1 - self.started_at) / steps if steps else (time.time() - self.begun) / self.limit
        if self.world > 1:
            flat = torch.cat([(p.grad if p.grad is not None else torch.zeros_like(p)).reshape(-1) for p in self.parameters] + [torch.tensor([elapsed])])
            dist.all_reduce(flat)
            flat /= self.world
            elapsed, offset = flat[-1].item(), 0
            for p in self.parameters:  # copied, not viewed: an optimiser step on views of channels_last parameters is wrong on CPU
                p.grad = torch.empty_like(p).copy_(flat[offset : offset + p.numel()].view(p.shape))
                offset += p.numel()
        self.share = elapsed
        torch.nn.utils.clip_grad_norm_(self.parameters, 1.0)
        for optimizer, rates in zip(self.optimizers, self.rates):
            for group, full in zip(optimizer.param_groups, rates):
                group["lr"] = full * self.rate()
            optimizer.step()
        self.net.zero_grad(set_to_none=True)
        self.iteration += 1
        self.samples += count * self.world
        keep = min(self.settings["ema"], (1 + self.iteration) / (10 + self.iteration))
        with torch.no_grad():
            torch._foreach_lerp_(list(self.average.parameters()), self.parameters, 1 - keep)
        self.running = loss.item() if self.running is None else 0.98 * self.running + 0.02 * loss.item()

    def due(self, every):
        """True once in `every` seconds, on the first rank."""
        if self.rank or time.time() - self.begun < self.saved + every:
            return False
        self.saved = time.time() - self.begun
        return True

    def report(self, text):
        spent = time.time() - self.begun
        print(f"{spent:6.0f} s  it {self.iteration}  samples {self.samples}  lr {self.settings['lr'] * self.rate():.5f}  loss {self.running:.4f}  {text}", flush=True)
