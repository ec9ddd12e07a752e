"""How the bodies run and jump: where head, waist and hands are in each frame, and what is torso, sleeve or leg."""

import numpy as np

RUN, JUMP = "run", "jump"
# The frame of the walk sheet (0 stands) whose limbs are nearest to those of each frame.
NEAREST = {RUN: (1, 2, 3, 5, 5, 6, 7, 1), JUMP: (0, 0, 4, 5, 0)}
# The frame of the walk sheet whose weapon points where it can in a jump: neither at the face nor at the ground.
HELD_JUMP = {
    "south": (1, 1, 3, 3, 3),
    "north": (1, 1, 1, 1, 1),
    "west": (0, 0, 4, 5, 0),
    "east": (0, 0, 4, 5, 0),
}
HEADS = {"masculine": "head/human-male", "feminine": "head/human-female"}
# Rows of a standing figure.
NECK, WAIST = 33, 47
# How far the hips are from where they stand, frame by frame: (x, y).
HIPS = {
    (RUN, "south"): ((0, 1), (0, 2), (0, 1), (0, -1)) * 2,
    (RUN, "north"): ((0, 0), (0, 1), (0, 0), (0, -2)) * 2,
    (RUN, "west"): ((0, 0), (0, 1), (0, 1), (1, -2), (0, 0), (0, 1), (1, 1), (1, -2)),
    (JUMP, "south"): ((0, 0), (0, 2), (0, 1), (0, -3), (0, -1)),
    (JUMP, "north"): ((0, 0), (0, 1), (0, -2), (0, -5), (0, -2)),
    (JUMP, "west"): ((0, 0), (0, 1), (2, -3), (3, -5), (2, -2)),
}
# Middles of the hands (x, y); in the walk from the standing frame on. West: the far hand, the near one, hidden ones between
# the seen. South and north: the hand on the left of the picture, and the one on its right.
HANDS = {
    ("walk", "west"): (
        ((24, 46), (40, 48), (38, 48), (31, 47), (24, 47), (22, 46), (25, 47), (29, 48), (36, 48)),
        ((38, 47), (33, 48), (35, 48), (41, 48), (42, 48), (44, 48), (42, 48), (39, 48), (37, 48)),
    ),
    (RUN, "west"): (
        ((41, 41), (38, 43), (32, 45), (22, 39), (20, 40), (22, 43), (27, 45), (41, 41)),
        ((22, 40), (26, 43), (32, 45), (37, 40), (35, 42), (33, 45), (30, 45), (24, 41)),
    ),
    (JUMP, "west"): (
        ((24, 46), (25, 46), (21, 27), (24, 30), (24, 35)),
        ((38, 47), (40, 47), (43, 42), (45, 39), (49, 37)),
    ),
    ("walk", "south"): (
        ((20, 46), (20, 46), (20, 47), (21, 49), (20, 47), (20, 46), (20, 44), (20, 44), (20, 44)),
        ((43, 46), (43, 46), (43, 44), (43, 44), (43, 44), (43, 46), (43, 47), (42, 49), (43, 47)),
    ),
    (RUN, "south"): (
        ((22, 43), (22, 46), (22, 44), (27, 43), (28, 44), (25, 46), (23, 45), (24, 42)),
        ((35, 44), (38, 46), (40, 45), (39, 42), (41, 43), (41, 46), (41, 44), (36, 43)),
    ),
    (JUMP, "south"): (
        ((20, 46), (20, 46), (20, 45), (18, 40), (14, 37)),
        ((43, 46), (43, 46), (40, 33), (41, 34), (49, 37)),
    ),
    ("walk", "north"): (
        ((20, 46), (20, 46), (20, 47), (20, 48), (20, 47), (20, 46), (20, 44), (20, 44), (20, 44)),
        ((43, 46), (43, 46), (43, 44), (43, 44), (43, 44), (43, 46), (43, 47), (43, 48), (43, 47)),
    ),
    (RUN, "north"): (
        ((28, 43), (25, 45), (23, 44), (24, 41), (22, 42), (22, 45), (22, 43), (27, 42)),
        ((41, 42), (41, 45), (41, 43), (36, 42), (35, 43), (38, 45), (40, 44), (39, 41)),
    ),
    (JUMP, "north"): (
        ((20, 47), (19, 46), (20, 28), (20, 27), (14, 32)),
        ((43, 47), (44, 46), (43, 41), (44, 37), (49, 32)),
    ),
}


def hands(action, side):
    """The two lists of hands of an action; those of the east mirror the west."""
    if side == "east":
        return tuple(tuple((63 - x, y) for x, y in hand) for hand in HANDS[action, "west"])
    return HANDS[action, side]


class Figure:
    """One body, in the frames of its run and jump."""

    def __init__(self, wardrobe, body):
        self.wardrobe, self.body = wardrobe, body
        self.head_cells = self.cells(HEADS[body])

    def cells(self, name):
        return self.wardrobe.cells(name, self.body)

    def mask(self, name, action, side, frame):
        frames = self.cells(name).get((action, side))
        return frames[min(frame, len(frames) - 1)] > 0 if frames else np.zeros((64, 64), bool)

    def arms(self, action, side, frame):
        """Sleeves: a shirt without what a shirt without sleeves covers."""
        return self.mask("torso/longsleeve2", action, side, frame) & ~self.mask("torso/sleeveless2", action, side, frame)

    def legs(self, action, side, frame):
        return self.mask("legs/pants", action, side, frame) | self.mask("feet/boots-basic", action, side, frame)

    def head_shift(self, action, side, frame):
        """How far the head is from where it is while standing."""
        there, here = corner(self.head_cells["walk", side][0]), corner(self.head_cells[action, side][frame])
        return here[0] - there[0], here[1] - there[1]

    def hip_shift(self, action, side, frame):
        x, y = HIPS[action, "west" if side == "east" else side][frame]
        return (-x if side == "east" else x), y

    def lean(self, cell, action, side, frame):
        """Moves what a chest wears: its upper rows go with the head, its lower rows with the hips."""
        (hx, hy), (wx, wy) = self.head_shift(action, side, frame), self.hip_shift(action, side, frame)
        moved = np.zeros_like(cell)
        dy = round((hy + wy) / 2)
        for y in np.flatnonzero(cell.any(1)):
            share = min(1, max(0, (y - NECK) / (WAIST - NECK)))
            row = shift(cell[y:y + 1], round(hx + (wx - hx) * share), 0)
            if 0 <= y + dy < len(cell):
                moved[y + dy] = row[0]
        return moved


def corner(cell):
    ys, xs = np.where(cell > 0)
    return int(xs.min()), int(ys.min())


def shift(cell, dx, dy):
    """The cell moved by whole pixels; what leaves it is lost."""
    height, width = cell.shape
    moved = np.zeros_like(cell)
    moved[max(0, dy):height + min(0, dy), max(0, dx):width + min(0, dx)] = cell[
        max(0, -dy):height + min(0, -dy), max(0, -dx):width + min(0, -dx)
    ]
    return moved
