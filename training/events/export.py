"""Write the event reader as an ONNX graph with integer weights, as `training.export` does for the syntax reader."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np
import onnx
from onnx import TensorProto, helper

from training.events.material import LABELS
from training.events.network import ROLE
from training.export import FUSED, Graph, embedded, encoder_layer
from training.network import WIDTH

if TYPE_CHECKING:
    from pathlib import Path

    from training.events.network import EventNetwork

HEADS = ("types", "statuses", "certainties", "triggers", "actors", "recipients")


def write_folder(network: EventNetwork, folder: Path, scale: float = 1.0) -> None:
    """Write what `amity.annotate.events` reads: the graph; labels, ways with their leanings, and the scale of types."""
    folder.mkdir(parents=True, exist_ok=True)
    write(network, folder / "events.onnx")
    leanings = network.way.weight.detach().numpy().round(3).tolist()
    ways = {way: leanings[number] for way, number in network.ways.items()}
    labels = LABELS | {"scale": scale, "ways": ways}
    (folder / "events.json").write_text(json.dumps(labels, separators=(",", ":")) + "\n", encoding="utf-8")


def write(network: EventNetwork, path: Path) -> None:
    """Write the network to `path`.

    Inputs are `words` (rows of the shared table), `shapes`, `kinds` and `lexicon` (pieces) and `first` (words); outputs
    are the heads by word. The product of a row of `triggers` and one of `actors` or `recipients` is a role's logit.
    """
    weights = {name: tensor.detach().float().numpy() for name, tensor in network.state_dict().items()}
    weights["triggers.weight"] = weights["triggers.weight"] / np.sqrt(ROLE)
    weights["triggers.bias"] = weights["triggers.bias"] / np.sqrt(ROLE)
    graph = Graph()
    kinds = graph.node("Gather", [graph.constant("kinds.rows", weights["kinds.weight"]), "kinds"], "kind_rows")
    lexicon = graph.constant("lexicon.rows", np.ascontiguousarray(weights["lexicon.weight"].T))
    known = graph.node("MatMul", ["lexicon", lexicon], "known")
    x = embedded(graph, weights, graph.node("Add", [kinds, known], "extra"))
    for number in range(len(network.layers)):
        x = encoder_layer(graph, x, f"layers.{number}", weights)
    x = graph.node("Squeeze", [x, "zero"], "encoded")
    x = graph.node("Gather", [x, "first"], "first_pieces")
    matrices = [weights[f"{head}.weight"] for head in HEADS]
    graph.linear(x, "heads", np.concatenate(matrices), np.concatenate([weights[f"{head}.bias"] for head in HEADS]))
    sizes = graph.constant("head_sizes", np.array([len(matrix) for matrix in matrices], np.int64))
    graph.node("Split", ["heads", sizes], "", outputs=HEADS, axis=-1)
    real, whole = TensorProto.FLOAT, TensorProto.INT64
    inputs = [
        helper.make_tensor_value_info("words", real, ["p", WIDTH]),
        helper.make_tensor_value_info("shapes", whole, ["p"]),
        helper.make_tensor_value_info("kinds", whole, ["p"]),
        helper.make_tensor_value_info("lexicon", real, ["p", weights["lexicon.weight"].shape[1]]),
        helper.make_tensor_value_info("first", whole, ["w"]),
    ]
    outputs = [
        helper.make_tensor_value_info(head, real, ["w", len(matrix)])
        for head, matrix in zip(HEADS, matrices, strict=True)
    ]
    model = helper.make_model(
        helper.make_graph(graph.nodes, "events", inputs, outputs, graph.constants),
        opset_imports=[helper.make_opsetid("", 17), helper.make_opsetid(FUSED, 1)],
        ir_version=9,
        producer_name="amity",
    )
    onnx.save(model, str(path))
