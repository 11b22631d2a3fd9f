"""Write a trained network as an ONNX graph with integer weights, one scale per output channel.

The graph is built node by node rather than traced: it takes one window without padding, so that a window's result
never depends on what else is read with it, and uses onnxruntime's fused operators directly.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from training.network import ARC, HEADS, NEVER, RELATION, WIDTH
from training.windows import NAME_LABELS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from training.network import Network

FUSED = "com.microsoft"
BITS = 7  # of a weight: with 8, sums of two products overflow on processors without VNNI instructions


class Graph:
    """Nodes and constants of a graph in the making."""

    def __init__(self, bits: int = BITS) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []
        self.bound = 2 ** (bits - 1) - 1

    def constant(self, name: str, value: np.ndarray) -> str:
        self.constants.append(numpy_helper.from_array(value, name))
        return name

    def node(
        self,
        kind: str,
        inputs: Sequence[str],
        output: str,
        domain: str = "",
        outputs: Sequence[str] = (),
        **attributes: Any,
    ) -> str:
        self.nodes.append(helper.make_node(kind, list(inputs), list(outputs) or [output], domain=domain, **attributes))
        return output

    def linear(self, x: str, name: str, weight: np.ndarray, bias: np.ndarray) -> str:
        """x @ weight.T + bias with 8-bit weights and activations quantised as they come."""
        scale = np.maximum(np.abs(weight).max(1), 1e-8) / self.bound
        rounded = np.round(weight / scale[:, None]).astype(np.int8)
        return self.node(
            "DynamicQuantizeMatMul",
            [
                x,
                self.constant(f"{name}.weight", np.ascontiguousarray(rounded.T)),
                self.constant(f"{name}.scale", scale.astype(np.float32)),
                self.constant(f"{name}.zero", np.zeros(len(scale), np.int8)),
                self.constant(f"{name}.bias", bias.astype(np.float32)),
            ],
            name,
            FUSED,
        )


def word_table(weight: np.ndarray) -> dict[str, np.ndarray]:
    """The embedding table in 8 bits, one scale a row."""
    scales = np.maximum(np.abs(weight).max(1, keepdims=True), 1e-8) / 127
    return {"rows": np.round(weight / scales).astype(np.int8), "scales": scales.astype(np.float32)}


def write(network: Network, path: Path, bits: int = BITS) -> None:
    """Write the network to `path`.

    Inputs are `words` (pieces by width: rows of the table), `shapes` (pieces) and `first` (words), outputs `starts` and
    `tags` (words), `names` (words by labels), `arcs` (words by root and words), `dependents` (words by features) and
    `governors` (root and words by features).
    """
    weights = {name: tensor.detach().float().numpy() for name, tensor in network.state_dict().items()}
    graph = Graph(bits)
    x = embedded(graph, weights)
    for number in range(len(network.layers)):
        x = encoder_layer(graph, x, f"layers.{number}", weights)
    _heads(graph, x, weights)
    model = helper.make_model(
        helper.make_graph(graph.nodes, "reader", _inputs(), _outputs(), graph.constants),
        opset_imports=[helper.make_opsetid("", 17), helper.make_opsetid(FUSED, 1)],
        ir_version=9,
        producer_name="amity",
    )
    onnx.save(model, str(path))


def _inputs() -> list[onnx.ValueInfoProto]:
    return [
        helper.make_tensor_value_info("words", TensorProto.FLOAT, ["p", WIDTH]),
        helper.make_tensor_value_info("shapes", TensorProto.INT64, ["p"]),
        helper.make_tensor_value_info("first", TensorProto.INT64, ["w"]),
    ]


def _outputs() -> list[onnx.ValueInfoProto]:
    real = TensorProto.FLOAT
    return [
        helper.make_tensor_value_info("starts", real, ["w"]),
        helper.make_tensor_value_info("tags", TensorProto.INT64, ["w"]),
        helper.make_tensor_value_info("names", real, ["w", len(NAME_LABELS)]),
        helper.make_tensor_value_info("arcs", real, ["w", "w1"]),
        helper.make_tensor_value_info("dependents", real, ["w", RELATION]),
        helper.make_tensor_value_info("governors", real, ["w1", RELATION]),
    ]


def embedded(graph: Graph, weights: dict[str, np.ndarray], extra: str | None = None) -> str:
    """Add words, positions, shapes and what is `extra`, normalised."""
    shapes = graph.node("Gather", [graph.constant("shapes.rows", weights["shapes.weight"]), "shapes"], "shape_rows")
    length = graph.node("Shape", ["shapes"], "length")
    zero, axis = graph.constant("zero", np.zeros(1, np.int64)), graph.constant("axis", np.zeros(1, np.int64))
    table = graph.constant("positions.half", weights["positions.weight"].astype(np.float16))
    positions = graph.node("Slice", [table, zero, length, axis], "position_half")
    positions = graph.node("Cast", [positions], "position_rows", to=TensorProto.FLOAT)
    total = graph.node("Add", [graph.node("Add", ["words", positions], "placed"), shapes], "shaped")
    if extra is not None:
        total = graph.node("Add", [total, extra], "enriched")
    norm = [graph.constant(f"norm.{part}", weights[f"norm.{part}"]) for part in ("weight", "bias")]
    total = graph.node("LayerNormalization", [total, *norm], "embedded", epsilon=1e-12, axis=-1)
    return graph.node("Unsqueeze", [total, zero], "x")


def encoder_layer(graph: Graph, x: str, of: str, weights: dict[str, np.ndarray]) -> str:
    """Add a transformer layer whose weights begin with `of`."""

    def linear(x: str, name: str) -> str:
        return graph.linear(x, f"{of}.{name}", weights[f"{of}.{name}.weight"], weights[f"{of}.{name}.bias"])

    def normalised(new: str, old: str, name: str) -> str:
        norm = [graph.constant(f"{of}.{name}.{part}", weights[f"{of}.{name}.{part}"]) for part in ("weight", "bias")]
        total = graph.node("Add", [new, old], f"{of}.{name}.sum")
        return graph.node("LayerNormalization", [total, *norm], f"{of}.{name}", epsilon=1e-12, axis=-1)

    parts = [f"{of}.{name}" for name in "qkv"]
    qkv = linear(x, "qkv")
    if "thirds" not in {constant.name for constant in graph.constants}:
        graph.constant("thirds", np.full(3, WIDTH, np.int64))
    graph.node("Split", [qkv, "thirds"], "", outputs=parts, axis=-1)
    mixed = graph.node("MultiHeadAttention", parts, f"{of}.mixed", FUSED, num_heads=HEADS)
    x = normalised(linear(mixed, "out"), x, "norm1")
    grown = graph.node("Gelu", [linear(x, "up")], f"{of}.gelu", FUSED)
    return normalised(linear(grown, "down"), x, "norm2")


def _heads(graph: Graph, x: str, weights: dict[str, np.ndarray]) -> None:
    x = graph.node("Squeeze", [x, "zero"], "encoded")
    x = graph.node("Gather", [x, "first"], "first_pieces")
    heads = ("starts", "tags", "names", "arc_dependent", "arc_governor", "relation_dependent", "relation_governor")
    matrices = [weights[f"{head}.weight"] for head in heads]
    biases = [
        weights.get(f"{head}.bias", np.zeros(len(matrix), np.float32))
        for head, matrix in zip(heads, matrices, strict=True)
    ]
    graph.linear(x, "heads", np.concatenate(matrices), np.concatenate(biases))
    sizes = graph.constant("head_sizes", np.array([len(matrix) for matrix in matrices], np.int64))
    outputs = ["start", "tag_scores", "names", "arc_d", "arc_g", "dependents", "relation_g"]
    graph.node("Split", ["heads", sizes], "", outputs=outputs, axis=-1)
    graph.node("Squeeze", ["start", graph.constant("last", np.array([1], np.int64))], "starts")
    graph.node("ArgMax", ["tag_scores"], "tags", axis=-1, keepdims=0)
    dependent = graph.node("LeakyRelu", ["arc_d"], "arc_dependents", alpha=0.1)
    dependent = graph.node("MatMul", [dependent, graph.constant("arc_form", weights["arc_form"])], "arc_formed")
    dependent = graph.node("Add", [dependent, graph.constant("arc_bias", weights["arc_bias.weight"])], "arc_biased")
    governor = graph.node("LeakyRelu", ["arc_g"], "arc_governors", alpha=0.1)
    governor = graph.node(
        "Concat", [graph.constant("arc_root", weights["arc_root"].reshape(1, ARC)), governor], "arc_with_root", axis=0
    )
    governor = graph.node("Transpose", [governor], "arc_turned")
    graph.node("MatMul", [dependent, governor], "arcs")
    graph.node(
        "Concat",
        [graph.constant("relation_root", weights["relation_root"].reshape(1, RELATION)), "relation_g"],
        "governors",
        axis=0,
    )


def write_relations(network: Network, path: Path, root: int) -> None:
    """Write the last layer of the relations: from `dependents`, `governors` and chosen `heads` to the best `relations`.

    The relation numbered `root` is never chosen: it belongs to the words whose head is 0.
    """
    weights = {name: tensor.detach().float().numpy() for name, tensor in network.state_dict().items()}
    weights["relations.bias"][root] = NEVER
    graph = Graph()
    governor = graph.node("Gather", ["governors", "heads"], "governor")
    hidden = graph.node("Relu", [graph.node("Add", ["dependents", governor], "both")], "hidden")
    scores = graph.node(
        "MatMul", [hidden, graph.constant("weight", np.ascontiguousarray(weights["relations.weight"].T))], "product"
    )
    scores = graph.node("Add", [scores, graph.constant("bias", weights["relations.bias"])], "scores")
    graph.node("ArgMax", [scores], "relations", axis=-1, keepdims=0)
    real, whole = TensorProto.FLOAT, TensorProto.INT64
    inputs = [
        helper.make_tensor_value_info("dependents", real, ["w", RELATION]),
        helper.make_tensor_value_info("governors", real, ["w1", RELATION]),
        helper.make_tensor_value_info("heads", whole, ["w"]),
    ]
    outputs = [helper.make_tensor_value_info("relations", whole, ["w"])]
    onnx.save(
        helper.make_model(
            helper.make_graph(graph.nodes, "relations", inputs, outputs, graph.constants),
            opset_imports=[helper.make_opsetid("", 17)],
            ir_version=9,
            producer_name="amity",
        ),
        str(path),
    )


def write_folder(
    network: Network, folder: Path, labels: dict[str, list[str]], vocabulary: list[str], bits: int = BITS
) -> None:
    """Write what `amity.annotate` reads: the two graphs, the embedding table, labels and vocabulary."""
    folder.mkdir(parents=True, exist_ok=True)
    write(network, folder / "reader.onnx", bits)
    np.savez(folder / "words.npz", **word_table(network.words.weight.detach().float().numpy()))
    write_relations(network, folder / "relations.onnx", labels["relations"].index("root"))
    (folder / "labels.json").write_text(json.dumps(labels, indent=0, ensure_ascii=False) + "\n", encoding="utf-8")
    (folder / "vocabulary.txt").write_text("\n".join(vocabulary) + "\n", encoding="utf-8")
