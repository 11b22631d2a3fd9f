"""Which addresses may be fetched from: public ones, reached by the name that was asked for."""

from __future__ import annotations

import ipaddress
import re
import socket
from collections.abc import Callable, Iterable
from urllib.parse import SplitResult, urlsplit

from amity.errors import InputError

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolver = Callable[[str, int], list[str]]

# Addresses of IPv6 that stand for one of IPv4: translation (RFC 6052, RFC 8215), 6to4 (RFC 3056).
_TRANSLATED = (ipaddress.IPv6Network("64:ff9b::/96"), ipaddress.IPv6Network("64:ff9b:1::/48"))
_DISGUISED = re.compile(r"(?:0x[0-9a-f]*|\d+)(?:\.(?:0x[0-9a-f]*|\d+)){0,3}\.?", re.IGNORECASE)


def resolve(host: str, port: int) -> list[str]:
    """The addresses of a host by the system's resolver."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[4][0]) for address in found))


def check_url(url: str) -> SplitResult:
    """The parts of an http(s) URL; raises `InputError` for other schemes, credentials and disguised addresses."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise InputError(url, f"is no URL: {error}") from error
    if parts.scheme not in ("http", "https"):
        raise InputError(url, "only http and https are fetched")
    if parts.username is not None or parts.password is not None:
        raise InputError(url, "carries a user name or password")
    if not parts.hostname or port == 0:
        raise InputError(url, "names no host")
    if _DISGUISED.fullmatch(parts.hostname) and not _literal(parts.hostname):
        raise InputError(url, "writes its address in a form that hides it")
    return parts


def public_addresses(host: str, port: int, resolver: Resolver, allow_private: bool) -> list[str]:
    """The addresses of a host, all checked; raises `OSError` when it has none and `PermissionError` for private ones.

    One private address among public ones is enough to refuse: which one a connection takes would be up to chance.
    """
    literal = _literal(host)
    addresses = [str(literal)] if literal else resolver(host, port)
    if not addresses:
        raise OSError("has no address")
    if not allow_private:
        check_public(addresses)
    return addresses


def check_public(addresses: Iterable[str]) -> None:
    """Raise `PermissionError` for an address that is not on the public Internet."""
    for address in addresses:
        if not is_public(ipaddress.ip_address(address.partition("%")[0])):
            raise PermissionError(f"leads to the private address {address} (--allow-private permits it)")


def is_public(address: IPAddress) -> bool:
    """Whether an address, or the IPv4 address in it, is globally reachable unicast."""
    if isinstance(address, ipaddress.IPv6Address) and (inner := _embedded(address)):
        return is_public(inner)
    return address.is_global and not address.is_multicast and not address.is_reserved


def _embedded(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    if address.ipv4_mapped or address.sixtofour:
        return address.ipv4_mapped or address.sixtofour
    if address.teredo:
        return address.teredo[1]
    if any(address in network for network in _TRANSLATED) or int(address) >> 32 == 0:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return None


def _literal(host: str) -> IPAddress | None:
    try:
        return ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return None
