"""Which pictures the evaluator learns from, and which it never sees."""

import json
import re

import torch

from batches import PreparedSet
from net import KINDS
from text_encoder import encode_all

REAL = 100  # real sprites kept aside: what `npm run eval` measures the samples against
LEAST_LEFT = 2  # pictures of a thing that must stay for training where one is kept aside
# Things beside those of eval-prompts.json that the data shows under a word a person would say.
MORE_THINGS = (
    "altar hydra gargoyle centaur naga portal lizard jelly cutlass buckler devil beetle golem drake mace scarf glove djinn imp lich scythe "
    "yak hound archer gravestone orb coins talisman rod flail octopode cloud crossbow boulder plate eye cannon salamander elf giant priest "
    "harlequin sling rapier longbow halberd jellyfish trident club barding elemental mage warrior falchion dart javelin quarterstaff scimitar "
    "wyvern ogre kobold beast juggernaut horror ooze blowgun bolt needle sceptre cap sphinx guardian tentacle ration pizza sheep dog king worm "
    "mask fungus plant ballistomycete demon hog boar snail toad vortex wisp shade shadow wraith spectre sorcerer berserker shaman"
).split()
# Captions of pictures that are no plain picture of the thing they name (signs of portals, undead copies, dolls).
BESIDE = set("enter form zombie simulacrum draugr spawn effect spell broken up down exit living dungeon".split())
FOLDERS = ("/item/", "/mon/", "/dngn/", "Textures/")


def head_of(plain):
    """The last word: what a caption of this data is about ("long sword")."""
    words = re.findall(r"[a-z']+", plain)
    return words[-1] if words else plain


class EvaluatorSet(PreparedSet):
    """The prepared set without the real sprites kept aside, with one more wording: the last word alone."""

    def __init__(self, work, config, seed, device, things):
        super().__init__(work, config, seed, device)
        prepared = json.load(open(work / "prepared.json"))
        self.texts, self.items = list(prepared["captions"]), prepared["items"]
        self.plain = [self.texts[i] for i in self.captions[:, 1].tolist()]
        self.heads = [head_of(p) for p in self.plain]
        self._add_heads(config["data"]["maxTokens"])
        self.generator_training = self.training
        # An icon comes at three sizes: its largest stands for all of them among the descriptors.
        self.whole = [i for i, item in enumerate(self.items) if item.get("native") in (None, 32)]
        self.real = self._keep_aside(things)
        aside = {self.plain[i] for i in self.real}
        kept = [n for n, i in enumerate(self.training.tolist()) if self.plain[i] not in aside]
        self.training, self.weights = self.training[kept], self.weights[kept]
        self.validation = torch.tensor([i for i in self.validation.tolist() if self.plain[i] not in aside])

    def _add_heads(self, max_tokens):
        words = sorted(set(self.heads))
        states, offsets = encode_all(words, max_tokens)
        first = len(self.texts)
        self.texts += words
        self.states, self.offsets = torch.cat([self.states, states]), torch.cat([self.offsets, self.offsets[-1] + offsets[1:]])
        number = {w: first + i for i, w in enumerate(words)}
        self.captions = torch.cat([self.captions, torch.tensor([[number[h]] for h in self.heads])], 1)

    def _keep_aside(self, things):
        """One CC0 sprite for each of 100 things; every picture with its caption stays out of the training."""
        random = torch.Generator().manual_seed(self.config["seed"])
        chosen, words = [], [set(re.findall(r"[a-z']+", p)) for p in self.plain]
        for thing in dict.fromkeys([*things, *MORE_THINGS]):
            named = [i for i, w in enumerate(words) if thing in w]
            free = [i for i in named if self.heads[i] == thing and self._is_plain(i, words[i])]
            groups = sorted({self.plain[i] for i in free if len(named) - self.plain.count(self.plain[i]) >= LEAST_LEFT})
            if not groups:
                continue
            shortest = min(len(g.split()) for g in groups)
            groups = [g for g in groups if len(g.split()) == shortest]
            caption = groups[int(torch.randint(len(groups), (), generator=random))]
            chosen.append(next(i for i in free if self.plain[i] == caption))
            if len(chosen) == REAL:
                break
        return chosen

    def _is_plain(self, i, words):
        item = self.items[i]
        free = item["license"] == "CC0-1.0" and "UNUSED" not in item["path"] and any(f in item["path"] for f in FOLDERS)
        return free and self.fields[i, 0] == KINDS.index("sprite") and not words & BESIDE

    def pooled(self, caption, words_dropout=0.0):
        """caption numbers [B] -> mean of the token states at length 1 [B,384], as pooledVector in the service."""
        states, mask = self.text(caption, words_dropout)
        return torch.nn.functional.normalize((states * mask[..., None]).sum(1), dim=1)
