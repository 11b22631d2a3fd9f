"""Options that several commands share."""

from __future__ import annotations

import functools
import inspect
import os
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal, get_args

import typer

from amity.errors import InputError

FILTERS = "Filters"
OUTPUT = "Output"
METADATA = "Metadata that replaces what is found"

Ledger = Annotated[
    str, typer.Option("--ledger", "-l", envvar="AMITY_LEDGER", metavar="FILE", help="The ledger.", show_default=True)
]
DEFAULT_LEDGER = "amity.db"

Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No progress, no notes; errors are still told.")]
Codebook = Annotated[
    Path | None, typer.Option("--codebook", metavar="DIR", help="A folder of files that add to the codebook.")
]
Model = Annotated[
    str | None, typer.Option("--model", metavar="NAME", help="Another language pipeline: a folder, or a spaCy package.")
]
Jobs = Annotated[
    int | None,
    typer.Option(
        "--jobs", "-j", min=1, metavar="N", help="Processes. By default one for each core if there is much to do."
    ),
]
Strict = Annotated[bool, typer.Option("--strict", help="Stop at the first input that cannot be read.")]
Private = Annotated[bool, typer.Option("--allow-private", help="Let URLs lead to private and loopback addresses.")]

Format = Literal["table", "json", "jsonl", "csv", "parquet", "md"]
FormatOption = Annotated[
    Format,
    typer.Option("--format", "-f", metavar="FORMAT", help=f"{', '.join(get_args(Format))}.", rich_help_panel=OUTPUT),
]
Output = Annotated[
    Path | None,
    typer.Option("--output", "-o", metavar="FILE", help="Write there, not to standard output.", rich_help_panel=OUTPUT),
]


def _metadata(name: str, metavar: str, text: str) -> Any:
    return Annotated[str | None, typer.Option(f"--{name}", metavar=metavar, help=text, rich_help_panel=METADATA)]


Published = _metadata("published", "DATE", "Date of publication, such as 2021-10-14.")
Title = _metadata("title", "TEXT", "Title.")
Author = _metadata("author", "NAME", "Author.")
Publisher = _metadata("publisher", "NAME", "Publisher.")
Url = _metadata("url", "URL", "Address of the article.")
Language = _metadata("language", "CODE", "Language as ISO 639-1 code, such as en.")


def _choices(field: str) -> Callable[[str], list[str]]:
    """Completion for fields that take one of a few words."""

    def complete(incomplete: str) -> list[str]:
        from amity.ledger import CHOICES

        return [word for word in CHOICES[field] if word.lower().startswith(incomplete.lower())]

    return complete


def _many(name: str, metavar: str, text: str, choices: bool = False, short: str | None = None) -> inspect.Parameter:
    names = [f"--{name}", *([short] if short else [])]
    option = typer.Option(
        *names, metavar=metavar, help=text, rich_help_panel=FILTERS, autocompletion=_choices(name) if choices else None
    )
    return _parameter(name, Annotated[list[str] | None, option], None)


def _one(name: str, kind: Any, metavar: str, text: str, **more: Any) -> inspect.Parameter:
    option = typer.Option(f"--{name.replace('_', '-')}", metavar=metavar, help=text, rich_help_panel=FILTERS, **more)
    return _parameter(name, Annotated[kind, option], None)


def _parameter(name: str, annotation: Any, default: Any) -> inspect.Parameter:
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, annotation=annotation, default=default)


_FILTERS = (
    _many(
        "actor", "NAME", "Who takes part: a state by code or any of its names, an organisation, a person.", short="-a"
    ),
    _one("pair", str | None, "A,B", "Both take part.", parser=None),
    _many("kind", "KIND", "event, transfer, relation, quantity, structure, assessment.", choices=True, short="-k"),
    _many(
        "type", "TYPE", "PLOVER type of an event, mode of a transfer, valence of a relation.", choices=True, short="-t"
    ),
    _many("status", "STATUS", "occurred, ongoing, future, hypothetical, alleged, unconfirmed, denied.", choices=True),
    _many("certainty", "DEGREE", "certain, probable, possible.", choices=True),
    _many("layer", "LAYER", "military, political, economic, cultural, historic, geographic.", choices=True),
    _one("since", str | None, "DATE", "Not before that day, month or year; what has no date is left out."),
    _one("until", str | None, "DATE", "Not after that day, month or year."),
    _many("source", "NAME", "Who is quoted: part of a name, or a state's code.", short="-s"),
    _many("article", "ID", "In that article; the beginning of its id is enough."),
    _one(
        "text", str | None, "WORDS", 'Holds these words; "words in quotes" stand side by side, wor* finds beginnings.'
    ),
    _parameter(
        "contested",
        Annotated[bool, typer.Option("--contested", help="Sources contradict each other.", rich_help_panel=FILTERS)],
        False,
    ),
    _one("as_of", str | None, "DATE", "As the ledger stood at the end of that day."),
    _one("limit", int | None, "N", "At most so many.", min=1),
)


def filtered(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command all filters as options; it gets those that were used as `asked`."""
    own = inspect.signature(command, eval_str=True)
    parameters = [one for one in own.parameters.values() if one.name != "asked"]

    @functools.wraps(command)
    def wrapped(**given: Any) -> Any:
        asked = {one.name: given.pop(one.name) for one in _FILTERS}
        return command(asked={name: value for name, value in asked.items() if value}, **given)

    keyword = [one.replace(kind=inspect.Parameter.KEYWORD_ONLY) for one in parameters]
    wrapped.__signature__ = inspect.Signature([*keyword, *_FILTERS])  # type: ignore[attr-defined]
    wrapped.__annotations__ = {one.name: one.annotation for one in (*keyword, *_FILTERS)}
    return wrapped


def ledger_from_environment() -> str:
    return os.environ.get("AMITY_LEDGER") or DEFAULT_LEDGER


def day(option: str, text: str | None, last: bool = False) -> date | None:
    """The first day, or the last, of a date, month or year.

    Raises:
        InputError: for what is none of these.
    """
    from amity.records.days import days

    bounds = days(text)
    if text is not None and bounds is None:
        raise InputError(option, f"{text!r} is no date; write 2014-01-01, 2014-01 or 2014")
    return bounds[last] if bounds else None
