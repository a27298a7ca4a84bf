"""Which addresses on the internet may be asked for an article: public ones only, whatever form they are written in."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolve = Callable[[str, int], Sequence[str]]

_LONGEST = 2000
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_STANDARD_PORTS = {"http": 80, "https": 443}


class RefusedError(Exception):
    """An address must not be asked, or did not answer; the message says why."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where to ask: the scheme, the host as it calls itself, the address that was checked, the port, and for what."""

    scheme: str
    host: str
    address: str
    port: int
    path: str


def checked(url: str, resolve: Resolve, allows: Callable[[Address], bool], ports: Sequence[int]) -> Place:
    """Look up the host of a link and check every address that it has; raises `RefusedError` for one not allowed.

    The place holds the address that was checked: who connects to it asks no name server again.
    """
    parts, port = _split(url)
    if port not in ports:
        raise RefusedError(f"port {port} is not allowed")
    host = _host(parts.hostname or "")
    try:
        found = [ipaddress.ip_address(address.partition("%")[0]) for address in resolve(host, port)]
    except (OSError, ValueError) as error:
        raise RefusedError(f"'{host}' was not found") from error
    if not found:
        raise RefusedError(f"'{host}' was not found")
    if not all(allows(address) for address in found):
        raise RefusedError(f"'{host}' is not a public address")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Place(parts.scheme, host, str(found[0]), port, path)


def is_public(address: Address) -> bool:
    """Tell whether anybody on the internet could ask this address, also where it holds another one within it."""
    return address.is_global and not address.is_multicast and all(is_public(within) for within in _within(address))


def by_dns(host: str, port: int) -> list[str]:
    """Give every address of a host, as the system knows it; raises `OSError` where there is none."""
    return [str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


def _within(address: Address) -> list[ipaddress.IPv4Address]:
    """Give the addresses that an address of the newer kind stands for."""
    if isinstance(address, ipaddress.IPv4Address):
        return []
    relayed = address.teredo or ()
    held = [address.ipv4_mapped, address.sixtofour, *relayed]
    if address in _NAT64:
        held.append(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
    return [one for one in held if one is not None]


def _split(url: str) -> tuple[SplitResult, int]:
    if len(url) > _LONGEST or not url.isprintable() or "\\" in url or " " in url:
        raise RefusedError("this is no link")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise RefusedError("this is no link") from error
    if parts.scheme not in _STANDARD_PORTS or not parts.hostname:
        raise RefusedError("a link begins with https:// or http://")
    if parts.username is not None or parts.password is not None:
        raise RefusedError("a link must not hold a name or a password")
    if not f"{parts.path}{parts.query}".isascii():
        raise RefusedError("letters of a link beyond a-z must be written as %XX, as the browser copies them")
    return parts, _STANDARD_PORTS[parts.scheme] if port is None else port


def _host(name: str) -> str:
    try:
        return name if ":" in name else name.encode("idna").decode("ascii")
    except UnicodeError as error:
        raise RefusedError("this is no link") from error
