"""Any endpoint that speaks the OpenAI chat API: OpenAI, gateways, vLLM, Ollama, llama.cpp.

The client library is used to build and send requests and for nothing else: its retries are off (it would send a paid
request three times), redirects are off (it would send the prompt to whoever it is redirected to), the key is put
in at the last moment and bound to this endpoint, and the answer is read here, under a total deadline and a size cap.
"""

from __future__ import annotations

import asyncio
import os
import threading
from collections.abc import Callable
from typing import Any

import openai

from workbench.errors import ModelError, ModelUnreachable, WorkbenchError
from workbench.llm.address import Address, check_base_url, check_peer
from workbench.llm.base import OnText, Price, Reply, Request
from workbench.llm.loop import wait_for
from workbench.llm.statuses import error_of_status, without_key
from workbench.llm.wire import EventReader, arguments_of, finished, read_completion

LARGEST_ANSWER = 8_000_000
"""Bytes of one answer that are read at most."""

_LARGEST_ERROR = 20_000
_IN_DOUBT = "the call may have been charged"
_KEPT_HEADERS = {
    *("host", "accept", "accept-encoding", "connection", "content-type", "content-length", "user-agent"),
    *("authorization", "x-stainless-raw-response"),  # by the last one the client knows that we read the bytes ourselves
}

KeySource = Callable[[], str]


def key_in_environment(variable: str) -> KeySource:
    """Reads the key from an environment variable when it is needed; it is never kept."""

    def read() -> str:
        key = os.environ.get(variable, "").strip()
        if not key:
            raise ModelError(f"the variable {variable} holds no key", hint=f"set {variable} and restart the notebook")
        return key

    return read


class OpenAICompatible:
    """A chat model behind a base_url.

    Args:
        base_url: the endpoint, checked by `check_base_url`.
        name: the model to ask for.
        key: gives the key, or None for an endpoint without one.
        local: whether the endpoint may be in a private network.
        price: what it costs, None when that is not known.
        deadline: seconds from sending a request to the end of its answer.
        largest_answer: bytes of an answer that are read at most.
    """

    def __init__(
        self,
        base_url: str,
        name: str,
        *,
        key: KeySource | None = None,
        local: bool = False,
        price: Price | None = None,
        deadline: float = 120.0,
        largest_answer: int = LARGEST_ANSWER,
    ) -> None:
        self._address = check_base_url(base_url, local=local)
        self.name = name
        self.endpoint = self._address.url
        self.on_this_machine = self._address.loopback
        self.price = price
        self.deadline = deadline
        self._key = key
        self._largest = largest_answer
        self._clients: dict[int, openai.AsyncOpenAI] = {}
        self._lock = threading.Lock()

    def __repr__(self) -> str:
        return f"<OpenAICompatible {self.name!r} at {self.endpoint}>"

    def reply(self, request: Request, *, on_text: OnText | None = None) -> Reply:
        """Ask once; no retries here. Raises `ModelError`, `ModelRefused`, `ModelUnreachable`."""
        key = self._key() if self._key else ""
        client = self._client()
        try:
            return wait_for(lambda emit: self._ask(client, request, key, emit), on_text)
        except ModelError as exc:
            raise without_key(exc, key) from None

    def _client(self) -> openai.AsyncOpenAI:
        with self._lock:
            client = self._clients.get(os.getpid())
            if client is None:
                client = self._clients[os.getpid()] = openai.AsyncOpenAI(
                    api_key="set-when-sent",
                    base_url=self._address.url,
                    max_retries=0,
                    timeout=self.deadline,
                    http_client=_http_client(self._address),
                )
            return client

    async def _ask(self, client: openai.AsyncOpenAI, request: Request, key: str, emit: OnText | None) -> Reply:
        try:
            async with asyncio.timeout(self.deadline):
                return await self._send(client, request, key, emit)
        except TimeoutError:
            raise ModelError(
                f"no complete answer within {self.deadline:g} s",
                hint="the call may have been charged",
                maybe_charged=True,
            ) from None
        except openai.APIConnectionError as exc:
            raise _connection_error(exc, self._address) from None
        except openai.OpenAIError as exc:
            raise ModelError(f"the request could not be sent: {type(exc).__name__}") from None

    async def _send(self, client: openai.AsyncOpenAI, request: Request, key: str, emit: OnText | None) -> Reply:
        arguments = arguments_of(request, self.name, stream=emit is not None)
        headers = {"Authorization": f"Bearer {key}"} if key else {"Authorization": openai.Omit()}
        # The typed method would walk through every message to rename fields, which takes longer than all else together.
        options: Any = {"headers": {**headers, "X-Stainless-Raw-Response": "stream"}}
        response: Any = await client.post("/chat/completions", cast_to=object, body=arguments, options=options)
        try:
            reader = EventReader(emit) if emit else None
            body = bytearray()
            size = 0
            async for data in _bytes_of(response):
                size += len(data)
                if size > self._largest:
                    raise ModelError(f"the answer is larger than {self._largest:,} bytes", maybe_charged=True)
                if reader:
                    reader.feed(data)
                else:
                    body += data
        finally:
            await response.close()
        return finished(reader.answer if reader else read_completion(bytes(body)), request, self.name)


def _http_client(address: Address) -> Any:
    """An HTTP client that follows nothing, checks where it is connected, and reads no large error."""
    proxied = not (address.local or address.loopback) and _has_proxy()

    async def check_connection(event: str, info: dict[str, Any]) -> None:
        if event == "connection.connect_tcp.complete" and not proxied:
            peer = info["return_value"].get_extra_info("server_addr")
            check_peer(address, str(peer[0]))

    async def before(request: Any) -> None:
        for header in [name for name in request.headers if name.lower() not in _KEPT_HEADERS]:
            del request.headers[header]
        request.headers["Accept-Encoding"] = "identity"
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
        raise error_of_status(response.status_code, response.headers, bytes(text[:_LARGEST_ERROR]), kind)

    hooks: dict[str, list[Any]] = {"request": [before], "response": [after]}
    return openai.DefaultAsyncHttpxClient(
        follow_redirects=False, event_hooks=hooks, trust_env=proxied, limits=openai.DEFAULT_CONNECTION_LIMITS
    )


async def _bytes_of(response: Any) -> Any:
    try:
        async for data in response.http_response.aiter_bytes():
            yield data
    except WorkbenchError:
        raise
    except Exception as exc:  # the transport's own errors; their classes differ between versions of the client
        raise ModelError(f"the answer broke off: {type(exc).__name__}", hint=_IN_DOUBT, maybe_charged=True) from None


def _connection_error(exc: openai.APIConnectionError, address: Address) -> WorkbenchError:
    """What our own hooks raised comes back wrapped; everything else is the network's."""
    cause = exc.__cause__
    while cause is not None and not isinstance(cause, WorkbenchError):
        cause = cause.__cause__
    if cause is not None:
        return cause
    text = type(exc.__cause__).__name__ if exc.__cause__ else type(exc).__name__
    if "Connect" in text:
        return ModelUnreachable(
            f"nothing answers at {address.url}", hint="is the server running, is the address right?"
        )
    return ModelError(f"the connection broke before the answer: {text}", hint=_IN_DOUBT, maybe_charged=True)


def _has_proxy() -> bool:
    from urllib.request import getproxies

    return bool(getproxies())
