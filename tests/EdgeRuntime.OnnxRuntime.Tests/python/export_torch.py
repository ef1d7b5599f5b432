#!/usr/bin/env python3
"""Exports networks from PyTorch to ONNX, with PyTorch's own outputs beside them in the layout of ONNX's backend tests.

usage: export_torch.py OUT [--opsets 7,9,11,13,14,15,16,17] [--only NAME,...]

For each network and opset: OUT/opsetK/NAME/model.onnx, and in test_data_set_0 (and _1, of other sizes where the model has free dimensions)
input_N.pb and output_N.pb. What the exporter cannot write at an opset is listed in OUT/not-exported.txt: a tab between name and reason. Seeded,
nothing is downloaded. Written for Debian 12's python3-torch (1.13) and python3-onnx (1.12).
"""
import argparse
import os
import sys
import warnings
import zlib

import onnx
import torch
from onnx import numpy_helper

import torch_convolutional  # noqa: F401: each adds its networks
import torch_everyday  # noqa: F401
import torch_sequences  # noqa: F401
from torch_case import NETWORKS, set_opset


def flatten(outputs):
    return [outputs] if isinstance(outputs, torch.Tensor) else [tensor for part in outputs for tensor in flatten(part)]


def save(folder, role, tensors, names):
    for index, tensor in enumerate(tensors):
        with open(os.path.join(folder, f"{role}_{index}.pb"), "wb") as file:
            file.write(numpy_helper.from_array(tensor.detach().contiguous().numpy(), names[index]).SerializeToString())


def export(name, opset, folder):
    # The same weights and inputs at every opset, whatever was exported before.
    torch.manual_seed(zlib.crc32(name.encode()))
    set_opset(opset)
    case = NETWORKS[name][1]()
    module = case.module.eval()
    names = case.names or [f"input{i}" for i in range(len(case.inputs))]
    with torch.no_grad():
        first = flatten(module(*case.inputs))
    outputs = case.outputs or [f"output{i}" for i in range(len(first))]
    path = os.path.join(folder, "model.onnx")
    torch.onnx.export(
        module, case.inputs, path, opset_version=opset, input_names=names, output_names=outputs, do_constant_folding=case.folding, training=case.training,
        dynamic_axes=None if case.axes is None else {names[i]: axes for i, axes in case.axes.items()})
    model = onnx.load(path)
    known = {initializer.name for initializer in model.graph.initializer}
    used = [value.name for value in model.graph.input if value.name not in known]
    for index, inputs in enumerate([case.inputs] + ([case.others] if case.others else [])):
        data = os.path.join(folder, f"test_data_set_{index}")
        os.makedirs(data)
        with torch.no_grad():
            save(data, "output", flatten(module(*inputs)), outputs)
        given = dict(zip(names, inputs))
        save(data, "input", [given[name] for name in used], used)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("out")
    parser.add_argument("--opsets", default="7,9,11,13,14,15,16,17")
    parser.add_argument("--only", default="")
    arguments = parser.parse_args()
    warnings.simplefilter("ignore")
    torch.set_num_threads(1)
    only = set(arguments.only.split(",")) if arguments.only else set(NETWORKS)
    os.makedirs(arguments.out, exist_ok=True)
    count = 0
    with open(os.path.join(arguments.out, "not-exported.txt"), "w") as missing:
        for opset in map(int, arguments.opsets.split(",")):
            for name, (since, _) in NETWORKS.items():
                if name not in only or opset < since:
                    continue
                folder = os.path.join(arguments.out, f"opset{opset}", name)
                os.makedirs(folder)
                try:
                    export(name, opset, folder)
                    count += 1
                except Exception as error:  # whatever the exporter raises: the caller judges the list
                    reason = " ".join(str(error).split())[:300]
                    print(f"{name} opset {opset}: {type(error).__name__}: {reason}", file=sys.stderr)
                    missing.write(f"opset{opset}/{name}\t{reason}\n")
    print(f"{count} models exported")


if __name__ == "__main__":
    main()
