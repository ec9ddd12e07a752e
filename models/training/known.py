"""Which cells of a latent are given while the rest is drawn: holes, surroundings and edges, as the service asks for them."""

import torch


def draw_given(count, size, share, random):
    """[B,1,size,size] of 0 and 1 (1 = given); all 0 for all but `share` of them.

    A hole is inpainting, its opposite outpainting, and one to four given edges are tiles that continue their neighbours.
    """
    u = torch.rand(count, 8, generator=random)
    place = torch.arange(size)
    first = (u[:, :2] * (size - 1)).long()
    last = first + 2 + (u[:, 2:4] * (size - 1 - first)).long()
    inside = [(place >= first[:, i, None]) & (place < last[:, i, None]) for i in (0, 1)]
    box = inside[1][:, :, None] & inside[0][:, None, :]
    depth = 1 + (u[:, 4] * 2).long()[:, None]
    sides = torch.rand(count, 4, generator=random) < 0.5
    near, far = place < depth, place >= size - depth
    rows = (near & sides[:, 0, None]) | (far & sides[:, 1, None])
    columns = (near & sides[:, 2, None]) | (far & sides[:, 3, None])
    edges = rows[:, :, None] | columns[:, None, :]
    form = (u[:, 5] * 3).long()[:, None, None]
    given = torch.where(form == 0, ~box, torch.where(form == 1, box, edges))
    return (given & (u[:, 6] < share)[:, None, None]).float()[:, None]
