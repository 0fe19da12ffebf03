"""A grammar read from its text and checked, and golden utterances in which the values of slots are recognised."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from workbench.errors import InvalidInput
from workbench.generate.grammar.base import CHOICE, HOLE, Act, Grammar, Slot

_HEAD = re.compile(r"@(slot|user|assistant|flow)\s+([^\W\d]\w*)\s*(?:\(([^)]*)\))?\s*")
GOLDEN = re.compile(r"[\"“«]\s?(.+?)\s?[\"”»]")
"""An utterance in quotation marks."""

_MARKS = re.compile(r"[\[\]{}]")


class Block(NamedTuple):
    """A slot, an act or a flow as it is written; `number` is the line on which it begins."""

    number: int
    kind: str
    name: str
    forms: tuple[str, ...]
    lines: tuple[str, ...]


def read_grammar(text: str) -> Grammar:
    """A grammar from its text. Raises `InvalidInput` with the line that cannot be read or the name that is missing."""
    grammar = Grammar()
    acts: dict[str, tuple[str, tuple[str, ...]]] = {}
    for number, kind, name, forms, lines in blocks(text):
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
    golden = GOLDEN.fullmatch(utterance)
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


def blocks(text: str) -> Iterator[Block]:
    """The blocks in their order. Raises `InvalidInput` with the line that cannot be read."""
    head: tuple[int, str, str, tuple[str, ...]] | None = None
    lines: list[str] = []
    for number, line in enumerate((*text.splitlines(), "@"), start=1):
        line = line.strip()
        if not line or line.startswith("#"):
            continue
        match = _HEAD.fullmatch(line)
        if line.startswith("@"):
            if head:
                yield Block(*head, tuple(lines))
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
                f"line {number} of the grammar: forms of “{value[0]}”: {len(value)} instead of {len(forms)}",
                hint="write every form, with “ / ” between them",
            )
    return Slot(forms, values)


def _check(grammar: Grammar) -> None:
    if not grammar.flows:
        raise InvalidInput("the grammar has no flow", hint="write @flow, a name, and below it the acts in their order")
    unknown = [act for flow in grammar.flows.values() for act in flow if act not in grammar.acts]
    for act in grammar.acts.values():
        for way in act.ways:
            for match in HOLE.finditer(way):
                slot = grammar.slots.get(match.group(1))
                enough = slot is not None and len(slot.values) >= int(match.group(2) or 1)
                if slot is None or not enough or (match.group(3) or slot.forms[0]) not in slot.forms:
                    unknown.append(match.group())
            bare = HOLE.sub("", way)
            while CHOICE.search(bare):
                bare = CHOICE.sub("", bare)
            if _MARKS.search(bare):
                unknown.append(way)
    for name in unknown:
        raise InvalidInput(f"the grammar uses {name}, which it does not define", hint="check the spelling, or add it")


def _whole(shape: str) -> str:
    """A pattern for a value as whole words; Chinese is written without spaces."""
    before = r"(?<!\w)" if ord(shape[0]) < 0x2E80 else ""
    after = r"(?!\w)" if ord(shape[-1]) < 0x2E80 else ""
    return f"{before}{re.escape(shape)}{after}"
