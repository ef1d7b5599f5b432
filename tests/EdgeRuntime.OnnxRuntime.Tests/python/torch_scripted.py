"""Scripted modules: control flow that depends on values."""
import torch
import torch.nn.functional as F
from torch import nn

from torch_case import BATCH, Case, Lambda, image_case, network


class Branches(nn.Module):
    def __init__(self):
        super().__init__()
        self.a, self.b = nn.Linear(4, 4), nn.Linear(4, 4)

    def forward(self, x):
        if bool(x.sum() > 0):
            y = self.a(x)
        else:
            y = torch.tanh(self.b(x))
        return y * 2


@network(13)
def scripted_if():
    return Case(torch.jit.script(Branches()), (torch.ones(2, 4),), (-torch.ones(3, 4),), BATCH)


class Loops(nn.Module):
    def __init__(self):
        super().__init__()
        self.cell = nn.Linear(8, 4)

    def forward(self, x):
        h = torch.zeros(x.shape[1], 4)
        for step in range(x.shape[0]):
            h = torch.tanh(self.cell(torch.cat([x[step], h], dim=1)))
        return h


@network(13)
def scripted_for():
    return Case(torch.jit.script(Loops()), (torch.randn(3, 2, 4),), (torch.randn(7, 5, 4),), {0: {0: "T", 1: "N"}})


class Collatz(nn.Module):
    def forward(self, n, limit: int):
        steps = torch.zeros(1, dtype=torch.int64)
        while bool(n > 1) and bool(steps < limit):
            if bool(n % 2 == 0):
                n = torch.div(n, 2, rounding_mode="floor")
            else:
                n = 3 * n + 1
            steps = steps + 1
        return steps, n


@network(13)
def scripted_while():
    class Fixed(nn.Module):
        def __init__(self):
            super().__init__()
            self.inner = Collatz()

        def forward(self, n):
            return self.inner(n, 1000)
    return Case(torch.jit.script(Fixed()), (torch.tensor([7]),), (torch.tensor([27]),))


class Appends(nn.Module):
    def forward(self, x):
        parts = []
        h = x[0]
        for step in range(x.shape[0]):
            h = h * 0.5 + x[step]
            parts.append(h)
        return torch.stack(parts)


@network(13)
def scripted_list():
    return Case(torch.jit.script(Appends()), (torch.randn(3, 2),), (torch.randn(6, 2),), {0: {0: "T"}})



@network(11)
def local_response():
    # The exporter asks at run time whether an axis is 1 before it squeezes it.
    return image_case(Lambda(lambda x: F.local_response_norm(x, 3)))
