"""What a chat model is to the workbench: a request goes in, one reply comes out, or a `ModelError` is raised."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from workbench.ids import content_hash
from workbench.prompt import Packed, Prompt, packed

OnText = Callable[[str], None]
"""Called with each piece of text as it arrives, on the thread that asked."""


def unseen(_: str) -> None:
    """For `OnText`: the answer is to come in pieces, which keeps a slow connection open, but nobody looks at them."""


@dataclass(frozen=True, slots=True)
class Message:
    """One message of a request; `role` is "system", "user" or "assistant"."""

    role: str
    content: str


@dataclass(frozen=True, slots=True)
class Request:
    """One question to a chat model.

    `max_tokens` limits the answer and with it what the call can cost. With a `schema` (JSON Schema) the answer is JSON
    of that shape. `seed` makes requests that ask for different answers to the same question different. `model` is the
    short name of a connected model; "" leaves it to the run.
    """

    messages: tuple[Message, ...]
    temperature: float = 0.7
    max_tokens: int = 512
    seed: int | None = None
    schema: Mapping[str, Any] | None = None
    schema_name: str = "answer"
    stop: tuple[str, ...] = ()
    model: str = ""

    def hash(self, endpoint: str, model: str) -> str:
        """What makes two requests the same: everything that is sent, and to whom."""
        return content_hash(
            {
                "endpoint": endpoint,
                "model": model,
                "messages": [{"role": message.role, "content": message.content} for message in self.messages],
                "temperature": self.temperature,
                "max_tokens": self.max_tokens,
                "seed": self.seed,
                "schema": self.schema,
                "schema_name": self.schema_name,
                "stop": self.stop,
            }
        )

    def packed(self) -> Packed:
        """The request as the ledger keeps it; `of_prompt` makes the same request of it."""
        settings = {
            "temperature": self.temperature,
            "max_tokens": self.max_tokens,
            "seed": self.seed,
            "schema": self.schema,
            "schema_name": self.schema_name,
            "stop": self.stop,
        }
        usual = {"seed": None, "schema": None, "schema_name": "answer", "stop": ()}
        said = {name: value for name, value in settings.items() if name not in usual or value != usual[name]}
        return packed([(message.role, message.content) for message in self.messages], said)

    @classmethod
    def of_prompt(cls, prompt: Prompt) -> Request:
        """The request that was sent, from what the ledger keeps of it."""
        settings = {**prompt.settings, "stop": tuple(prompt.settings.get("stop", ()))}
        return cls(tuple(Message(role, text) for role, text in prompt.texts()), **settings)

    @property
    def text_bytes(self) -> int:
        """UTF-8 bytes of all messages: no tokenizer of a byte-level vocabulary makes more tokens than that."""
        return sum(len(message.content.encode()) for message in self.messages)


@dataclass(frozen=True, slots=True)
class Reply:
    """A complete answer. `usd` of None means that the price is not known; `call_id` is its line in the ledger.

    `model` is the one that answered, as the endpoint names it. `estimated` says that the endpoint did not report its
    tokens: they, and a price that follows from them, are our estimate.
    """

    text: str
    finish_reason: str
    prompt_tokens: int
    completion_tokens: int
    model: str
    usd: float | None = None
    call_id: int | None = None
    estimated: bool = False


@dataclass(frozen=True, slots=True)
class Price:
    """What a model costs, in US dollars per million tokens read and written."""

    usd_per_million_in: float
    usd_per_million_out: float

    def usd(self, prompt_tokens: int, completion_tokens: int) -> float:
        """The price of that many tokens."""
        return (prompt_tokens * self.usd_per_million_in + completion_tokens * self.usd_per_million_out) / 1_000_000


class ChatModel(Protocol):
    """Anything that answers a `Request`. Safe to ask from several threads at once."""

    @property
    def name(self) -> str:
        """The model's name, as it is written into the origin of what it makes."""

    @property
    def endpoint(self) -> str:
        """Where it runs, without anything secret."""

    @property
    def on_this_machine(self) -> bool:
        """Whether the text sent to it stays on this machine."""

    @property
    def price(self) -> Price | None:
        """What it costs; None when that is not known."""

    def reply(self, request: Request, *, on_text: OnText | None = None) -> Reply:
        """Answer; raises `ModelError` (or `ModelRefused`, `ModelUnreachable`) when there is no usable answer."""
