"""The application: every page and its JSON twin, over one ledger."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from importlib.resources import files
from pathlib import Path
from threading import Thread
from typing import Annotated, Any

from fastapi import FastAPI, Query, Request, Response
from fastapi.responses import FileResponse, HTMLResponse, JSONResponse

from amity import codebook as codebooks
from amity.errors import AmityError, InputError
from amity.ledger import Ledger
from amity.records import Claim, Incident
from amity.version import __version__
from amity.web import answers, doors, feed, reference, reviewing, structure
from amity.web.access import Access
from amity.web.shelf import Shelf

MOST = 1_000
"""Rows that one page of an answer may have."""

FIELDS = (
    "actor",
    "pair",
    "kind",
    "type",
    "status",
    "certainty",
    "layer",
    "since",
    "until",
    "source",
    "article",
    "text",
)


def create(ledger: Ledger, codebook: Path | None = None, access: Access | None = None) -> FastAPI:
    """The application over an open ledger; `access` says who may ask, by default whoever is on this machine."""
    shelf = Shelf(ledger, codebooks.load(codebook))

    @asynccontextmanager
    async def opening(app: FastAPI) -> AsyncIterator[None]:
        Thread(target=shelf.warm, daemon=True).start()
        yield

    app = FastAPI(
        title="amity",
        version=__version__,
        description="A ledger of claims, as pages and as JSON.",
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/openapi.json",
        lifespan=opening,
    )
    doors.guard(app, access or Access())

    @app.exception_handler(AmityError)
    async def told(request: Request, error: AmityError) -> JSONResponse:
        return JSONResponse({"detail": str(error)}, status_code=404 if isinstance(error, InputError) else 500)

    _pages(app)
    _records(app, shelf)
    _about(app, shelf)
    app.include_router(reviewing.router(shelf, _asked))
    app.include_router(structure.router(shelf))
    return app


def _pages(app: FastAPI) -> None:
    static = Path(str(files("amity.web"))) / "static"

    @app.get("/", include_in_schema=False)
    def page() -> FileResponse:
        return FileResponse(static / "index.html")

    for name in ("app.js", "app.css"):
        app.get(f"/{name}", include_in_schema=False)(_sender(static / name))


def _sender(path: Path) -> Callable[[], FileResponse]:
    return lambda: FileResponse(path, headers={"Cache-Control": "no-cache"})


def _records(app: FastAPI, shelf: Shelf) -> None:
    @app.get("/api/index")
    def index(request: Request) -> Response:
        """What the ledger holds, but for claims and texts."""
        return answers.json(request, shelf.index())

    @app.get("/api/columns")
    def columns(request: Request) -> Response:
        """The same but for the ids of claims, in columns, as the page reads it."""
        return answers.packed(request, shelf.columns())

    @app.get("/api/claims")
    def claims(
        request: Request,
        offset: Annotated[int, Query(ge=0)] = 0,
        limit: Annotated[int, Query(ge=1, le=MOST)] = 50,
    ) -> Response:
        """Claims that fit the filter (the fields of `amity claims`), a page at a time."""
        return answers.json(request, shelf.claims(offset, limit, **_asked(request)))

    @app.get("/api/claims.csv")
    def claims_csv(request: Request) -> Response:
        """All claims that fit, as CSV."""
        answer = shelf.ledger.claims(**_asked(request))
        return answers.rows_csv(answer.columns, answer.to_dicts(), "claims")

    @app.get("/api/claims.arrows")
    def claims_arrow(request: Request) -> Response:
        """All claims that fit, as an Arrow stream."""
        return answers.rows_arrow(shelf.ledger.claims(**_asked(request)), Claim, "claims")

    @app.get("/api/claims/facets")
    def facets(request: Request) -> Response:
        """How many of the claims that fit are of which kind, type, status, layer, and of whom they tell."""
        return answers.json(request, shelf.facets(**_asked(request)))

    @app.get("/api/claims/{id}")
    def claim(request: Request, id: str) -> Response:
        """One claim; the beginning of its id is enough."""
        return answers.json(request, shelf.claim(id))

    @app.get("/api/incidents.csv")
    def incidents_csv(request: Request) -> Response:
        """All incidents that fit, as CSV."""
        answer = shelf.ledger.incidents(**_asked(request))
        return answers.rows_csv(answer.columns, answer.to_dicts(), "incidents")

    @app.get("/api/incidents.arrows")
    def incidents_arrow(request: Request) -> Response:
        """All incidents that fit, as an Arrow stream."""
        return answers.rows_arrow(shelf.ledger.incidents(**_asked(request)), Incident, "incidents")

    @app.get("/api/incidents/{id}")
    def incident(request: Request, id: str) -> Response:
        """One incident with its claims and contradictions."""
        return answers.json(request, shelf.incident(id))

    @app.get("/api/sources")
    def sources(request: Request) -> Response:
        """Who is quoted, by whom, how often; who bears them out, repeats or contradicts them."""
        return answers.json(request, shelf.ledger.sources(**_asked(request)))

    @app.get("/api/articles/{id}")
    def article(request: Request, id: str) -> Response:
        """One article with its text and claims."""
        return answers.json(request, shelf.article(id))


def _about(app: FastAPI, shelf: Shelf) -> None:
    @app.get("/feed.atom")
    def atom(request: Request) -> Response:
        """The newest incidents that fit the filter, as an Atom feed (RFC 4287)."""
        newest = shelf.ledger.latest(feed.ENTRIES, **_asked(request))
        document = feed.atom(newest, str(request.base_url), str(request.url), shelf.about().title)
        return Response(document, media_type="application/atom+xml")

    @app.get("/docs", include_in_schema=False)
    def docs() -> HTMLResponse:
        return HTMLResponse(reference.page(app.openapi()))


def _asked(request: Request) -> dict[str, Any]:
    given = request.query_params
    asked: dict[str, Any] = {name: given[name] for name in FIELDS if given.get(name)}
    return asked | ({"contested": True} if given.get("contested") == "1" else {})
