"""Colour words of a picture and hue-turned copies of it, for palette-swap augmentation."""

import colorsys

import numpy as np

PROTOTYPES = {
    "black": [(12, 12, 14), (34, 32, 36)], "gray": [(90, 90, 94), (128, 128, 130), (160, 160, 162), (70, 74, 80)],
    "white": [(240, 240, 240), (215, 218, 222)], "red": [(190, 30, 30), (120, 20, 24), (225, 60, 50)],
    "orange": [(230, 130, 30), (200, 100, 30)], "brown": [(110, 70, 40), (80, 50, 30), (150, 100, 60)],
    "tan": [(205, 170, 125), (225, 195, 155)], "yellow": [(240, 215, 50), (210, 180, 40), (250, 240, 130)],
    "green": [(50, 140, 50), (30, 85, 35), (95, 190, 70)], "olive": [(100, 105, 40), (130, 130, 70)],
    "teal": [(30, 130, 130), (20, 90, 95)], "cyan": [(80, 210, 225), (150, 235, 240)],
    "blue": [(40, 70, 190), (25, 40, 110), (80, 130, 225)], "purple": [(110, 50, 150), (70, 30, 100), (155, 95, 200)],
    "pink": [(235, 130, 175), (215, 85, 150), (245, 180, 205)],
}
COLOR_WORDS = set(PROTOTYPES) | {"grey", "golden", "gold", "violet", "crimson", "magenta", "azure", "lightgray", "darkgray", "darkred", "silver"}
NEUTRAL = ("black", "gray", "white")
_NAMES = [n for n, rgbs in PROTOTYPES.items() for _ in rgbs]
_RGB = np.array([c for rgbs in PROTOTYPES.values() for c in rgbs], np.float32)


def _lab(rgb):
    """sRGB 0-255 -> CIE L*a*b* (D65)."""
    c = np.asarray(rgb, np.float32) / 255
    c = np.where(c > 0.04045, ((c + 0.055) / 1.055) ** 2.4, c / 12.92)
    xyz = c @ np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]], np.float32).T
    xyz = xyz / np.array([0.9505, 1.0, 1.089], np.float32)
    f = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.stack([116 * f[..., 1] - 16, 500 * (f[..., 0] - f[..., 1]), 200 * (f[..., 1] - f[..., 2])], -1)


def color_names(image, count=2, share=0.2):
    """Up to `count` colour words that cover at least `share` of the drawn pixels, chromatic ones first."""
    pixels = image[image[..., 3] > 0][:, :3]
    nearest = ((_lab(pixels)[:, None] - _lab(_RGB)[None]) ** 2).sum(-1).argmin(1)
    totals = {}
    for i in nearest:
        totals[_NAMES[i]] = totals.get(_NAMES[i], 0) + 1 / len(pixels)
    ranked = sorted((n for n, v in totals.items() if v >= share), key=lambda n: (n in NEUTRAL, -totals[n]))
    return ranked[:count]


def rotate_hue(image, turn):
    """Turns the hue of every colour by `turn` (0-1 of the circle); lightness and greys stay."""
    out = image.copy()
    colors, index = np.unique(image.reshape(-1, 4), axis=0, return_inverse=True)
    for c in colors:
        if c[3]:
            h, l, s = colorsys.rgb_to_hls(*(c[:3] / 255))
            c[:3] = np.round(np.array(colorsys.hls_to_rgb((h + turn) % 1, l, s)) * 255)
    return colors[index.reshape(-1)].reshape(out.shape)
