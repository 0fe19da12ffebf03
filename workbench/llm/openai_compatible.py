"""Any endpoint that speaks the OpenAI chat API: OpenAI, gateways, vLLM, Ollama, llama.cpp.

The client library is used to build and send requests and for nothing else: its retries are off (it would send a paid
request three times), redirects are off (it would send the prompt to whoever it is redirected to), the key is put
in at the last moment and bound to this endpoint, and the answer is read here, under a total deadline and a size cap.
"""

from __future__ import annotations

import asyncio
import os
import threading
import weakref
from collections.abc import Awaitable, Iterator
from contextlib import aclosing, contextmanager
from dataclasses import dataclass
from typing import Any, TypeVar

import openai

from workbench.errors import ModelError
from workbench.llm.address import Address, check_base_url
from workbench.llm.base import OnText, Price, Reply, Request
from workbench.llm.hooks import bytes_of, closes_behind_stream, goes_through_proxy, hooks
from workbench.llm.keys import KeySource
from workbench.llm.listing import NO_LIST, listed_names
from workbench.llm.loop import the_loop, wait_for
from workbench.llm.statuses import without_key
from workbench.llm.unreached import connection_error, trusted
from workbench.llm.wire import EventReader, arguments_of, finished, read_completion

T = TypeVar("T")

LARGEST_ANSWER = 8_000_000
"""Bytes of one answer that are read at most."""

_CALLS_OF_A_CLIENT = 16
"""Calls under way in one client: for each request its pool looks at every connection it has."""

_IDLE_SECONDS = 2.0
"""Seconds an idle connection is kept. Servers close theirs after five or more: a request that meets the close on its
way would be in doubt for nothing."""


@dataclass
class _Lane:
    """A client and how many calls it carries."""

    client: openai.AsyncOpenAI
    busy: int = 0


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
        self._lanes: dict[int, list[_Lane]] = {}
        self._lock = threading.Lock()

    def __repr__(self) -> str:
        return f"<OpenAICompatible {self.name!r} at {self.endpoint}>"

    def reply(self, request: Request, *, on_text: OnText | None = None) -> Reply:
        """Ask once; no retries here. Raises `ModelError`, `ModelRefused`, `ModelUnreachable`."""
        key = self._key() if self._key else ""
        with self._lane() as client:
            try:
                return wait_for(lambda emit: self._in_time(self._send(client, request, key, emit)), on_text)
            except ModelError as exc:
                raise without_key(exc, key) from None

    def listed(self) -> list[str] | None:
        """The names of the models that the endpoint lists; None when it has no list. Asks no model, costs nothing.

        Raises `ModelError` that says what is wrong with the address or the key.
        """
        key = self._key() if self._key else ""
        with self._lane() as client:
            try:
                return wait_for(lambda _: self._in_time(listed_names(client, _headers(key))), None)
            except ModelError as exc:
                if exc.status in NO_LIST:
                    return None
                raise without_key(exc, key) from None

    @contextmanager
    def _lane(self) -> Iterator[openai.AsyncOpenAI]:
        """A client with room for one more call."""
        with self._lock:
            lanes = self._lanes.setdefault(os.getpid(), [])
            lane = next((lane for lane in lanes if lane.busy < _CALLS_OF_A_CLIENT), None)
            if lane is None:
                lane = _Lane(self._client())
                lanes.append(lane)
                weakref.finalize(self, _close, lane.client).atexit = False
            lane.busy += 1
        try:
            yield lane.client
        finally:
            with self._lock:
                lane.busy -= 1

    def _client(self) -> openai.AsyncOpenAI:
        return openai.AsyncOpenAI(
            api_key="set-when-sent",
            base_url=self._address.url,
            max_retries=0,
            timeout=self.deadline,
            http_client=_http_client(self._address),
        )

    async def _in_time(self, answer: Awaitable[T]) -> T:
        try:
            async with asyncio.timeout(self.deadline):
                return await answer
        except TimeoutError:
            raise ModelError(
                f"no complete answer within {self.deadline:g} s",
                hint="the call may have been charged; if the model is only slow, give it a longer deadline",
                maybe_charged=True,
            ) from None
        except openai.APIConnectionError as exc:
            raise connection_error(exc, self._address) from None
        except openai.OpenAIError as exc:
            raise ModelError(f"the request could not be sent: {type(exc).__name__}") from None

    async def _send(self, client: openai.AsyncOpenAI, request: Request, key: str, emit: OnText | None) -> Reply:
        arguments = arguments_of(request, self.name, stream=emit is not None)
        # The typed method would walk through every message to rename fields, which takes longer than all else together.
        options: Any = {"headers": _headers(key)}
        response: Any = await client.post("/chat/completions", cast_to=object, body=arguments, options=options)
        try:
            reader = EventReader(emit, request) if emit else None
            body = bytearray()
            size = 0
            async with aclosing(bytes_of(response)) as parts:
                async for data in parts:
                    size += len(data)
                    if size > self._largest:
                        raise ModelError(f"the answer is larger than {self._largest:,} bytes", maybe_charged=True)
                    if reader is None:
                        body += data
                        continue
                    reader.feed(data)
                    if reader.ended and closes_behind_stream(response):
                        break
        finally:
            await response.close()
        return finished(reader.answer if reader else read_completion(bytes(body), request), request, self.name)


def _headers(key: str) -> dict[str, Any]:
    """The key, or none at all; and by the other one the client knows that we read the bytes ourselves."""
    return {"Authorization": f"Bearer {key}" if key else openai.Omit(), "X-Stainless-Raw-Response": "stream"}


def _http_client(address: Address) -> Any:
    """An HTTP client that follows nothing, checks where it is connected, and reads no large error."""
    proxied = goes_through_proxy(address)
    limits: Any = openai.DEFAULT_CONNECTION_LIMITS
    kept = type(limits)(
        max_connections=limits.max_connections,
        max_keepalive_connections=limits.max_keepalive_connections,
        keepalive_expiry=_IDLE_SECONDS,
    )
    return openai.DefaultAsyncHttpxClient(
        follow_redirects=False,
        event_hooks=hooks(address, proxied=proxied),
        trust_env=proxied,
        verify=trusted(),
        limits=kept,
    )


def _close(client: openai.AsyncOpenAI) -> None:
    """Give the connections of a model that nobody holds any more back to the system."""
    asyncio.run_coroutine_threadsafe(client.close(), the_loop())
