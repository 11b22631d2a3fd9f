"""Train amity's event reader: `python -m training.events --corpus FOLDER --encoder FILE --out FOLDER`.

The six layers of MiniLM with new heads learn from the part `train` of the open corpus; the result is written in
integers beside the syntax reader, whose embedding table it shares.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

import torch

import amity.annotate
from amity.annotate.events import Lexicon
from amity.codebook.frames import load_frames
from amity.evaluation.corpus import split
from amity.evaluation.notation import read
from training.events.export import write_folder
from training.events.fit import fit
from training.events.material import TYPES, Window, windows
from training.events.network import EventNetwork, known_ways

if TYPE_CHECKING:
    from amity.evaluation.notation import Passage

LAYERS = 6
ROUNDS: tuple[dict[str, Any], ...] = (
    {"epochs": 18, "rate": 2e-4, "head_factor": 10, "seed": 1},
    {"epochs": 4, "rate": 8e-5, "head_factor": 10, "seed": 2},
)


def main() -> None:
    """Run the recipe; weights that lie in the output folder already are only written in integers."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, default=Path("corpus/passages"))
    parser.add_argument("--encoder", type=Path, required=True, help="model.safetensors of MiniLM")
    parser.add_argument("--out", type=Path, required=True, help="weights and the finished files go here")
    parser.add_argument("--threads", type=int, default=1)
    given = parser.parse_args()
    torch.set_num_threads(given.threads)
    given.out.mkdir(parents=True, exist_ok=True)
    weights = given.out / "events.pt"
    if not weights.exists():
        save(trained(read(given.corpus), given.encoder), weights)
    network = load(weights)
    write_folder(network, given.out)


def trained(passages: list[Passage], encoder: Path) -> EventNetwork:
    """A network that learned from the passages of the part `train`."""
    torch.manual_seed(ROUNDS[0]["seed"])
    material = prepared([passage for passage in passages if split(passage.id) == "train"])
    network = EventNetwork(vocabulary(encoder), LAYERS, known_ways(material))
    network.load_minilm(encoder)
    for plan in ROUNDS:
        fit(network, material, **plan)
    return network


def vocabulary(encoder: Path) -> int:
    """How many word pieces the encoder knows: lines of the vocabulary beside its weights."""
    return len((encoder.parent / "vocab.txt").read_text(encoding="utf-8").split("\n")) - 1


def prepared(passages: list[Passage]) -> list[Window]:
    """Windows of passages, parsed with the syntax reader that is shipped."""
    nlp = amity.annotate.load(events=False)
    markers = nlp.get_pipe("amity_reader").markers
    return list(windows(passages, nlp, Lexicon(load_frames(), TYPES), markers))


def save(network: EventNetwork, path: Path) -> None:
    """Write weights, and the ways they know."""
    torch.save({"state": network.state_dict(), "ways": list(network.ways)}, path)


def load(path: Path) -> EventNetwork:
    """The network whose weights a file holds."""
    saved = torch.load(path)
    state = saved["state"]
    layers = 1 + max(int(name.split(".")[1]) for name in state if name.startswith("layers."))
    network = EventNetwork(len(state["words.weight"]), layers, saved["ways"])
    network.load_state_dict(state)
    return network.eval()


if __name__ == "__main__":
    main()
