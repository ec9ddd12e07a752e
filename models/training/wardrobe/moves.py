"""Ways to draw a part in a frame of run or jump from its walk, one function each: (move, frame) -> cell."""

from dataclasses import dataclass, replace

import numpy as np

from figure import HELD_JUMP, JUMP, NEAREST, RUN, WAIST, Figure, hands, shift

# Columns by which a skirt reaches beyond itself to cover a leg, and by which a row may be wider than that above it.
REACH, FLARE = 9, 2
# Rows by which the waist of a skirt is higher than in the walk.
RISE = 3
# The lowest row of a foot.
GROUND = 61
# One more than the position in the ramp of skin that far limbs are shaded with.
DIM = 3


@dataclass
class Move:
    """What is to be drawn: a layer of a part for one action, seen from one side."""

    figure: Figure
    walk: list
    action: str
    side: str
    # Position in the ramp of its main material -> color number.
    colors: dict
    # Which of the two hands holds it: 0 or 1.
    holder: int = 0

    def donor(self, name, frame):
        return self.figure.cells(name)[self.action, self.side][frame]

    def painted(self, name, frame):
        """The drawing of another part in the colors of this one."""
        part = self.figure.wardrobe.parts[name]
        cell = self.donor(name, frame)
        table = np.zeros(256, np.uint8)
        for number in range(1, len(part["palette"]) + 1):
            table[number] = self.color(position_of(part, number))
        return table[cell]

    def color(self, position):
        return self.colors[min(self.colors, key=lambda p: (abs(p - position), p))]


def position_of(part, number):
    for material in part["materials"]:
        if str(number) in material["positions"]:
            return material["positions"][str(number)]
    return 3


def shape(name, pattern=False):
    """The run of a like garment, in the rows of this one; with `pattern`, inside its outline the pixels of this one."""

    def draw(move, frame):
        painted = move.painted(name, frame)
        own = move.figure.lean(move.walk[0], move.action, move.side, frame)
        rows = np.flatnonzero(own.any(1))
        if len(rows) == 0:
            return np.zeros_like(painted)
        painted[:max(0, rows[0] - 1)] = 0
        painted[rows[-1] + 3:] = 0
        if pattern:
            inner = (painted > 0) & (own > 0) & ~edge(painted > 0)
            painted[inner] = own[inner]
        return painted

    return draw


def rigid(move, frame):
    return move.figure.lean(move.walk[0], move.action, move.side, frame)


def ground(move, frame):
    """What lies on the ground stays there."""
    return move.walk[0]


def halves(move, frame):
    """Each half goes with the shoulder under it; seen from the side, both with the chest."""
    if move.side in ("west", "east"):
        return rigid(move, frame)
    left, right = (shoulder_shift(move, frame, end) for end in (0, 1))
    moved = np.zeros_like(move.walk[0])
    for part, (dx, dy) in ((slice(0, 32), left), (slice(32, 64), right)):
        half = np.zeros_like(moved)
        half[:, part] = move.walk[0][:, part]
        half = shift(half, dx, dy)
        moved[half > 0] = half[half > 0]
    return moved


def shoulder_shift(move, frame, end):
    stands = move.figure.mask("torso/longsleeve2", "walk", move.side, 0)
    runs = move.figure.mask("torso/longsleeve2", move.action, move.side, frame)
    (x0, y0), (x1, y1) = (shoulder(m, end) for m in (stands, runs))
    return x1 - x0, y1 - y0


def shoulder(mask, end):
    rows = np.flatnonzero(mask.any(1))
    columns = np.flatnonzero(mask[rows[0]:rows[0] + 5].any(0))
    return int(columns[0 if end == 0 else -1]), int(rows[0])


