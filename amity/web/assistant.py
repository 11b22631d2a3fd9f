"""The ledger for assistants: an MCP server (Model Context Protocol) with tools that only read.

Needs the package `mcp`: `pip install amity[mcp]`.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from amity import api
from amity.errors import AmityError
from amity.ledger import Ledger
from amity.records import to_json

if TYPE_CHECKING:
    from mcp.server import MCPServer

MOST = 100
"""Records that one answer may hold."""

ABOUT = " ".join(
    """A ledger of claims: who said that whom did what to whom, when, and how surely. Claims are not facts: say who
    makes them (`attribution`, else the article's author) and with what status. Incidents bring claims about one
    happening together and know their independent sources and what these contradict each other on. States are ISO 3166
    alpha-3 codes or names; dates are 2016, 2016-04 or 2016-04-02; types are PLOVER's.""".split()
)


def create(ledger: Ledger, codebook: Path | None = None) -> MCPServer:
    """The server over an open ledger.

    Raises:
        AmityError: when the package `mcp` is not installed.
    """
    try:
        from mcp.server import MCPServer
        from mcp.server.mcpserver.exceptions import ToolError
        from mcp.types import ToolAnnotations
    except ImportError:
        raise AmityError("mcp: is not installed; pip install 'amity[mcp]' brings it") from None
    server = MCPServer("amity", instructions=ABOUT)
    tool = server.tool(annotations=ToolAnnotations(read_only_hint=True, open_world_hint=False))

    def reads(function: Callable[..., str]) -> Callable[..., str]:
        """A tool that says what is wrong with what it was asked."""

        @functools.wraps(function)
        def told(*given: Any, **named: Any) -> str:
            try:
                return function(*given, **named)
            except AmityError as error:
                raise ToolError(str(error)) from None

        return tool(told)

    @reads
    def search_claims(
        words: str | None = None,
        actor: str | None = None,
        pair: str | None = None,
        kind: str | None = None,
        type: str | None = None,
        status: str | None = None,
        layer: str | None = None,
        source: str | None = None,
        since: str | None = None,
        until: str | None = None,
        limit: int = 20,
    ) -> str:
        """Claims that fit. `pair` are two states joined by a comma; `kind` is event, transfer, relation, quantity,
        structure or assessment; `words` are looked for in the quotes; `source` is who is quoted."""
        asked = {"text": words, "actor": actor, "pair": pair, "kind": kind, "type": type, "status": status}
        asked |= {"layer": layer, "source": source, "since": since, "until": until}
        return _json(ledger.claims(**_given(asked), limit=_few(limit)))

    @reads
    def incidents(
        actor: str | None = None,
        pair: str | None = None,
        type: str | None = None,
        since: str | None = None,
        until: str | None = None,
        contested: bool = False,
        limit: int = 20,
    ) -> str:
        """Happenings with their independent sources and contradictions; `contested` asks for those alone that sources
        contradict each other on."""
        asked = {"actor": actor, "pair": pair, "type": type, "since": since, "until": until, "contested": contested}
        return _json(ledger.incidents(**_given(asked), limit=_few(limit)))

    @reads
    def relations(one: str, other: str, unit: str = "month") -> str:
        """How two states deal with each other in both directions: intensity and valence with intervals, turns."""
        from amity.pipeline.relations import relations as related
        from amity.pipeline.world import World

        resolve = api.resolver(codebook)
        world = World.open(ledger.where, codebook)
        return to_json(related(world, resolve(one), resolve(other), unit=unit)).decode()  # type: ignore[arg-type]

    @reads
    def sources(actor: str | None = None, since: str | None = None, limit: int = 20) -> str:
        """Who is quoted, by whom, how often; who bears them out, repeats or contradicts them."""
        return _json(ledger.sources(**_given({"actor": actor, "since": since}))[: _few(limit)])

    @reads
    def explain(claim: str) -> str:
        """Why a claim was coded: the text with its words marked, the rule that fired, the parse."""
        return api.explain(claim, ledger, codebook)

    return server


def _given(asked: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in asked.items() if value}


def _few(limit: int) -> int:
    return max(1, min(limit, MOST))


def _json(records: Any) -> str:
    """Records as JSON, one a line."""
    return "\n".join(to_json(record).decode() for record in records)
