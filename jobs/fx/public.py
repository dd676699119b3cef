"""Where a request may go: a name is looked up once, and only public addresses are asked.

An address in a row of the database must not make the clock talk to machines behind its firewall
(server-side request forgery): not to itself, the local network, or a cloud's metadata service.
"""

from __future__ import annotations

import asyncio
import os
import socket
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

ALLOW_LOOPBACK = "QUARTERBASE_FX_ALLOW_LOOPBACK"
"""Set to 1 by tests, whose publishers are servers on this machine; nothing else should."""

# Public by their numbers, and yet not: Azure's own services inside every virtual machine, and
# addresses that carry an IPv4 address inside and are unpacked on the way.
_NOT_PUBLIC: tuple[IPv4Network | IPv6Network, ...] = (
    IPv4Network("168.63.129.16/32"),
    IPv6Network("64:ff9b::/96"),
    IPv6Network("64:ff9b:1::/48"),
    IPv6Network("2002::/16"),
    IPv6Network("2001::/32"),
)


class NotPublicError(Exception):
    """The name leads to a machine that may not be asked."""


def loopback_allowed() -> bool:
    return os.environ.get(ALLOW_LOOPBACK) == "1"


def may_be_asked(address: IPv4Address | IPv6Address) -> bool:
    """Public addresses only, and this machine when tests allow it."""
    if isinstance(address, IPv6Address) and address.ipv4_mapped:
        address = address.ipv4_mapped
    if address.is_loopback:
        return loopback_allowed()
    return (
        address.is_global
        and not address.is_multicast
        and not address.is_reserved
        and not any(address in network for network in _NOT_PUBLIC)
    )


async def addresses(host: str, port: int) -> list[str]:
    """The addresses of a host, to be connected to as they are. Raises OSError, NotPublicError.

    One address that may not be asked is enough to refuse the name.
    """
    loop = asyncio.get_running_loop()
    found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    texts = list(dict.fromkeys(str(sockaddr[0]).partition("%")[0] for *_, sockaddr in found))
    if not texts or not all(may_be_asked(ip_address(text)) for text in texts):
        raise NotPublicError(host)
    return texts
