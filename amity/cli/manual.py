"""The reference part of docs/cli.md, written from the commands themselves: `python -m amity.cli.manual docs/cli.md`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

MARK = "<!-- From here on written by `python -m amity.cli.manual docs/cli.md`. -->"
HELP = "--help"


SHARED = ("Filters", "Metadata that replaces what is found")
"""Groups of options that several commands have, described once."""


def reference() -> str:
    """Every command with its arguments and options, in Markdown; groups of options that many share come first."""
    from typer.main import get_command

    from amity.cli.main import app

    group: Any = get_command(app)
    shared: dict[str, list[Any]] = {}
    for command in group.commands.values():
        shared |= {title: options for title, options in _panels(command).items() if title in SHARED}
    lines = [line for title, options in shared.items() for line in (f"## {title}", "", *_table("Option", options))]
    lines += [line for name, command in group.commands.items() for line in _command(name, command)]
    return "\n".join(lines).rstrip() + "\n"


def written(document: str) -> str:
    """The document with its reference part written anew."""
    head, mark, _ = document.partition(MARK)
    return f"{head}{mark}\n\n{reference()}"


def _command(name: str, command: Any) -> Iterator[str]:
    arguments = [one for one in command.params if one.param_type_name == "argument"]
    yield f"## amity {name}"
    yield ""
    yield f"`amity {' '.join([name, '[OPTIONS]', *(one.metavar for one in arguments)])}`"
    yield ""
    yield command.help
    yield ""
    for argument in arguments:
        yield f"- `{argument.metavar}`: {argument.help}"
    if arguments:
        yield ""
    panels = _panels(command)
    for title, options in panels.items():
        if title not in SHARED:
            yield from _table(title, options)
    for title in panels.keys() & set(SHARED):
        yield f"And: [{title.lower()}](#{title.lower().replace(' ', '-')})."
        yield ""


def _panels(command: Any) -> dict[str, list[Any]]:
    """Options under the headings that `--help` gives them."""
    panels: dict[str, list[Any]] = {}
    for option in command.params:
        if option.param_type_name == "option" and HELP not in option.opts:
            panels.setdefault(option.rich_help_panel or "Option", []).append(option)
    return panels


def _table(title: str, options: list[Any]) -> Iterator[str]:
    yield f"| {title} | |"
    yield "|---|---|"
    for option in options:
        yield f"| {_names(option)} | {option.help}{_remarks(option)} |"
    yield ""


def _names(option: Any) -> str:
    names = [*option.opts, *option.secondary_opts]
    value = "" if option.is_flag else f" {option.metavar}"
    return ", ".join(
        f"`{name}{value if name.startswith('--') else ''}`" for name in sorted(names, key=len, reverse=True)
    )


def _remarks(option: Any) -> str:
    remarks = []
    if option.envvar:
        remarks.append(f"environment: `{option.envvar}`")
    if option.default not in (None, False, "", []) and not option.is_flag:
        remarks.append(f"default: `{option.default}`")
    return f" ({'; '.join(remarks)})" if remarks else ""


if __name__ == "__main__":
    path = Path(sys.argv[1])
    path.write_text(written(path.read_text(encoding="utf-8")), encoding="utf-8")
