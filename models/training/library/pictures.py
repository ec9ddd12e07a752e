"""What can be measured of a picture: its box, colors, seams, shadow, whether it is another one recolored."""

import hashlib

import numpy as np


def hardened(image):
    """RGB 0 where transparent; None where some pixel is half transparent."""
    alpha = image[..., 3]
    if ((alpha > 0) & (alpha < 255)).any():
        return None
    out = image.copy()
    out[alpha == 0] = 0
    return out


def box_of(image):
    ys, xs = np.where(image[..., 3] > 0)
    if not len(xs):
        return None
    return [int(xs.min()), int(ys.min()), int(xs.max() - xs.min() + 1), int(ys.max() - ys.min() + 1)]


def count_colors(image):
    return len(np.unique(image[image[..., 3] > 0][:, :3], axis=0))


def luminance(image):
    return image[..., :3].astype(np.float32) @ np.array([0.299, 0.587, 0.114], np.float32)


def index_hash(image):
    """The same for all pure palette swaps of one drawing: each color by the order in which it first appears."""
    flat = image.reshape(-1, 4)
    _, first, inverse = np.unique(flat, axis=0, return_index=True, return_inverse=True)
    order = np.argsort(np.argsort(first))
    return hashlib.md5(order[inverse.reshape(-1)].astype(np.int32).tobytes() + bytes(image.shape[:1])).hexdigest()


def shape_hash(image):
    box = box_of(image)
    x, y, w, h = box
    return hashlib.md5((image[y : y + h, x : x + w, 3] > 0).tobytes() + bytes([w, h])).hexdigest()


def alike(a, b):
    """Whether two pictures of one shape are one drawing in other colors: their lightness runs the same way."""
    one, other = (luminance(i)[i[..., 3] > 0] for i in (a, b))
    if len(one) != len(other) or one.std() < 1 or other.std() < 1:
        return False
    return abs(np.corrcoef(one, other)[0, 1]) > 0.9


def seam(image):
    """How much rougher the step across the edge is than the steps inside, the worse of both ways; 1 is seamless."""
    rgb = image[..., :3].astype(np.float32)
    worst = 0.0
    for a in (rgb, rgb.transpose(1, 0, 2)):
        inside = np.abs(np.diff(a, axis=0)).mean()
        worst = max(worst, np.abs(a[0] - a[-1]).mean() / (inside + 1.0))
    return float(worst)


def without_shadow(image):
    """Without the black ground shadow of old dungeon tiles: thick black that reaches the outside, further than an
    outline from any color. Pictures that are black themselves stay as they are."""
    solid = image[..., 3] > 0
    black = solid & (image[..., :3].max(2) <= 10)
    padded, near = np.pad(solid & ~black, 1), np.zeros_like(solid)
    h, w = solid.shape
    for dy in range(3):
        for dx in range(3):
            near |= padded[dy : dy + h, dx : dx + w]
    shadow = black & ~near
    if not shadow.any() or shadow.sum() > 0.3 * solid.sum():
        return image
    out = image.copy()
    for area in components(shadow):
        ys, xs = zip(*area)
        around = np.pad(solid, 1)[min(ys) : max(ys) + 3, min(xs) : max(xs) + 3]
        if not around.all():
            out[list(ys), list(xs)] = 0
    return out


def components(mask):
    """Lists of the pixels (y, x) of each connected part (8 neighbors), largest first."""
    left, found = mask.copy(), []
    for start in zip(*np.where(mask)):
        if not left[start]:
            continue
        left[start] = False
        stack, area = [start], []
        while stack:
            y, x = stack.pop()
            area.append((y, x))
            for v in range(max(0, y - 1), min(mask.shape[0], y + 2)):
                for u in range(max(0, x - 1), min(mask.shape[1], x + 2)):
                    if left[v, u]:
                        left[v, u] = False
                        stack.append((v, u))
        found.append(area)
    return sorted(found, key=len, reverse=True)


def stretch(lines):
    """The longest run of equal lines around the middle: (start, end), where a nine-slice picture may be stretched."""
    middle = len(lines) // 2
    start = end = middle
    while start > 0 and (lines[start - 1] == lines[middle]).all():
        start -= 1
    while end < len(lines) - 1 and (lines[end + 1] == lines[middle]).all():
        end += 1
    return start, end + 1


def insets_of(image):
    """[left, top, right, bottom] of a panel that can be stretched, measured inside its box; None where it cannot."""
    x, y, w, h = box_of(image)
    cut = image[y : y + h, x : x + w]
    top, bottom = stretch(cut)
    left, right = stretch(cut.transpose(1, 0, 2))
    if bottom - top < 2 or right - left < 2:
        return None
    return [left, top, w - right, h - bottom]
