"""Which addresses of the network may be fetched from: only such as lie in the open internet, unless one's own are allowed."""

from __future__ import annotations

import ipaddress
import re
import socket
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from dragoman.errors import InputError

_PATH_SAFE = "%/:=&?~#+!$,;'@()*[]"
_NUMBER = re.compile(r"(?i)\d+|0x[0-9a-f]*")
_MOST_CHARS = 8_000
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_CLOUD = frozenset((ipaddress.ip_address("168.63.129.16"),))
"""Services that a cloud shows its own machines under an address of the open internet."""
_PORTS = {"http": 80, "https": 443}

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


@dataclass(frozen=True, slots=True)
class Target:
    """An address taken apart and vetted: connect to ``ip``, speak to ``host``."""

    url: str
    is_https: bool
    host: str
    port: int
    path: str
    ip: str


def vet_address(url: str, *, allow_private: bool = False) -> Target:
    """Take apart a web address and look up its host, once: who connects uses the number found here.

    Raises:
        InputError: it is no http or https address, its host isn't known, or leads into a private network.
    """
    if len(url) > _MOST_CHARS:
        raise _refuse(url, "too long for a web address", "bad address")
    try:
        parts = urlsplit(url.strip())
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError as error:
        raise _refuse(url, f"no web address ({error})", "bad address") from error
    if parts.scheme not in _PORTS:
        raise _refuse(url, "only http:// and https:// addresses are fetched", "bad address")
    if not host or parts.username is not None:
        raise _refuse(url, "a web address needs a host, and no user name", "bad address")
    port = port if port is not None else _PORTS[parts.scheme]
    path = quote(parts.path or "/", safe=_PATH_SAFE) + (
        f"?{quote(parts.query, safe=_PATH_SAFE)}" if parts.query else ""
    )
    found = _look_up(_plain_host(host, url), port, url)
    inner = [ip for ip in found if not is_public(ip)]
    if inner and not allow_private:
        raise _refuse(url, f"leads into a private network ({inner[0]})", "private address")
    return Target(url.strip(), parts.scheme == "https", _plain_host(host, url), port, path, str(found[0]))


def is_public(ip: Address) -> bool:
    """Whether the number lies in the open internet, and so does any that is hidden inside it."""
    if isinstance(ip, ipaddress.IPv6Address):
        hidden = [ip.ipv4_mapped, ip.sixtofour, *(ip.teredo or ())]
        if ip in _NAT64 or int(ip) >> 32 == 0:
            hidden.append(ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF))
        if any(inner is not None and not is_public(inner) for inner in hidden):
            return False
        if ip.ipv4_mapped or ip in _NAT64:
            return True
        if ip.is_site_local:
            return False
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_unspecified or ip in _CLOUD)


def _plain_host(host: str, url: str) -> str:
    """The host in ASCII. A number must be written the usual way: ``2130706433`` and ``0177.0.0.1`` are disguises."""
    try:
        return str(ipaddress.ip_address(host))
    except ValueError:
        if _NUMBER.fullmatch(host.rpartition(".")[2]) or "%" in host:
            raise _refuse(url, f"{host!r} is a disguised number", "private address") from None
    try:
        return host.encode("idna").decode("ascii")
    except UnicodeError as error:
        raise _refuse(url, f"{host[:80]!r} is no host's name", "bad address") from error


def _look_up(host: str, port: int, url: str) -> list[Address]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise _refuse(url, f"the host {host} isn't known ({error})", "unknown host") from error
    return [ipaddress.ip_address(str(entry[4][0]).partition("%")[0]) for entry in found]


def _refuse(url: str, why: str, reason: str) -> InputError:
    return InputError(f"{why}; check the address", place=url[:200], reason=reason)
