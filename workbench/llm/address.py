"""Which addresses a model endpoint may have: the guard against a base_url that leads somewhere it should not.

https anywhere; plain http only to this machine, or into a private network when the settings say ``local``. Never
link-local addresses (cloud metadata services answer there), never a user name in the URL. The address really
connected to is checked again before anything is sent, so that a name cannot be rebound in between.
"""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from urllib.parse import urlsplit

from workbench.errors import InvalidInput

_METADATA = ipaddress.ip_address("fd00:ec2::254")


@dataclass(frozen=True, slots=True)
class Address:
    """A checked base_url. `local` allows private networks; `loopback` means that it is this machine."""

    url: str
    host: str
    local: bool
    loopback: bool


def check_base_url(url: str, *, local: bool = False) -> Address:
    """Check a base_url as typed; raises `InvalidInput` that says which rule it breaks."""
    try:
        parts = urlsplit(url.strip())
        host = parts.hostname or ""
        _ = parts.port
    except ValueError as exc:
        raise InvalidInput(f"the base URL cannot be read: {exc}", hint="example: https://api.openai.com/v1") from exc
    if parts.scheme not in {"http", "https"} or not host:
        raise InvalidInput("a base URL begins with https:// or http://", hint="example: https://api.openai.com/v1")
    if parts.username is not None or parts.password is not None:
        raise InvalidInput("a base URL must not hold a user name or password", hint="name a key_variable instead")
    if parts.query or parts.fragment:
        raise InvalidInput("a base URL has no ? and no #", hint="leave them out")
    loopback = host == "localhost" or _is_loopback(host)
    _check_host(host, local=local)
    if parts.scheme == "http" and not loopback and not (local and _may_be_private(host)):
        raise InvalidInput(
            "plain http would send text and key readable by others",
            hint='use https, or set "local": true for a server in your own network',
        )
    return Address(parts.geturl().rstrip("/"), host, local, loopback)


def check_peer(address: Address, peer: str) -> None:
    """Check the address a connection really has; raises `InvalidInput` when it must not be used."""
    ip = _ip(peer)
    if ip is None:
        return
    if ip.is_loopback and not address.loopback and not address.local:
        raise InvalidInput(f"{address.host} leads back to this machine", hint='set "local": true if that is meant')
    if address.loopback and not ip.is_loopback:
        raise InvalidInput(f"{address.host} does not lead to this machine", hint="use 127.0.0.1")
    _check_host(peer, local=address.local or address.loopback)


def _check_host(host: str, *, local: bool) -> None:
    ip = _ip(host)
    if ip is None or ip.is_loopback:
        return
    if ip.is_link_local or ip.is_unspecified or ip.is_multicast or ip == _METADATA:
        raise InvalidInput(f"{host} is not the address of a model server", hint="use the server's own name")
    if ip.is_private and not local:
        raise InvalidInput(f"{host} is in a private network", hint='set "local": true for a server in your own network')


def _may_be_private(host: str) -> bool:
    ip = _ip(host)
    return ip is None or ip.is_private


def _is_loopback(host: str) -> bool:
    ip = _ip(host)
    return ip is not None and ip.is_loopback


def _ip(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        ip = ipaddress.ip_address(host.split("%")[0])
    except ValueError:
        return None
    mapped = ip.ipv4_mapped if isinstance(ip, ipaddress.IPv6Address) else None
    return mapped or ip
