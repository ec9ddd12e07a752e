"""Trains the evaluator of `npm run eval` on real sprites and writes it with its descriptors.

    python train_evaluator.py --work WORK --out ../evaluator-v1 [--minutes 9]

Sees no sample of any generator. What it never sees: the generator's validation share and 100 real
CC0 sprites with every picture of the same caption (evaluator_set.py). One process, one thread.
"""

import argparse
import copy
import json
import math
import time
from pathlib import Path

import torch

from evaluator_export import write_evaluator
from evaluator_net import Evaluator, contrastive_loss, recall
from evaluator_set import EvaluatorSet
from loop import mixed
from net import to_planes

HERE = Path(__file__).parent
BATCH, RATE, DECAY, KEEP = 192, 2e-3, 0.05, 0.998
WORDINGS = torch.tensor([0.2, 0.25, 0.2, 0.1, 0.25])  # full, plain, with its colour, sorted, last word
HUE_SHARE, CUT_SHARE, NOISE = 0.2, 0.3, 0.12


def batch(data):
    """Planes, pooled texts and caption groups of one augmented draw."""
    index = data.draw(BATCH)
    wording = torch.multinomial(WORDINGS, BATCH, True, generator=data.random)
    column = torch.tensor([0, 1, 2, 3, 6])[wording]
    images = data.images[index]
    turn = torch.randint(2, (BATCH,), generator=data.random)
    turned = data.uniform(BATCH) < HUE_SHARE
    images = torch.where(turned[:, None, None, None], data.hues[index, turn], images)
    caption = data.captions[index, torch.where(turned, 4 + turn, column)]
    planes = to_planes(data.moved(images, index)[0])
    x0, y0 = (data.uniform(2, BATCH) * 24).long()
    place = torch.arange(32)
    inside = lambda start: (place[None] >= start[:, None]) & (place[None] < start[:, None] + 10)
    cut = (data.uniform(BATCH) < CUT_SHARE)[:, None, None] & inside(y0)[:, :, None] & inside(x0)[:, None, :]
    empty = torch.tensor([0.0, 0.0, 0.0, -1.0])[:, None, None]
    planes = torch.where(cut[:, None], empty, planes)
    planes = planes + NOISE * data.uniform(BATCH, 1, 1, 1) * torch.randn(planes.shape, generator=data.random)
    return planes, data.pooled(caption, 0.1), caption


@torch.no_grad()
def vectors(net, data, index, wording=1):
    """Unit vectors of pictures and of their texts."""
    pictures = torch.cat([net.picture(to_planes(data.images[i])) for i in index.split(256)])
    return pictures, net.text(data.pooled(data.captions[index, wording]))


def validate(net, data):
    """R@1 and R@5 of 100 among validation pictures with captions of their own (mean of 20 draws), and of the real ones."""
    pictures, texts = vectors(net, data, data.validation)
    captions = [data.plain[i] for i in data.validation.tolist()]
    random, scores = torch.Generator().manual_seed(1), []
    for _ in range(20):
        seen, chosen = set(), []
        for i in torch.randperm(len(captions), generator=random).tolist():
            if captions[i] not in seen and len(chosen) < 100:
                seen.add(captions[i])
                chosen.append(i)
        scores.append([recall(pictures[chosen], texts[chosen], k)[0] for k in (1, 5)])
    real = torch.tensor(data.real)
    p, t = vectors(net, data, real)
    _, heads = vectors(net, data, real, 6)
    return {
        "validation_r1": sum(s[0] for s in scores) / 20, "validation_r5": sum(s[1] for s in scores) / 20,
        "real_r1": recall(p, t, 1)[0], "real_r5": recall(p, t, 5)[0], "real_word_r1": recall(p, heads, 1)[0], "real_word_r5": recall(p, heads, 5)[0],
    }


def train(data, minutes, seed):
    torch.manual_seed(seed)
    net = Evaluator().to(memory_format=torch.channels_last)
    average = copy.deepcopy(net).eval()
    optimizer = torch.optim.AdamW(net.parameters(), lr=RATE, betas=(0.9, 0.98), weight_decay=DECAY)
    begun, share, step, running, told = time.time(), 0.0, 0, None, 0.0
    while share < 1:
        planes, pooled, group = batch(data)
        for settings in optimizer.param_groups:
            settings["lr"] = RATE * min(1, (step + 1) / 100) * (0.02 + 0.98 * (1 + math.cos(math.pi * share)) / 2)
        with mixed(torch.device("cpu")):
            pictures, texts = net(planes.contiguous(memory_format=torch.channels_last), pooled)
        loss = contrastive_loss(pictures, texts, net.log_scale.clamp(max=4).exp(), group)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        step += 1
        with torch.no_grad():
            torch._foreach_lerp_(list(average.parameters()), list(net.parameters()), 1 - min(KEEP, (1 + step) / (10 + step)))
        running = loss.item() if running is None else 0.98 * running + 0.02 * loss.item()
        share = (time.time() - begun) / (60 * minutes)
        if time.time() - begun > told + 60 or share >= 1:
            told = time.time() - begun
            measured = {k: round(v, 3) for k, v in validate(average, data).items()}
            print(f"{told:5.0f} s  step {step}  loss {running:.3f}  {measured}", flush=True)
    return average, {"samples": step * BATCH, "seconds": round(time.time() - begun), "loss": round(running, 3), **measured}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=Path, required=True, help="folder of the prepared set")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--minutes", type=float, default=9)
    parser.add_argument("--again", action="store_true", help="write anew from WORK/evaluator.pt, without training")
    args = parser.parse_args()
    torch.set_num_threads(1)
    config = json.load(open(HERE / "config.json"))
    things = json.load(open(HERE.parent / "eval-prompts.json"))["things"]
    data = EvaluatorSet(args.work, config, config["seed"], torch.device("cpu"), things)
    print(f"{len(data.training)} training pictures, {len(data.validation)} validation, {len(data.real)} real", flush=True)
    if args.again:
        saved = torch.load(args.work / "evaluator.pt")
        net, record = Evaluator().eval(), saved["record"]
        net.load_state_dict(saved["net"])
    else:
        net, record = train(data, args.minutes, config["seed"])
        torch.save({"net": net.state_dict(), "record": record}, args.work / "evaluator.pt")
    write_evaluator(net, data, record, args.out, args.work)


if __name__ == "__main__":
    main()
