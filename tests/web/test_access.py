"""Who may ask."""

from __future__ import annotations

import pytest

from amity.web.access import Access, Bucket, Sessions, hashed, hostname, loopback


class Time:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "localhost", "127.8.9.1"])
def test_loopback(host: str) -> None:
    assert loopback(host)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.4", "example.org", ""])
def test_elsewhere(host: str) -> None:
    assert not loopback(host)


@pytest.mark.parametrize(
    ("header", "name"),
    [("[::1]:8470", "::1"), ("LOCALHOST:80", "localhost"), ("evil.example", "evil.example"), ("[", ""), ("", "")],
)
def test_names_in_host_headers(header: str, name: str) -> None:
    assert hostname(header) == name


def test_a_name_that_was_made_to_resolve_to_us_is_refused() -> None:
    assert Access().expected("127.0.0.1:8470")
    assert not Access().expected("evil.example:8470")
    assert not Access().expected("127.0.0.1.evil.example")


def test_without_a_password_everybody_on_this_machine_is_known() -> None:
    assert Access().known(None, None)


def test_a_session_opens_closes_and_ends() -> None:
    time = Time()
    access = Access(password=hashed("correct horse battery"), sessions=Sessions(time))
    assert not access.known(None, None)
    assert access.right("correct horse battery")
    assert not access.right("correct horse")
    name = access.sessions.open()
    assert access.known(name, None)
    assert not access.known(name + "x", None)
    time.now += 13 * 3600
    assert not access.known(name, None)
    again = access.sessions.open()
    access.sessions.close(again)
    assert not access.known(again, None)


def test_a_token_opens_and_others_do_not() -> None:
    access = Access(token="abc")
    assert access.known(None, "Bearer abc")
    assert not access.known(None, "Bearer abcd")
    assert not access.known(None, "Basic abc")
    assert not access.known(None, None)


@pytest.mark.parametrize(
    ("origin", "fetched", "header", "ours"),
    [
        ("http://127.0.0.1:8470", "same-origin", "1", True),
        (None, None, "1", True),
        ("http://evil.example", "cross-site", "1", False),
        ("http://evil.example", None, "1", False),
        ("http://127.0.0.1:9999", "same-site", "1", False),
        ("http://127.0.0.1:8470", "same-origin", None, False),
        ("null", None, "1", False),
    ],
)
def test_only_our_own_pages_change_anything(
    origin: str | None, fetched: str | None, header: str | None, ours: bool
) -> None:
    assert Access().from_here("127.0.0.1:8470", origin, fetched, header) is ours


def test_a_bucket_lets_a_burst_pass_and_then_a_few() -> None:
    time = Time()
    bucket = Bucket(rate=1, burst=3, clock=time)
    assert [bucket.take("a") for _ in range(4)] == [True, True, True, False]
    assert bucket.take("b")
    time.now += 1
    assert [bucket.take("a") for _ in range(2)] == [True, False]
