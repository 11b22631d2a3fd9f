"""The network: a BERT encoder (Devlin et al. 2019) with heads for tags, sentences, dependencies and names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import torch
from torch import Tensor, nn
from torch.nn import functional

from amity.annotate.pieces import SHAPES
from training.windows import IGNORE, NAME_LABELS

if TYPE_CHECKING:
    from pathlib import Path

    from training.windows import Labels, Window

WIDTH, HEADS, INNER, POSITIONS = 384, 12, 1536, 512
ARC, RELATION = 256, 192
NEVER = -1e4


class Layer(nn.Module):
    """One transformer layer, normalised after each half."""

    def __init__(self) -> None:
        super().__init__()
        self.qkv = nn.Linear(WIDTH, 3 * WIDTH)
        self.out = nn.Linear(WIDTH, WIDTH)
        self.norm1 = nn.LayerNorm(WIDTH, eps=1e-12)
        self.up = nn.Linear(WIDTH, INNER)
        self.down = nn.Linear(INNER, WIDTH)
        self.norm2 = nn.LayerNorm(WIDTH, eps=1e-12)
        self.dropout = nn.Dropout(0.1)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        batch, length, _ = x.shape
        q, k, v = self.qkv(x).view(batch, length, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4)
        mixed = functional.scaled_dot_product_attention(q, k, v, attn_mask=mask)
        x = self.norm1(x + self.dropout(self.out(mixed.transpose(1, 2).reshape(batch, length, WIDTH))))
        return self.norm2(x + self.dropout(self.down(functional.gelu(self.up(x)))))


@dataclass
class Batch:
    """Padded tensors of some windows; `words` is true where there is a word."""

    ids: Tensor
    shapes: Tensor
    pieces: Tensor
    first: Tensor
    words: Tensor
    sentence: Tensor
    starts: Tensor
    tags: Tensor
    heads: Tensor
    relations: Tensor
    names: Tensor

    @classmethod
    def of(cls, windows: list[Window]) -> Batch:
        def pad(name: str, value: int) -> Tensor:
            return nn.utils.rnn.pad_sequence(
                [torch.from_numpy(getattr(w, name)) for w in windows], batch_first=True, padding_value=value
            )

        ids, sentence = pad("ids", 0), pad("sentence", -1)
        targets = {name: pad(name, IGNORE) for name in ("starts", "tags", "heads", "relations", "names")}
        return cls(ids, pad("shapes", 0), ids > 0, pad("first", 0), sentence >= 0, sentence, **targets)


@dataclass
class Scores:
    """What the heads say: logits over words; `arcs` has the root in column 0."""

    starts: Tensor
    tags: Tensor
    arcs: Tensor
    names: Tensor
    dependents: Tensor
    governors: Tensor


class Encoder(nn.Module):
    """A BERT encoder with case shapes. The word embeddings stay as they were pretrained."""

    def __init__(self, vocabulary: int, layers: int) -> None:
        super().__init__()
        self.words = nn.Embedding(vocabulary, WIDTH)
        self.words.weight.requires_grad_(False)
        self.positions = nn.Embedding(POSITIONS, WIDTH)
        self.shapes = nn.Embedding(SHAPES, WIDTH)
        nn.init.zeros_(self.shapes.weight)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.dropout = nn.Dropout(0.1)
        self.layers = nn.ModuleList(Layer() for _ in range(layers))

    def load_minilm(self, path: Path) -> None:
        """Read the encoder's weights from a BERT safetensors file; takes its first layers if it has more."""
        from safetensors.torch import load_file

        bert = load_file(str(path))
        bert = {name.removeprefix("bert."): tensor for name, tensor in bert.items()}

        def put(module: nn.Module, name: str) -> None:
            module.weight.data.copy_(bert[f"{name}.weight"])
            if getattr(module, "bias", None) is not None:
                module.bias.data.copy_(bert[f"{name}.bias"])

        put(self.words, "embeddings.word_embeddings")
        put(self.positions, "embeddings.position_embeddings")
        self.positions.weight.data += bert["embeddings.token_type_embeddings.weight"][0]
        put(self.norm, "embeddings.LayerNorm")
        for number, layer in enumerate(self.layers):
            of = f"encoder.layer.{number}"
            for part in ("weight", "bias"):
                qkv = torch.cat([bert[f"{of}.attention.self.{name}.{part}"] for name in ("query", "key", "value")])
                getattr(layer.qkv, part).data.copy_(qkv)
            put(layer.out, f"{of}.attention.output.dense")
            put(layer.norm1, f"{of}.attention.output.LayerNorm")
            put(layer.up, f"{of}.intermediate.dense")
            put(layer.down, f"{of}.output.dense")
            put(layer.norm2, f"{of}.output.LayerNorm")

    def encoded(self, ids: Tensor, shapes: Tensor, pieces: Tensor, extra: Tensor | float = 0.0) -> Tensor:
        """Return a vector per piece; `extra` is added to what the pieces are embedded as."""
        x = self.words(ids) + self.positions.weight[: ids.shape[1]] + self.shapes(shapes) + extra
        x = self.dropout(self.norm(x))
        mask = pieces[:, None, None, :]
        for layer in self.layers:
            x = layer(x, mask)
        return x


