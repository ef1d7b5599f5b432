#!/usr/bin/env python3
"""What `toolkit train mnist-mlp` does, in PyTorch: read MNIST from disk, train five epochs, test, export ONNX, check the file.

usage: train_mnist_mlp.py FOLDER OUT.onnx [THREADS]

FOLDER holds the four IDX files of MNIST, plain or .gz. Written for Debian 12's python3-torch (1.13) and python3-onnx (1.12), which have no
runtime for ONNX files: the check is ONNX's own checker, less than what the other side does.

Install libopenblas0-pthread too: on Debian's reference BLAS training takes twenty times as long. On two cores OMP_NUM_THREADS=1 and
OPENBLAS_NUM_THREADS=2 were the fastest setting.
"""
import gzip
import os
import struct
import sys
import time

start = time.perf_counter()

import numpy as np  # noqa: E402
import onnx  # noqa: E402
import torch  # noqa: E402


def read(folder, name):
    path = os.path.join(folder, name)
    with (open(path, "rb") if os.path.exists(path) else gzip.open(path + ".gz", "rb")) as file:
        rank = struct.unpack(">HBB", file.read(4))[2]
        shape = struct.unpack(f">{rank}I", file.read(4 * rank))
        return np.frombuffer(file.read(), np.uint8).reshape(shape)


def images(folder, name):
    return torch.from_numpy(read(folder, name).reshape(-1, 784).astype(np.float32) / 255)


def labels(folder, name):
    return torch.from_numpy(read(folder, name).astype(np.int64))


def main():
    folder, out = sys.argv[1], sys.argv[2]
    if len(sys.argv) > 3:
        torch.set_num_threads(int(sys.argv[3]))
    torch.manual_seed(42)
    x, y = images(folder, "train-images-idx3-ubyte"), labels(folder, "train-labels-idx1-ubyte")
    network = torch.nn.Sequential(torch.nn.Linear(784, 512), torch.nn.ReLU(), torch.nn.Linear(512, 10))
    optimizer = torch.optim.RMSprop(network.parameters(), lr=1e-3, alpha=0.9, eps=1e-7)
    training = time.perf_counter()
    for epoch in range(5):
        order = torch.randperm(len(x))
        total = 0.0
        for indices in order.split(128):
            optimizer.zero_grad()
            loss = torch.nn.functional.cross_entropy(network(x[indices]), y[indices])
            loss.backward()
            optimizer.step()
            total += loss.item() * len(indices)
        print(f"epoch {epoch + 1}: loss {total / len(x):.4f}")
    trained = time.perf_counter() - training
    test, expected = images(folder, "t10k-images-idx3-ubyte"), labels(folder, "t10k-labels-idx1-ubyte")
    with torch.no_grad():
        accuracy = (network(test).argmax(1) == expected).float().mean().item()
    with_softmax = torch.nn.Sequential(network, torch.nn.Softmax(1))
    torch.onnx.export(
        with_softmax, test[:1], out, opset_version=13, input_names=["input"], output_names=["output"],
        dynamic_axes={"input": {0: "batch"}, "output": {0: "batch"}})
    onnx.checker.check_model(onnx.load(out), full_check=True)
    print(f"accuracy {accuracy:.4f}, {len(x) * 5 / trained:,.0f} samples/s, {time.perf_counter() - start:.2f} s in all")


main()
