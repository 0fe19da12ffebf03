"""What is done at both ends of a request: where it is connected to, which headers go out, what kind of answer is read.

Works on the requests and responses of the client's own HTTP library, whose name and version are the client's affair.
"""

from __future__ import annotations

from typing import Any

from workbench.errors import ModelError, WorkbenchError
from workbench.llm.address import Address, check_peer
from workbench.llm.statuses import error_of_status
from workbench.llm.unreached import IN_DOUBT

_LARGEST_ERROR = 20_000
_KEPT_HEADERS = {
    *(b"host", b"accept", b"connection", b"content-type", b"content-length", b"user-agent"),
    *(
        b"authorization",
        b"x-stainless-raw-response",
    ),  # by the last one the client knows that we read the bytes ourselves
}


def goes_through_proxy(address: Address) -> bool:
    """Whether requests to this address are handed to a proxy of the environment."""
    from urllib.request import getproxies

    return not (address.local or address.loopback) and bool(getproxies())


def hooks(address: Address, *, proxied: bool) -> dict[str, list[Any]]:
    """Event hooks that check where a request is connected to, and that read no large error."""

    async def check_connection(event: str, info: dict[str, Any]) -> None:
        if event == "connection.connect_tcp.complete" and not proxied:
            peer = info["return_value"].get_extra_info("server_addr")
            check_peer(address, str(peer[0]))

    async def before(request: Any) -> None:
        # One list instead of one deletion after the other, each of which would go through all of them.
        kept = [(name, value) for name, value in request.headers.raw if name.lower() in _KEPT_HEADERS]
        request.headers = type(request.headers)([*kept, (b"Accept-Encoding", b"identity")])
        request.extensions["trace"] = check_connection

    async def after(response: Any) -> None:
        kind = response.headers.get("content-type", "").split(";")[0].strip().lower()
        if response.status_code == 200 and kind in {"application/json", "text/event-stream"}:
            return
        text = bytearray()
        async for data in response.aiter_bytes():
            text += data
            if len(text) > _LARGEST_ERROR:
                break
        keyed = "authorization" in response.request.headers
        status = response.status_code
        exc = error_of_status(status, response.headers, bytes(text[:_LARGEST_ERROR]), kind, keyed=keyed)
        exc.status = status
        raise exc

    return {"request": [before], "response": [after]}


async def bytes_of(response: Any) -> Any:
    """The bytes of an answer as they come. Raises `ModelError` when it breaks off."""
    try:
        async for data in response.http_response.aiter_bytes():
            yield data
    except WorkbenchError:
        raise
    except Exception as exc:  # the transport's own errors; their classes differ between versions of the client
        raise ModelError(f"the answer broke off: {type(exc).__name__}", hint=IN_DOUBT, maybe_charged=True) from None


def closes_behind_stream(response: Any) -> bool:
    """Whether this server closes the connection behind a stream without having said so, as llama.cpp does.

    The next request could meet the close on its way, and be in doubt. When the end of such an answer is not read, the
    client closes the connection itself.
    """
    return str(response.http_response.headers.get("server", "")).startswith("llama.cpp")
