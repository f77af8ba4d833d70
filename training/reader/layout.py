"""One exported graph → the same weights in two: what reads every word, and what is asked once its tree is known.

``reader.onnx``: ``pieces``, ``shapes``, ``first`` → ``read`` (1, W+1, 384), the states of root and words, and ``upos``, ``feats``,
``entities``, ``arcs``, ``predicates``. ``details.onnx``: ``read``, ``heads`` (W,), ``found`` (K,) → ``relations`` (W, R) to
those heads alone, ``roles`` (K, W, L) of those predicates alone, ``speech``, ``content``, ``factuality``. Every pair of words scored
for every relation and role took a fifth of the whole pass. The sentence's ``vector``, which nothing asks for, is left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from onnx.utils import Extractor

from dragoman.language.model import FIRST

DETAILS = ("relations", "roles", "speech", "content", "factuality")
_READ = "/GatherElements_output_0"
"""The states of root and words, as the exporter names them."""


def lay_out(path: Path, folder: Path) -> None:
    """Write the two graphs of the one at ``path``, quantised or not; weights stay what they are, byte for byte."""
    model = onnx.load(str(path))
    graph = model.graph
    for node in graph.node:
        node.input[:] = ["read" if i == _READ else i for i in node.input]
        node.output[:] = [
            {_READ: "read", "relations": "all_relations", "roles": "all_roles"}.get(o, o) for o in node.output
        ]
    _relate_to_heads(graph)
    _keep_found(graph)
    del graph.value_info[:]
    kept = [o for o in graph.output if o.name not in ("relations", "roles")]
    del graph.output[:]
    graph.output.extend(kept)
    for name, kind, shape in (
        ("read", TensorProto.FLOAT, [1, "r", 384]), ("heads", TensorProto.INT64, ["w"]), ("found", TensorProto.INT64, ["k"]),
        ("relations", TensorProto.FLOAT, ["w", "t"]), ("roles", TensorProto.FLOAT, ["k", "w", "l"]),
    ):  # fmt: skip
        graph.value_info.append(helper.make_tensor_value_info(name, kind, shape))
    _sort(graph)
    whole = Extractor(model)
    for name, inputs, outputs in (
        ("reader.onnx", ("pieces", "shapes", "first"), FIRST),
        ("details.onnx", ("read", "heads", "found"), DETAILS),
    ):
        onnx.save(whole.extract_model([*inputs], [*outputs]), str(folder / name))


def _relate_to_heads(graph: onnx.GraphProto) -> None:
    """Each word's left half by the right half of its one head."""
    inner, out = _find_sizes(graph, "relations")
    _add(graph, "Reshape", ["/relations/MatMul_output_0", _keep(graph, "halves", [-1, out, inner])], "left_halves")
    _add(graph, "Squeeze", ["/relations/Pad_1_output_0", _keep(graph, "first_axis", [0])], "right_halves")
    _add(graph, "Add", ["heads", _keep(graph, "one", [1])], "places_of_heads")
    _add(graph, "Gather", ["right_halves", "places_of_heads"], "halves_of_heads", axis=0)
    _add(graph, "Unsqueeze", ["halves_of_heads", _keep(graph, "last_axis", [2])], "columns_of_heads")
    _add(graph, "MatMul", ["left_halves", "columns_of_heads"], "columns_of_relations")
    _add(graph, "Squeeze", ["columns_of_relations", "last_axis"], "relations")


def _keep_found(graph: onnx.GraphProto) -> None:
    """Of the left halves only the predicates', taken once they are quantised together with the rest."""
    inner, out = _find_sizes(graph, "roles")
    product = _find_product(graph, "roles")
    _add(graph, "Gather", [product.input[0], "found"], "left_of_found", axis=1)
    product.input[0] = "left_of_found"
    _add(graph, "Reshape", ["/roles/MatMul_output_0", _keep(graph, "rows", [1, -1, inner])], "rows_of_found")
    _add(graph, "MatMul", ["rows_of_found", "/roles/Transpose_2_output_0"], "flat_roles")
    _add(graph, "Reshape", ["flat_roles", _keep(graph, "cube", [-1, out, 0])], "turned_roles")
    _add(graph, "Transpose", ["turned_roles"], "roles", perm=[0, 2, 1])


def _find_product(graph: onnx.GraphProto, module: str) -> onnx.NodeProto:
    """The product of a pair head's left side with its weights."""
    weights = {i.name for i in graph.initializer}
    products = (n for n in graph.node if n.op_type in ("MatMul", "MatMulInteger") and n.name.startswith(f"/{module}/"))
    return next(n for n in products if n.input[1] in weights)


def _find_sizes(graph: onnx.GraphProto, module: str) -> tuple[int, int]:
    """Width of a side of a pair head, its bias counted, and how many labels it scores."""
    name = _find_product(graph, module).input[1]
    inner, all_outer = next(i.dims for i in graph.initializer if i.name == name)
    return inner, all_outer // inner


def _add(graph: onnx.GraphProto, kind: str, inputs: Sequence[str], output: str, **settings: Any) -> None:
    graph.node.append(helper.make_node(kind, inputs, [output], name=f"/{output}", **settings))


def _keep(graph: onnx.GraphProto, name: str, numbers: Sequence[int]) -> str:
    graph.initializer.append(numpy_helper.from_array(np.array(numbers, dtype=np.int64), name))
    return name


def _sort(graph: onnx.GraphProto) -> None:
    """Each node behind those it takes from, as the format wants it."""
    known = {"", "heads", "found", *(i.name for i in graph.input), *(i.name for i in graph.initializer)}
    left, order = list(graph.node), []
    while left:
        ready = [n for n in left if known.issuperset(n.input)]
        if not ready:
            raise ValueError(f"{left[0].name} takes from a node that isn't there: {list(left[0].input)}")
        known.update(o for n in ready for o in n.output)
        order += ready
        left = [n for n in left if not known.issuperset(n.output)]
    del graph.node[:]
    graph.node.extend(order)
