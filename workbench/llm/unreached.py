"""Connections that came to nothing, told by what a person can do: no such host, nobody there, no trust, broken off."""

from __future__ import annotations

import os
import socket
import ssl
from collections.abc import Iterator

from workbench.errors import InvalidInput, ModelError, ModelUnreachable, WorkbenchError
from workbench.llm.address import Address

IN_DOUBT = "the call may have been charged"


def connection_error(exc: Exception, address: Address) -> WorkbenchError:
    """What our own hooks raised comes back wrapped; everything else is the network's."""
    causes = list(_causes(exc))
    ours = next((cause for cause in causes if isinstance(cause, WorkbenchError)), None)
    if ours is not None:
        return ours
    text = type(causes[0] if causes else exc).__name__
    if "Connect" in text:  # and nothing else: what breaks later was sent
        return _not_connected(causes, address)
    return ModelError(f"the connection broke before the answer: {text}", hint=IN_DOUBT, maybe_charged=True)


def _not_connected(causes: list[BaseException], address: Address) -> ModelUnreachable:
    for cause in causes:
        if isinstance(cause, ssl.SSLCertVerificationError):
            why = cause.verify_message
            return ModelUnreachable(
                f"the certificate of {address.host} is not trusted: {why}",
                hint="a certificate of your organisation is trusted when SSL_CERT_FILE names its file",
            )
        if isinstance(cause, ssl.SSLError):
            return ModelUnreachable(
                f"no secure connection to {address.host} comes about",
                hint="a server on this machine or in your network often has http:// instead of https://",
            )
        if isinstance(cause, socket.gaierror):
            return ModelUnreachable(
                f"no machine of the name {address.host} is found", hint="check the spelling, and the network"
            )
    return ModelUnreachable(f"nothing answers at {address.url}", hint="is the server running, is the address right?")


def trusted() -> ssl.SSLContext | bool:
    """The certificates to trust: those of the file SSL_CERT_FILE, else the usual ones. Raises `InvalidInput`."""
    file = os.environ.get("SSL_CERT_FILE")
    if not file:
        return True
    try:
        return ssl.create_default_context(cafile=file)
    except OSError:
        raise InvalidInput(
            f"SSL_CERT_FILE names {file}, which holds no certificates", hint="correct the variable, or unset it"
        ) from None


def _causes(exc: BaseException) -> Iterator[BaseException]:
    """Why it happened, from the outside in."""
    seen = {id(exc)}
    cause = exc.__cause__ or exc.__context__
    while cause is not None and id(cause) not in seen:
        seen.add(id(cause))
        yield cause
        cause = cause.__cause__ or cause.__context__
