"""A small grammar of conversations: who says what in which order, in which ways, with which values.

``@slot day`` is followed by its values, one a line; ``@slot exam (a, the)`` by values in several forms, divided by
`` / ``. ``@user ask`` and ``@assistant offer`` are acts, followed by the ways to say them; ``@flow booked`` by acts in
their order. In an utterance ``{day}`` is a value in its first form, ``{exam.the}`` in another, ``{day2}`` another value
of the same slot; ``[please]`` may be left out, and of ``[hello|hi]`` one is said. An utterance in quotation marks is
taken as somebody said it: the values of slots that stand in it are recognised. ``#`` begins a comment.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from workbench.errors import InvalidInput
from workbench.generate.drawing import evenly

LANGUAGES = ("en", "fr", "zh")
_HEAD = re.compile(r"@(slot|user|assistant|flow)\s+([^\W\d]\w*)\s*(?:\(([^)]*)\))?\s*")
_HOLE = re.compile(r"\{([^\W\d]\w*?)(\d?)(?:\.(\w+))?\}")
_CHOICE = re.compile(r"\[([^\[\]]*)\]")
_GOLDEN = re.compile(r"[\"“«]\s?(.+?)\s?[\"”»]")
_MARKS = re.compile(r"[\[\]{}]")


@dataclass(frozen=True, slots=True)
class Slot:
    """The names of its forms and its values, each in all forms. The first form is the value's name."""

    forms: tuple[str, ...]
    values: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Act:
    """Who does it and the ways to say it."""

    role: str
    ways: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Grammar:
    """Slots, acts and flows by name."""

    slots: dict[str, Slot] = field(default_factory=dict)
    acts: dict[str, Act] = field(default_factory=dict)
    flows: dict[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Said:
    """An utterance with the values that stand in it: slot, value, its form there, and where that begins and ends."""

    text: str
    slots: tuple[dict[str, str | int], ...]


@cache
def built_in(language: str) -> Grammar:
    """The grammar of appointments at a health centre, in one of `LANGUAGES`."""
    return read_grammar(files(__name__).joinpath(f"{language}.txt").read_text(encoding="utf-8"))


def read_grammar(text: str) -> Grammar:
    """A grammar from its text. Raises `InvalidInput` with the line that cannot be read or the name that is missing."""
    grammar = Grammar()
    acts: dict[str, tuple[str, tuple[str, ...]]] = {}
    for number, kind, name, forms, lines in _blocks(text):
        if not lines or name in (grammar.slots | acts | grammar.flows):
            raise InvalidInput(
                f"line {number} of the grammar: {name!r} is empty or there twice", hint="give each name once, with text"
            )
        if kind == "slot":
            grammar.slots[name] = _slot(number, forms, lines)
        elif kind == "flow":
            grammar.flows[name] = tuple(" ".join(lines).replace(",", " ").split())
        else:
            acts[name] = (kind, lines)
    for name, (role, ways) in acts.items():
        grammar.acts[name] = Act(role, tuple(recognised(way, grammar.slots) for way in ways))
    _check(grammar)
    return grammar


def recognised(utterance: str, slots: dict[str, Slot]) -> str:
    """A golden utterance, in quotation marks, as a way to say it: the values in it become holes. Others stay."""
    golden = _GOLDEN.fullmatch(utterance)
    if not golden:
        return utterance
    known = {
        shape: (name, form, at)
        for name, slot in reversed(slots.items())
        for at, value in enumerate(slot.values)
        for form, written in reversed(list(zip(slot.forms, value, strict=True)))
        for shape in (written[:1].upper() + written[1:], written)
    }
    if not known:
        return golden.group(1)
    longest = sorted(known, key=len, reverse=True)
    pattern = re.compile("|".join(_whole(shape) for shape in longest))
    met: dict[str, list[int]] = {}

    def hole(match: re.Match[str]) -> str:
        name, form, at = known[match.group()]
        order = met.setdefault(name, [])
        if at not in order:
            order.append(at)
        again = order.index(at)
        suffix = "" if form == slots[name].forms[0] else f".{form}"
        return f"{{{name}{again + 1 if again else ''}{suffix}}}"

    return pattern.sub(hole, golden.group(1))


def drawn_values(grammar: Grammar, number: int, seed: int) -> dict[str, tuple[str, ...]]:
    """The values of row `number`, in all forms, evenly over all rows; ``day2`` is the one after ``day``, and so on."""
    drawn: dict[str, tuple[str, ...]] = {}
    for name, slot in grammar.slots.items():
        first = evenly(range(len(slot.values)), number, seed, f"slot {name}")
        others = [at for at in range(len(slot.values)) if at != first]
        random.Random(f"{seed}:others {name}:{number}").shuffle(others)
        for place, at in enumerate([first, *others][:9], start=1):
            drawn[name if place == 1 else f"{name}{place}"] = slot.values[at]
    return drawn


def say(way: str, grammar: Grammar, values: dict[str, tuple[str, ...]], rng: random.Random) -> Said:
    """One utterance: its choices made, its holes filled; a value that begins a sentence gets a capital letter."""
    while match := _CHOICE.search(way):
        options = match.group(1).split("|")
        chosen = rng.choice(options if len(options) > 1 else [*options, ""])
        before = way[: match.start()] if chosen else way[: match.start()].rstrip(" ")
        way = before + chosen + way[match.end() :]
    text, last, slots = "", 0, []
    for match in _HOLE.finditer(way):
        text += way[last : match.start()]
        name, again, form = match.groups()
        forms = grammar.slots[name].forms
        value = values[name + again]
        shape = value[forms.index(form) if form else 0]
        shape = shape[:1].upper() + shape[1:] if _begins_sentence(text) else shape
        place = {"start": len(text), "end": len(text) + len(shape)}
        slots.append({"slot": name, "value": value[0], "text": shape, **place})
        text += shape
        last = match.end()
    return Said(text + way[last:], tuple(slots))


def _blocks(text: str) -> Iterator[tuple[int, str, str, tuple[str, ...], tuple[str, ...]]]:
    """Line number, kind, name, forms and lines of each block."""
    head: tuple[int, str, str, tuple[str, ...]] | None = None
    lines: list[str] = []
    for number, line in enumerate((*text.splitlines(), "@"), start=1):
        line = line.strip()
        if not line or line.startswith("#"):
            continue
        match = _HEAD.fullmatch(line)
        if line.startswith("@"):
            if head:
                yield *head, tuple(lines)
            if match:
                forms = tuple(form.strip() for form in (match.group(3) or "").split(",") if form.strip())
                head, lines = (number, match.group(1), match.group(2), forms), []
                continue
            if line == "@":
                return
        if head is None or line.startswith("@"):
            raise InvalidInput(
                f"line {number} of the grammar cannot be read: {line}",
                hint="@slot, @user, @assistant or @flow and a name begin a block; its lines follow",
            )
        lines.append(line)


def _slot(number: int, forms: tuple[str, ...], lines: tuple[str, ...]) -> Slot:
    forms = forms or ("value",)
    values = tuple(tuple(shape.strip() for shape in re.split(r"\s/\s", line)) for line in lines)
    for value in values:
        if len(value) != len(forms):
            raise InvalidInput(
                f"line {number} of the grammar: “{value[0]}” has {len(value)} forms, not {len(forms)}",
                hint="write every form, with “ / ” between them",
            )
    return Slot(forms, values)


def _check(grammar: Grammar) -> None:
    if not grammar.flows:
        raise InvalidInput("the grammar has no flow", hint="write @flow, a name, and below it the acts in their order")
    unknown = [act for flow in grammar.flows.values() for act in flow if act not in grammar.acts]
    for act in grammar.acts.values():
        for way in act.ways:
            for match in _HOLE.finditer(way):
                slot = grammar.slots.get(match.group(1))
                enough = slot is not None and len(slot.values) >= int(match.group(2) or 1)
                if slot is None or not enough or (match.group(3) or slot.forms[0]) not in slot.forms:
                    unknown.append(match.group())
            bare = _HOLE.sub("", way)
            while _CHOICE.search(bare):
                bare = _CHOICE.sub("", bare)
            if _MARKS.search(bare):
                unknown.append(way)
    for name in unknown:
        raise InvalidInput(f"the grammar uses {name}, which it does not define", hint="check the spelling, or add it")


def _whole(shape: str) -> str:
    """A pattern for a value as whole words; Chinese is written without spaces."""
    before = r"(?<!\w)" if ord(shape[0]) < 0x2E80 else ""
    after = r"(?!\w)" if ord(shape[-1]) < 0x2E80 else ""
    return f"{before}{re.escape(shape)}{after}"


def _begins_sentence(text: str) -> bool:
    return not text or text.endswith((". ", "? ", "! "))
