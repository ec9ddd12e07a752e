"""Random batches of the prepared set, augmented: flips, shifts inside the free margin, rolls of seamless tiles."""

import functools

import torch

from net import COLOR_BUCKETS, KINDS, SOURCES
from palettes import draw_palettes, palettes_of

SIZE = 32


class PreparedSet:
    def __init__(self, work, config, seed, device):
        p = torch.load(work / "prepared.pt")
        self.images, self.hues, self.fields, self.captions = p["images"], p["hues"], p["fields"], p["captions"]
        self.states, self.offsets = p["states"], p["offsets"]
        self.config, self.device = config, device
        self.random = torch.Generator().manual_seed(seed)
        order = torch.randperm(len(self.images), generator=torch.Generator().manual_seed(config["seed"]))
        count = max(1, int(len(order) * config["data"]["validationShare"]))
        aside = p["held"][order] > 0 if "held" in p else torch.zeros(len(order), dtype=torch.bool)
        if not aside.any():  # prepared before whole concepts were held out, or too few pictures for that
            aside[:count] = True
        self.validation, self.training = order[aside][:count], order[~aside]
        self.weights = p["weights"][self.training]
        self.wrap_weights = self.weights * (self.fields[self.training, 3] == 1)

    def draw(self, count, wrap=False):
        """Indices of a weighted draw; with `wrap` among the seamless tiles only."""
        return self.training[torch.multinomial(self.wrap_weights if wrap else self.weights, count, True, generator=self.random)]

    def uniform(self, *shape):
        return torch.rand(*shape, generator=self.random)

    @functools.cached_property
    def palettes(self):
        """Colours [N,1+hues,16,3] and their numbers [N,1+hues] of each picture and of its hue-turned copies."""
        tables = [palettes_of(images) for images in (self.images, *self.hues.unbind(1))]
        return torch.stack([colors for colors, _ in tables], 1), torch.stack([counts for _, counts in tables], 1)

    def text(self, caption, words_dropout=0.0, text_dropout=0.0):
        """caption numbers [B] -> token states [B,L,384] and mask [B,L]."""
        start, length = self.offsets[caption], self.offsets[caption + 1] - self.offsets[caption]
        longest = int(length.max())
        place = torch.arange(longest)[None]
        mask = place < length[:, None]
        states = self.states[(start[:, None] + place).clamp(max=len(self.states) - 1)].float()
        if words_dropout:
            mask &= self.uniform(*mask.shape) > words_dropout
        if text_dropout:
            mask &= (self.uniform(len(caption)) > text_dropout)[:, None]
        return (states * mask[..., None]).to(self.device), mask.float().to(self.device)

    def moved(self, images, index):
        """Flips half of them, shifts within the margin, rolls seamless tiles; returns images and boxes."""
        b = len(index)
        fields = self.fields[index]
        box = fields[:, 4:].float()
        flip = self.uniform(b) < 0.5
        images = torch.where(flip[:, None, None, None], images.flip(2), images)
        x0 = torch.where(flip, SIZE - box[:, 2], box[:, 0])
        x1 = torch.where(flip, SIZE - box[:, 0], box[:, 2])
        y0, y1 = box[:, 1], box[:, 3]
        r = self.uniform(b, 2)
        tile, seamless = fields[:, 0] == KINDS.index("tile"), fields[:, 3] == 1
        dx = ((r[:, 0] * 7).floor() - 3).maximum(-x0).minimum(SIZE - x1)
        dy = ((r[:, 1] * 7).floor() - 3).maximum(-y0).minimum(SIZE - y1)
        still = torch.zeros(())
        dx = torch.where(seamless, (r[:, 0] * SIZE).floor(), torch.where(tile, still, dx))
        dy = torch.where(seamless, (r[:, 1] * SIZE).floor(), torch.where(tile, still, dy))
        rows = (torch.arange(SIZE)[None] - dy[:, None].long()) % SIZE
        columns = (torch.arange(SIZE)[None] - dx[:, None].long()) % SIZE
        images = images[torch.arange(b)[:, None, None], rows[:, :, None], columns[:, None, :]]
        free = torch.where(seamless, 0.0, 1.0)
        boxes = torch.stack([x0 + dx * free, y0 + dy * free, x1 + dx * free, y1 + dy * free], 1)
        return images, boxes

    def conditions(self, index, boxes, caption, copy, dropout=True):
        """All that the generator takes after z and t but what is known, with the dropout of config.json; `copy` 0 = as drawn, else the hue-turned one."""
        settings = self.config["generator"]
        field, bound = (settings["fieldDropout"], settings["boundsDropout"]) if dropout else (0.0, 0.0)
        text, mask = self.text(caption, 0.06 if dropout else 0.0, settings["textDropout"] if dropout else 0.0)
        b = len(index)
        fields = self.fields[index]
        unknown = lambda values, last: torch.where(self.uniform(b) < field, last, values).to(self.device)
        bounds = torch.cat([boxes / 16 - 1, torch.ones(b, 1)], 1) * (self.uniform(b, 1) >= bound)
        colors, counts = (table[index, copy] for table in self.palettes)
        palette, palette_mask = draw_palettes(colors, counts, settings["paletteDropout"] if dropout else 1.0, self.random)
        return (
            text, mask, unknown(fields[:, 0], KINDS.index("unknown")), unknown(fields[:, 1], SOURCES.index("unknown")),
            unknown(fields[:, 2], len(COLOR_BUCKETS)), bounds.to(self.device), palette.to(self.device), palette_mask.to(self.device),
        )
