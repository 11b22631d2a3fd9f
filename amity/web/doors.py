"""The doors of the application: every request passes here before anything answers it."""

from __future__ import annotations

import html
from typing import Any
from urllib.parse import parse_qs

from fastapi import FastAPI, HTTPException, Request, Response
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse
from starlette.concurrency import run_in_threadpool

from amity.web.access import COOKIE, HEADER, LASTING, Access

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "img-src 'self' data: blob:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
READING = frozenset({"GET", "HEAD", "OPTIONS"})
LOGIN, LOGOUT = "/login", "/logout"
LARGEST = 1_000_000
"""Bytes that the body of a request may have."""

FORM = 4_000
"""Bytes that the form of the login may have."""


def guard(app: FastAPI, access: Access) -> None:
    """Put the doors before an application."""

    @app.middleware("http")
    async def doors(request: Request, call_next: Any) -> Response:
        response: Response = _refusal(request, access) or await call_next(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response

    @app.get(LOGIN, include_in_schema=False)
    def login_page() -> HTMLResponse:
        return _login("")

    @app.post(LOGIN, include_in_schema=False)
    async def login(request: Request) -> Response:
        if not access.attempts.take(_client(request)):
            return _login("Too many attempts; wait a minute.", 429)
        given = parse_qs((await body(request, FORM)).decode(errors="replace"))
        if not await run_in_threadpool(access.right, given.get("password", [""])[0]):
            return _login("That is not the password.", 403)
        response = RedirectResponse("/", status_code=303)
        response.set_cookie(
            COOKIE, access.sessions.open(), max_age=int(LASTING), httponly=True, samesite="strict", secure=access.secure
        )
        return response

    @app.post(LOGOUT, include_in_schema=False)
    def logout(request: Request) -> Response:
        access.sessions.close(request.cookies.get(COOKIE))
        response = Response(status_code=204)
        response.delete_cookie(COOKIE)
        return response


async def body(request: Request, most: int = LARGEST) -> bytes:
    """The body of a request, however it is sent, up to so many bytes; refuses longer ones."""
    held = b""
    async for chunk in request.stream():
        held += chunk
        if len(held) > most:
            raise HTTPException(413, f"more than {most:,} bytes")
    return held


def _refusal(request: Request, access: Access) -> Response | None:
    """Why a request goes no further; null when it may."""
    headers, path = request.headers, request.url.path
    host = headers.get("host", "")
    if not access.expected(host):
        return _told(421, f"this server is not called {host!r}")
    if not access.requests.take(_client(request)):
        return _told(429, "too many requests; wait a little", {"Retry-After": "5"})
    if _size(headers.get("content-length")) > LARGEST:
        return _told(413, f"more than {LARGEST:,} bytes")
    if request.method not in READING:
        header = "form" if path == LOGIN else headers.get(HEADER)
        if not access.from_here(host, headers.get("origin"), headers.get("sec-fetch-site"), header):
            return _told(403, f"only amity's own pages may change anything (the header {HEADER} is missing or foreign)")
    if path != LOGIN and not access.known(request.cookies.get(COOKIE), headers.get("authorization")):
        wants_page = "text/html" in headers.get("accept", "")
        return RedirectResponse(LOGIN, status_code=303) if wants_page else _told(401, "log in, or show the token")
    return None


def _client(request: Request) -> str:
    return request.client.host if request.client else ""


def _size(header: str | None) -> int:
    return int(header) if header and header.isdecimal() else 0


def _told(status: int, detail: str, headers: dict[str, str] | None = None) -> JSONResponse:
    return JSONResponse({"detail": detail}, status_code=status, headers=headers)


def _login(message: str, status: int = 200) -> HTMLResponse:
    told = f'<p role="alert">{html.escape(message)}</p>' if message else ""
    return HTMLResponse(
        '<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        '<title>amity</title><link rel="stylesheet" href="app.css"><main><h1>amity</h1>'
        f'{told}<form method="post" action="login"><p><label>Password <input type="password" name="password" '
        'autocomplete="current-password" autofocus required></label> <button>Log in</button></p></form></main></html>',
        status_code=status,
    )
