"""The passages as JSON Lines: `python -m corpus.export OUT.jsonl`, one passage a line; README.md tells the fields.

Claims are in the interchange format of docs/claims.md; `coder` names the annotation in place of a program.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import msgspec

from amity.evaluation.corpus import split
from amity.evaluation.notation import Passage, Speech, read
from amity.records import Coder, identified
from amity.records.json import to_json
from corpus import PASSAGES

ANNOTATION = Coder(name="amity corpus", rule="tests/gold/GUIDE.md")


def line(passage: Passage) -> dict[str, Any]:
    """A passage with everything that is told of it."""
    about = {key: value for key, value in passage.about.items() if key != "double"}
    claims = [identified(msgspec.structs.replace(claim, coder=ANNOTATION)) for claim in passage.claims]
    return {
        "id": passage.id,
        "part": split(passage.id),
        **about,
        "annotated_twice": passage.about.get("double") == "yes",
        "text": passage.text,
        "claims": claims,
        "speech": [_speech(speech, passage.text) for speech in passage.speech],
    }


def _speech(speech: Speech, text: str) -> dict[str, Any]:
    """Who speaks, and the words of the cue and of the content with their offsets."""
    spans = {"cue": speech.cue, "content": speech.content}
    return {"source": speech.source} | {
        name: {"text": text[start:end], "start": start, "end": end} for name, (start, end) in spans.items()
    }


def write(passages: list[Passage], path: Path) -> None:
    """Write one line for each passage, in order."""
    path.write_bytes(b"".join(to_json(line(passage)) + b"\n" for passage in passages))


def main(arguments: list[str] | None = None) -> int:
    """Write the corpus, or another folder, to the file that is named first."""
    paths = list(map(Path, sys.argv[1:] if arguments is None else arguments))
    if not paths:
        print("usage: python -m corpus.export OUT.jsonl [FOLDER]", file=sys.stderr)
        return 2
    passages = read(paths[1] if len(paths) > 1 else PASSAGES)
    write(passages, paths[0])
    print(f"{paths[0]}: {len(passages)} passages, {sum(len(passage.claims) for passage in passages)} claims")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
