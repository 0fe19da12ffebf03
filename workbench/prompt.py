"""What a model is asked, as named blocks: the words of a template, and what was put in their places.

A text that is made from a template remembers its blocks (`Filled`) on its way into a request. The ledger keeps a prompt
as one short line per call and the texts that the line names; a text that many calls share is kept once.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from string import Formatter
from typing import Any, NamedTuple

import orjson

from workbench.model import Json

WHOLE = "text"
"""The place that a message without a template fills as a whole."""

_INLINE = 16
"""A text of so many characters or fewer stands in the line itself: to name another would not be shorter."""

_MARKED = re.compile(r"<<<DATA ([0-9a-f]{12})>>>\n(.*)\n<<<END \1>>>", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a block: words of the template (`place` is "") or what was put in one of its places."""

    text: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """A named part of a message. Without `fills` the wording says what it says, braces included."""

    name: str
    wording: str
    fills: tuple[tuple[str, str], ...] | None = None

    @property
    def text(self) -> str:
        """What the model reads."""
        return "".join(part.text for part in self.parts())

    def parts(self) -> Iterator[Part]:
        """The block as template words and filled places, in order; empty pieces are left out."""
        if self.fills is None:
            yield Part(self.wording)
            return
        values = dict(self.fills)
        for words, place, _, _ in Formatter().parse(self.wording):
            if words:
                yield Part(words)
            if place and values[place]:
                yield Part(values[place], place)


class Filled(str):
    """A text that knows the blocks it is made of; one a line, in order."""

    __slots__ = ("blocks",)
    blocks: tuple[Block, ...]

    def __new__(cls, blocks: Iterable[Block]) -> Filled:
        """The text of the blocks."""
        kept = tuple(blocks)
        made = super().__new__(cls, "\n".join(block.text for block in kept))
        made.blocks = kept
        return made


class Wording(str):
    """The words of a template's block, with places in braces; `format` fills them and remembers what with."""

    __slots__ = ("name",)
    name: str

    def __new__(cls, text: str, name: str) -> Wording:
        """The words under a name."""
        made = super().__new__(cls, text)
        made.name = name
        return made

    def format(self, *args: object, **fills: object) -> Filled:
        """The block with its places filled; they are filled by name alone."""
        if args:
            raise TypeError("the places of a template are filled by name")
        places = dict.fromkeys(place for _, place, _, _ in Formatter().parse(self) if place)
        return Filled([Block(self.name, str(self), tuple((place, str(fills[place])) for place in places))])

    def __add__(self, other: str, /) -> Wording:
        """More words in the same block."""
        return Wording(str(self) + other, self.name)


def lines(parts: Iterable[str]) -> Filled:
    """Texts one below the other as one text that knows the blocks of all of them."""
    return Filled(block for part in parts for block in blocks_of(part))


def blocks_of(text: str) -> tuple[Block, ...]:
    """The blocks of a text; one without a name when it came from no template."""
    if isinstance(text, Filled):
        return text.blocks
    if isinstance(text, Wording):
        return (Block(text.name, str(text)),)
    return (Block("", f"{{{WHOLE}}}", ((WHOLE, text),)),)


def marked(text: str, name: str) -> str:
    """`text` as data, between two lines that name it (twelve hex digits)."""
    return f"<<<DATA {name}>>>\n{text}\n<<<END {name}>>>"


def unmarked(text: str) -> str:
    """What stands between the two lines of a data block; any other text as it is."""
    found = _MARKED.fullmatch(text)
    return found[2] if found else text


@dataclass(frozen=True, slots=True)
class Prompt:
    """A request as it was sent: each message with its role and blocks, and what else was said to the model.

    `settings` has the temperature, the longest answer in tokens, the seed and a JSON schema where one was asked for.
    """

    messages: tuple[tuple[str, tuple[Block, ...]], ...]
    settings: Json

    def texts(self) -> list[tuple[str, str]]:
        """Role and text of each message, exactly as the model got them."""
        return [(role, "\n".join(block.text for block in blocks)) for role, blocks in self.messages]


class Packed(NamedTuple):
    """A prompt as it is kept: the line of its call, and the texts that the line names, by their numbers."""

    line: bytes
    texts: Mapping[int, str]


def packed(messages: Sequence[tuple[str, str]], settings: Json) -> Packed:
    """The prompt of a request, given as role and text of each message.

    The line is JSON: the number of the form (roles, names and words of the blocks), what fills its places in order, and
    the settings, a schema among them by its number. What stands between the marks of a data block is kept without them.
    """
    texts: dict[int, str] = {}

    def number(text: str) -> int:
        found = text_number(text)
        texts[found] = text
        return found

    def value(text: str) -> Any:
        return text if len(text) <= _INLINE else number(text)

    def put_in(text: str) -> Any:
        data = _MARKED.fullmatch(text)
        return [data[1], value(data[2])] if data else value(text)

    form: list[Any] = []
    values: list[Any] = []
    for role, text in messages:
        blocks = blocks_of(text)
        form.append([role, [[one.name, one.wording, _places(one)] for one in blocks]])
        values += [put_in(filled) for block in blocks for _, filled in block.fills or ()]
    schema = settings.get("schema")
    kept = {**settings, "schema": number(orjson.dumps(schema).decode())} if schema is not None else settings
    return Packed(orjson.dumps([number(orjson.dumps(form).decode()), values, kept]), texts)


def numbers_in(line: bytes) -> list[int]:
    """The numbers of the texts that a line names, its form's first."""
    form, values, settings = orjson.loads(line)
    inner = (one[1] if isinstance(one, list) else one for one in values)
    return [one for one in (form, *inner, settings.get("schema")) if isinstance(one, int)]


def unpacked(line: bytes, texts: Mapping[int, str]) -> Prompt:
    """The prompt of a line. Raises `KeyError` when a text that it names is missing."""
    form, values, settings = orjson.loads(line)
    left: Iterator[Any] = iter(values)

    def text(value: Any) -> str:
        if isinstance(value, list):
            return marked(text(value[1]), value[0])
        return value if isinstance(value, str) else texts[value]

    def block(name: str, wording: str, places: list[str] | None) -> Block:
        fills = None if places is None else tuple((place, text(next(left, None))) for place in places)
        return Block(name, wording, fills)

    messages = tuple((role, tuple(block(*one) for one in blocks)) for role, blocks in orjson.loads(texts[form]))
    schema = settings.get("schema")
    known = settings if schema is None else {**settings, "schema": orjson.loads(texts[schema])}
    return Prompt(messages, known)


def text_number(text: str) -> int:
    """The number under which a text is kept: 64 bits of its BLAKE2b hash, signed as SQLite's whole numbers are.

    That two texts get one number is told by the hash of the request, which is kept beside the line.
    """
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "big", signed=True)


def _places(block: Block) -> list[str] | None:
    return None if block.fills is None else [place for place, _ in block.fills]