class Network(Encoder):
    """Encoder and heads for syntax and names."""

    def __init__(self, labels: Labels, vocabulary: int, layers: int) -> None:
        super().__init__(vocabulary, layers)
        self.head_dropout = nn.Dropout(0.33)
        self.starts = nn.Linear(WIDTH, 1)
        self.tags = nn.Linear(WIDTH, len(labels.tags))
        self.names = nn.Linear(WIDTH, len(NAME_LABELS))
        self.arc_dependent = nn.Linear(WIDTH, ARC)
        self.arc_governor = nn.Linear(WIDTH, ARC)
        self.arc_root = nn.Parameter(torch.zeros(ARC))
        self.arc_form = nn.Parameter(torch.eye(ARC) / 16)
        self.arc_bias = nn.Linear(ARC, 1)
        self.relation_dependent = nn.Linear(WIDTH, RELATION)
        self.relation_governor = nn.Linear(WIDTH, RELATION, bias=False)
        self.relation_root = nn.Parameter(torch.zeros(RELATION))
        self.relations = nn.Linear(RELATION, len(labels.relations))

    def forward(self, batch: Batch) -> Scores:
        x = self.encoded(batch.ids, batch.shapes, batch.pieces)
        x = x.gather(1, batch.first[..., None].expand(-1, -1, WIDTH))
        x = self.head_dropout(x)
        dependent = self.head_dropout(functional.leaky_relu(self.arc_dependent(x), 0.1))
        governor = self.head_dropout(functional.leaky_relu(self.arc_governor(x), 0.1))
        governor = torch.cat([self.arc_root.expand(len(x), 1, -1), governor], 1)
        arcs = dependent @ self.arc_form @ governor.transpose(1, 2) + self.arc_bias(governor).transpose(1, 2)
        return Scores(
            self.starts(x).squeeze(-1), self.tags(x), arcs, self.names(x),
            self.relation_dependent(x),
            torch.cat([self.relation_root.expand(len(x), 1, -1), self.relation_governor(x)], 1),
        )  # fmt: skip

    def relation_scores(self, scores: Scores, heads: Tensor) -> Tensor:
        """Return logits over relations of every word to the given heads."""
        governor = scores.governors.gather(1, heads[..., None].expand(-1, -1, RELATION))
        return self.relations(self.head_dropout(functional.relu(scores.dependents + governor)))


def allowed_arcs(batch: Batch) -> Tensor:
    """Return where an arc may be: from a word to the root or to another word of its sentence."""
    same = (batch.sentence[:, :, None] == batch.sentence[:, None, :]) & batch.words[:, None, :]
    same &= ~torch.eye(same.shape[1], dtype=torch.bool)
    return torch.cat([torch.ones_like(same[:, :, :1]), same], 2)


def loss(network: Network, batch: Batch) -> Tensor:
    """Return the sum of the mean cross-entropies of all heads; what a corpus does not annotate is left out."""
    scores = network(batch)
    arcs = scores.arcs.float().masked_fill(~allowed_arcs(batch), NEVER)
    relations = network.relation_scores(scores, batch.heads.clamp(min=0))
    return (
        _cross_entropy(arcs, batch.heads)
        + _cross_entropy(relations, batch.relations)
        + _cross_entropy(scores.tags, batch.tags)
        + _cross_entropy(scores.names, batch.names)
        + _binary(scores.starts.float(), batch.starts)
    )


def _cross_entropy(scores: Tensor, gold: Tensor) -> Tensor:
    if not (gold != IGNORE).any():
        return scores.sum() * 0.0
    return functional.cross_entropy(scores.flatten(0, 1).float(), gold.flatten(), ignore_index=IGNORE)


def _binary(scores: Tensor, gold: Tensor) -> Tensor:
    known = gold != IGNORE
    return (
        functional.binary_cross_entropy_with_logits(scores[known], gold[known].float())
        if known.any()
        else scores.sum() * 0.0
    )
