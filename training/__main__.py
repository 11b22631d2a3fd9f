"""Train amity's English language model: `python -m training --data FOLDER --encoder FILE --out FOLDER`.

The six layers of MiniLM with new heads learn from the treebanks and the name corpora in two rounds, the second slower
and with more news text; the result is written in integers.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from pathlib import Path
from typing import Any

import torch

from training import lemmas
from training.export import write_folder
from training.fit import fit
from training.network import Network
from training.prepare import Material, material
from training.windows import NAME_LABELS

# model.safetensors of sentence-transformers/all-MiniLM-L6-v2 (Apache-2.0).
ENCODER = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
VERSION = "1.1.0"

LAYERS = 6
ROUNDS: tuple[dict[str, Any], ...] = (
    {"epochs": 6, "silver_share": 4000, "rate": 2e-4, "head_factor": 10, "seed": 1},
    {"epochs": 3, "silver_share": 5000, "rate": 1.2e-4, "head_factor": 5, "seed": 2},
)


def main() -> None:
    """Run the recipe; steps whose result lies in the output folder already are not repeated."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with treebank/ and names/")
    parser.add_argument("--encoder", type=Path, required=True, help="model.safetensors of MiniLM, vocab.txt beside it")
    parser.add_argument("--out", type=Path, required=True, help="checkpoints and the finished folder model/ go here")
    parser.add_argument("--threads", type=int, default=1)
    given = parser.parse_args()
    if hashlib.sha256(given.encoder.read_bytes()).hexdigest() != ENCODER:
        sys.exit(f"{given.encoder}: these are not the weights of all-MiniLM-L6-v2 (SHA-256 differs)")
    torch.set_num_threads(given.threads)
    given.out.mkdir(parents=True, exist_ok=True)
    stuff = material(given.data, given.encoder)
    finish(stuff, trained(stuff, given.encoder, given.out), given.out / "model")


def trained(stuff: Material, encoder: Path, out: Path) -> Network:
    """Return the network after all rounds; a round whose checkpoint lies in `out` is not repeated."""
    torch.manual_seed(ROUNDS[0]["seed"])
    network = Network(stuff.labels, len(stuff.vocabulary), LAYERS)
    network.load_minilm(encoder)
    for number, plan in enumerate(ROUNDS, 1):
        checkpoint = out / f"round{number}.pt"
        if checkpoint.exists():
            network.load_state_dict(torch.load(checkpoint))
            continue
        fit(network, stuff.gold, stuff.silver, stuff.pieces, stuff.labels, stuff.noise, **plan)
        torch.save(network.state_dict(), checkpoint)
    return network.eval()


def finish(stuff: Material, network: Network, folder: Path) -> None:
    """Write the model folder that `amity.annotate` loads."""
    labels = {"tags": stuff.labels.tags, "relations": stuff.labels.relations, "names": list(NAME_LABELS)}
    write_folder(network, folder, labels, stuff.vocabulary)
    table = lemmas.learn(stuff.gold, set(stuff.vocabulary))
    (folder / "lemmas.json").write_text(
        json.dumps(table, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8"
    )
    (folder / "meta.json").write_text(json.dumps(META, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    (folder / "LICENSE").write_text(
        (Path(__file__).parent / "MODEL-LICENSE").read_text(encoding="utf-8"), encoding="utf-8"
    )


META = {
    "name": "amity_reader_en",
    "version": VERSION,
    "language": "en",
    "description": "Tags, features, sentences, Universal Dependencies, names and political events for English news",
    "licence": "CC-BY-SA-4.0 (weights and tables); the encoder they start from: Apache-2.0",
    "encoder": {"name": "sentence-transformers/all-MiniLM-L6-v2", "sha256": ENCODER, "licence": "Apache-2.0"},
    "data": [
        {"name": "UD English EWT, train", "licence": "CC-BY-SA-4.0", "use": "syntax"},
        {"name": "GUM without its non-commercial genres, train", "licence": "CC-BY-4.0, CC-BY-SA-4.0", "use": "syntax"},
        {"name": "UNER English EWT, train", "licence": "CC-BY-SA-4.0", "use": "names"},
        {
            "name": "Groningen Meaning Bank, silver names",
            "licence": "texts in the public domain",
            "use": "names",
        },
        {"name": "Wikigold", "licence": "CC-BY-4.0", "use": "names"},
        {"name": "WNUT 2017, train", "licence": "CC-BY-4.0", "use": "names"},
        {"name": "CrossNER politics, train", "licence": "MIT", "use": "names"},
        {"name": "amity's open corpus, train", "licence": "CC-BY-4.0", "use": "events"},
    ],
    "recipe": {"layers": LAYERS, "rounds": ROUNDS},
}


if __name__ == "__main__":
    main()
