"""What the networks are made of that export_torch.py exports, which are what people write in PyTorch, small, with random weights.

A network is a function that returns a Case: the module, its inputs, and the axes of each input that are free. The decorator names the opset from
which PyTorch 1.13 can export it; below that the exporter has no way to write it.
"""
from __future__ import annotations

import dataclasses
from typing import Callable, Optional

import torch
from torch import nn


@dataclasses.dataclass
class Case:
    module: nn.Module
    inputs: tuple  # for the export and for the first data set
    others: tuple = ()  # for a second data set, of other sizes
    axes: Optional[dict] = None  # input index -> {axis: symbol}
    names: Optional[list] = None  # of the inputs
    outputs: Optional[list] = None  # their names
    folding: bool = True
    training: torch.onnx.TrainingMode = torch.onnx.TrainingMode.EVAL


NETWORKS: dict[str, tuple[int, Callable[[], Case]]] = {}


_opset = 17


def opset() -> int:
    """The opset that is exported to: some networks leave out what the exporter cannot write there."""
    return _opset


def set_opset(number: int) -> None:
    global _opset
    _opset = number


def network(since: int = 7):
    def add(function):
        NETWORKS[function.__name__] = (since, function)
        return function

    return add


class Lambda(nn.Module):
    """A module of one function."""

    def __init__(self, function):
        super().__init__()
        self.function = function

    def forward(self, *inputs):
        return self.function(*inputs)


def settle(module: nn.Module) -> nn.Module:
    """Statistics and affine parameters of normalizations as training would leave them: not 0 and 1."""
    for part in module.modules():
        if isinstance(part, nn.modules.batchnorm._BatchNorm) and part.track_running_stats:
            part.running_mean.uniform_(-0.5, 0.5)
            part.running_var.uniform_(0.5, 2)
        if getattr(part, "weight", None) is not None and isinstance(part, (nn.modules.batchnorm._BatchNorm, nn.LayerNorm, nn.GroupNorm)):
            nn.init.uniform_(part.weight, 0.5, 1.5)
            nn.init.uniform_(part.bias, -0.5, 0.5)
    return module


BATCH = {0: {0: "N"}}


def image_case(module, channels=3, size=16, **more):
    return Case(settle(module), (torch.randn(2, channels, size, size),), (torch.randn(5, channels, size, size),), BATCH, **more)
