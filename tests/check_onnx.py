"""Runs ONNX's own checker over model files: python3 check_onnx.py FILE.onnx ...

Needs the onnx package (Debian: python3-onnx). Exit status 1 when a file is refused.
"""
import sys

import onnx


def main(paths):
    refused = 0
    for path in paths:
        try:
            onnx.checker.check_model(onnx.load(path), full_check=True)
            print(f"{path}: accepted by onnx {onnx.__version__}")
        except Exception as error:  # the checker's exceptions share no base class
            refused += 1
            print(f"{path}: refused: {error}", file=sys.stderr)
    return 1 if refused else 0


if len(sys.argv) < 2:
    sys.exit(__doc__)
sys.exit(main(sys.argv[1:]))