def limb(move, frame):
    """The piece of the sleeves that is as far from the hands as the part is in the walk."""
    own = move.walk[0] > 0
    if not own.any():
        return np.zeros_like(move.walk[0])
    far = hand_distance(own.shape, "walk", move.side, 0)[own]
    near = hand_distance(own.shape, move.action, move.side, frame)
    painted = move.painted("torso/longsleeve2", frame)
    arms = move.figure.arms(move.action, move.side, frame)
    # Gloves and wrists are no sleeve.
    keep = arms & (near >= np.quantile(far, 0.05) - 1) & (near <= np.quantile(far, 0.95))
    return np.where(keep, painted, 0).astype(np.uint8)


def plated(move, frame):
    """Plate on the shoulders, and sleeves of plate where arms bend away from what covers them in the walk."""
    sleeves = np.where(move.figure.arms(move.action, move.side, frame), move.painted("torso/longsleeve2", frame), 0)
    plates = halves(move, frame)
    return np.where(plates > 0, plates, sleeves).astype(np.uint8)


def hand_distance(size, action, side, frame):
    ys, xs = np.mgrid[:size[0], :size[1]]
    return np.min([np.hypot(xs - h[frame][0], ys - h[frame][1]) for h in hands(action, side)], 0)


def held(move, frame):
    """The weapon of the nearest frame of the walk, moved with the hand that holds it."""
    then = HELD_JUMP[move.side][frame] if move.action == JUMP else NEAREST[RUN][frame]
    hand = hands("walk", move.side)[move.holder], hands(move.action, move.side)[move.holder]
    dx, dy = (b - a for a, b in zip(hand[0][then], hand[1][frame]))
    return shift(move.walk[then], dx, dy)


def edge(mask):
    """The pixels of a mask that touch what is outside."""
    padded = np.pad(mask, 1)
    return mask & ~(padded[:-2, 1:-1] & padded[2:, 1:-1] & padded[1:-1, :-2] & padded[1:-1, 2:])


def skirt(move, frame):
    """The skirt of the walk, moved with the waist and spread over the legs; when airborne its hem stays behind."""
    figure, action, side = move.figure, move.action, move.side
    source = filled(move.walk[NEAREST[action][frame]])
    dx, dy = figure.hip_shift(action, side, frame)
    moved = shift(shortened(source, dy), dx, dy)
    rows = np.flatnonzero(moved.any(1))
    if len(rows) == 0:
        return moved
    legs = figure.legs(action, side, frame)
    spread = spread_rows(moved, legs, rows)
    trailing = lag(action, side, frame)
    if trailing:
        span = max(1, rows[-1] - rows[0])
        for y in rows:
            spread[y] = shift(spread[y:y + 1], round(trailing * (y - rows[0]) / span), 0)[0]
    # Shirts are shorter in a run: the waist goes up to them.
    top = rows[0]
    above = figure.mask("body/body", action, side, frame)[top - RISE:top] & (spread[top] > 0)
    spread[top - RISE:top] = np.where(above, spread[top + 1], 0)
    # Hands are drawn under skirts, which leave room for them.
    if side != "north":
        spread[figure.mask("hands/gloves", action, side, frame)] = 0
    return spread


def shortened(cell, dy):
    """The cell without as many rows of its lower half as would sink into the ground when it goes down by dy."""
    rows = np.flatnonzero(cell.any(1))
    sunk = max(0, rows[-1] + dy - max(GROUND, rows[-1])) if len(rows) else 0
    if sunk == 0:
        return cell
    at = int(rows[0] + 2 * len(rows) / 3)
    kept = np.delete(cell, np.arange(at, at + sunk), 0)
    return np.concatenate([kept, np.zeros((sunk, cell.shape[1]), cell.dtype)])


def lag(action, side, frame):
    """Columns by which a hem is behind the waist."""
    if side in ("south", "north"):
        return 0
    columns = (1, 1, 1, 2)[frame % 4] if action == "run" else (0, 0, 1, 1, 0)[frame]
    return columns if side == "west" else -columns


