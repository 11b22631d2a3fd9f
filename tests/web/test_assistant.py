"""The ledger for assistants, over the protocol itself."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import amity
from amity.web.assistant import create

pytest.importorskip("mcp")

TEXT = "Kenya and Uganda signed an agreement in Nairobi on Monday.\n\nTanzania accused Burundi of shelling a village.\n"
READING = {"search_claims", "incidents", "relations", "sources", "explain"}


@pytest.fixture(scope="module")
def where(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("assistant")
    (folder / "a.txt").write_text(TEXT)
    amity.read(folder / "a.txt", ledger=folder / "l.db")
    return folder / "l.db"


def ask(where: Path, tool: str, **asked: Any) -> tuple[bool, str]:
    """Whether a tool failed, and what it said."""
    import anyio
    from mcp import Client

    async def asking() -> tuple[bool, str]:
        with amity.open(where) as ledger:
            async with Client(create(ledger)) as client:
                told = await client.call_tool(tool, asked)
                return bool(told.is_error), told.content[0].text  # type: ignore[union-attr]

    return anyio.run(asking)


def test_all_tools_only_read(where: Path) -> None:
    import anyio
    from mcp import Client

    async def listing() -> Any:
        with amity.open(where) as ledger:
            async with Client(create(ledger)) as client:
                return (await client.list_tools()).tools

    tools = anyio.run(listing)
    assert {tool.name for tool in tools} == READING
    assert all(tool.annotations.read_only_hint and tool.description for tool in tools)


def test_claims_with_their_words(where: Path) -> None:
    failed, told = ask(where, "search_claims", actor="Burundi", type="ACCUSE")
    (claim,) = (json.loads(line) for line in told.splitlines())
    assert not failed
    assert claim["type"] == "ACCUSE"
    assert claim["quote"] in TEXT


def test_a_claim_is_explained(where: Path) -> None:
    _, told = ask(where, "search_claims", limit=1)
    failed, explained = ask(where, "explain", claim=json.loads(told)["id"])
    assert not failed
    assert "rule" in explained


def test_incidents_and_sources(where: Path) -> None:
    assert json.loads(ask(where, "incidents", pair="KEN,UGA")[1].splitlines()[0])["sources"]
    assert json.loads(ask(where, "sources", limit=1)[1])["claims"] > 0


def test_what_is_wrong_is_said(where: Path) -> None:
    failed, told = ask(where, "search_claims", since="yesterday")
    assert failed
    assert "no date" in told
