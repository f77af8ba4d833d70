"""The encoder of the shipped graph without any head: the pace that reading is measured by. Needs ``onnx``."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import onnx
import onnxruntime as ort


class Encoder:
    """Pieces and shapes in, the mixed layers out: what any head has to wait for, at its best.

    Without the fusion that slows it: see ``dragoman.language.model``.
    """

    def __init__(self, path: Path) -> None:
        graph = onnx.load(str(path))
        last = [n for n in graph.graph.node if n.name.startswith("/encoder/Add")][-1].output[0]
        with tempfile.TemporaryDirectory() as scratch:
            cut = f"{scratch}/encoder.onnx"
            onnx.utils.extract_model(str(path), cut, ["pieces", "shapes"], [last], check_model=False)
            options = ort.SessionOptions()
            options.intra_op_num_threads = 1
            self.session = ort.InferenceSession(
                cut, options, providers=["CPUExecutionProvider"], disabled_optimizers=["SkipLayerNormFusion"]
            )
        self.names = {i.name for i in self.session.get_inputs()}

    def run(self, feed: dict[str, Any]) -> None:
        self.session.run(None, {name: rows for name, rows in feed.items() if name in self.names})
