"""Train amity's English language model: `python -m training --data FOLDER --encoder FILE --out FOLDER`.

Three steps: a teacher of six layers learns from the treebanks and the name corpora; a student of four of its layers
learns from the same and from the teacher's soft choices, on news text too; the student is written in 8 bits.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from pathlib import Path

import torch

from training import lemmas
from training.export import write_folder
from training.fit import fit
from training.network import Network
from training.prepare import Material, material
from training.windows import NAME_LABELS

# model.safetensors of sentence-transformers/all-MiniLM-L6-v2 (Apache-2.0).
ENCODER = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
VERSION = "1.0.0"

TEACHER = {"epochs": 6, "silver_share": 4000, "rate": 2e-4, "head_factor": 10, "seed": 1}
KEPT_LAYERS = (0, 1, 3, 5)
STUDENT = {"epochs": 4, "silver_share": 8000, "rate": 1.5e-4, "head_factor": 5, "seed": 2}


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
    teacher = train_teacher(stuff, given.encoder, given.out / "teacher.pt")
    student = train_student(stuff, teacher, given.out / "student.pt")
    finish(stuff, student, given.out / "model")


def train_teacher(stuff: Material, encoder: Path, checkpoint: Path) -> Network:
    """Return the teacher, trained or read from its checkpoint."""
    torch.manual_seed(TEACHER["seed"])
    teacher = Network(stuff.labels, len(stuff.vocabulary), layers=6)
    if checkpoint.exists():
        teacher.load_state_dict(torch.load(checkpoint))
        return teacher.eval()
    teacher.load_minilm(encoder)
    fit(teacher, stuff.gold, stuff.silver, stuff.pieces, stuff.labels, stuff.noise, **TEACHER)
    torch.save(teacher.state_dict(), checkpoint)
    return teacher


def train_student(stuff: Material, teacher: Network, checkpoint: Path) -> Network:
    """Return the student, trained or read from its checkpoint."""
    torch.manual_seed(STUDENT["seed"])
    student = teacher.cut(KEPT_LAYERS)
    if checkpoint.exists():
        student.load_state_dict(torch.load(checkpoint))
        return student.eval()
    fit(student, stuff.gold, stuff.silver, stuff.pieces, stuff.labels, stuff.noise, teacher=teacher, **STUDENT)
    torch.save(student.state_dict(), checkpoint)
    return student


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
    "description": "Tags, features, sentences, Universal Dependencies and names for English news; a small encoder in 8 bits",
    "licence": "CC-BY-SA-4.0 (weights and tables); the encoder they start from: Apache-2.0",
    "encoder": {"name": "sentence-transformers/all-MiniLM-L6-v2", "sha256": ENCODER, "licence": "Apache-2.0"},
    "data": [
        {"name": "UD English EWT, train", "licence": "CC-BY-SA-4.0", "use": "syntax"},
        {"name": "GUM without its non-commercial genres, train", "licence": "CC-BY-4.0, CC-BY-SA-4.0", "use": "syntax"},
        {"name": "UNER English EWT, train", "licence": "CC-BY-SA-4.0", "use": "names"},
        {
            "name": "Groningen Meaning Bank, silver names",
            "licence": "texts in the public domain",
            "use": "names, distillation",
        },
        {"name": "Wikigold", "licence": "CC-BY-4.0", "use": "names"},
        {"name": "WNUT 2017, train", "licence": "CC-BY-4.0", "use": "names"},
        {"name": "CrossNER politics, train", "licence": "MIT", "use": "names"},
    ],
    "recipe": {"teacher": TEACHER, "kept_layers": KEPT_LAYERS, "student": STUDENT},
}


if __name__ == "__main__":
    main()