def filled(cell):
    """Fills the gaps of each row, which the walk leaves for a hand."""
    cell = cell.copy()
    for row in cell:
        columns = np.flatnonzero(row)
        for a, b in zip(columns, columns[1:]):
            if b - a > 1:
                row[a + 1:b] = row[a - 1] if a > columns[0] else row[b]
    return cell


def spread_rows(cell, legs, rows):
    """Makes each row as wide as the legs under it and their clothes need, by repeating columns, never by mixing."""
    ends = []
    for y in rows:
        columns = np.flatnonzero(cell[y])
        left, right = int(columns[0]), int(columns[-1])
        under = np.flatnonzero(legs[y, max(0, left - REACH):right + REACH + 1]) + max(0, left - REACH)
        wide = (min(left, int(under[0]) - 1), max(right, int(under[-1]) + 1)) if len(under) and y > rows[0] + 2 else (left, right)
        if ends:
            wide = (max(wide[0], ends[-1][0] - FLARE), min(wide[1], ends[-1][1] + FLARE))
            wide = (min(wide[0], left), max(wide[1], right))
        ends.append(wide)
    # What has been spread does not draw in at once further down.
    for k in range(1, len(ends)):
        ends[k] = (min(ends[k][0], ends[k - 1][0] + 1), max(ends[k][1], ends[k - 1][1] - 1))
    spread = np.zeros_like(cell)
    for y, (left, right) in zip(rows, ends):
        columns = np.flatnonzero(cell[y])
        row = cell[y, columns[0]:columns[-1] + 1]
        width = right - left + 1
        spread[y, left:right + 1] = row[stretched(len(row), width)]
    return spread


def stretched(before, width):
    """Column numbers: the two ends stay one pixel wide, which are the outline."""
    if before < 4 or width <= before:
        return np.minimum(np.arange(width), before - 1)
    inner = 1 + (np.arange(width - 2) * (before - 2)) // (width - 2)
    return np.concatenate([[0], inner, [before - 1]])


def robe(name, cuffs=0):
    """A skirt from the waist down, without what is as near to a hand as its cuffs, and above it the run of a shirt."""
    shirt = shape(name)

    def draw(move, frame):
        stands = move.walk
        below = []
        for number, cell in enumerate(stands):
            lower = cell.copy()
            lower[:WAIST - 1] = 0
            lower[move.figure.arms("walk", move.side, number)] = 0
            lower[hand_distance(cell.shape, "walk", move.side, number) < cuffs] = 0
            below.append(lower)
        drawn = skirt(replace(move, walk=below), frame)
        over = shirt(move, frame)
        return np.where(over > 0, over, drawn)

    return draw


def bones(move, frame):
    """Ribs and hips of the standing skeleton, moved with the chest, and a bone along the middle of each limb."""
    figure, action, side = move.figure, move.action, move.side
    body = figure.cells("body/body")[action, side][frame]
    part = figure.wardrobe.parts["body/body"]
    lights = np.array([0] + [1 + position_of(part, n + 1) for n in range(len(part["palette"]))])[body]
    trunk = figure.mask("torso/sleeveless2", "walk", side, 0) | figure.mask("legs/shorts-short", "walk", side, 0)
    ribs = figure.lean(np.where(trunk, move.walk[0], 0).astype(np.uint8), action, side, frame)
    # Inside the outline, and an outline of its own inside that.
    limbs = (lights > 1) & ~figure.mask("torso/sleeveless2", action, side, frame)
    inner = limbs & ~edge(limbs)
    drawn = np.where(limbs, move.color(0), 0).astype(np.uint8)
    bright = np.where(np.roll(inner, 1, 1), move.color(4), move.color(5))
    drawn[inner] = np.where(lights > DIM, bright, move.color(2))[inner]
    arms = figure.arms(action, side, frame) | figure.mask("hands/gloves", action, side, frame)
    over = (drawn > 0) & arms & (side != "north")
    return np.where((ribs > 0) & ~over, ribs, drawn).astype(np.uint8)
