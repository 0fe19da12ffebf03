"""Rules from golden utterances: what may be left out, what may stand for what, and places that take many values.

Method: utterances of one act are aligned; where two are equal but for one place, that place becomes a choice, as
grammars are induced from a few golden utterances for voice assistants in new languages. What was seen in one act is
tried in the others of the same speaker, where the words around the place are the same. Nothing is taken over before a
person approves it: the rules are a grammar to read, with the utterances each of them comes from.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from workbench.generate.grammar.aligning import Place, Token, Way, merge, shapes, text_of, tokens_of
from workbench.generate.grammar.base import HOLE
from workbench.generate.grammar.reading import GOLDEN, Block, blocks, read_grammar, recognised

MANY = 3
"""So many words at one place are values of a slot."""


@dataclass(frozen=True, slots=True)
class Induced:
    """A grammar with the rules in it, how many there are, and how many sentence shapes it has, before and after."""

    text: str
    rules: int
    shapes: tuple[int, int]


def induced(text: str) -> Induced:
    """The grammar with what its golden utterances (those in quotation marks) have in common.

    Raises `InvalidInput` for a grammar that cannot be read; without golden utterances there are no rules.
    """
    grammar = read_grammar(text)
    found = list(blocks(text))
    acts = {
        block.name: [Way(tokens_of(recognised(line, grammar.slots)), (line,) if GOLDEN.fullmatch(line) else ())
                     for line in block.lines]
        for block in found if block.kind not in {"slot", "flow"}
    }  # fmt: skip
    before = sum(map(shapes, (way for ways in acts.values() for way in ways)))
    places: dict[str, list[Place]] = {"user": [], "assistant": []}
    for block in found:
        if block.name in acts and block.kind in places:
            acts[block.name], seen = _merged(acts[block.name])
            places[block.kind] += seen
    for block in found:
        if block.name in acts:
            acts[block.name] = [_widened(way, places.get(block.kind, ())) for way in acts[block.name]]
    after = sum(map(shapes, (way for ways in acts.values() for way in ways)))
    slots: list[str] = []
    written = [_written(block, acts.get(block.name), slots) for block in found]
    rules = sum(map(len, places.values()))
    return Induced("\n\n".join([*slots, *written]) + "\n", rules, (before, after))


def _merged(ways: list[Way]) -> tuple[list[Way], list[Place]]:
    """Golden ways that differ at one place as one, as long as there are any; the places."""
    left: list[Way] = list(ways)
    places: list[Place] = []
    at = 0
    while at < len(left):
        for other in range(at + 1, len(left)):
            golden = left[at].shown and left[other].shown
            found = merge(left[at], _widened(left[other], places)) if golden else None
            if found:
                left[at], place = found
                places.append(place)
                del left[other]
                at = -1
                break
        at += 1
    return left, places


def _widened(way: Way, places: Iterable[Place]) -> Way:
    """A golden way with the choices that were seen elsewhere between the same words."""
    widest = sorted(places, key=lambda place: -len(place.choice.options))
    for place in widest if way.shown else ():
        for option in sorted(filter(None, place.choice.options), key=len, reverse=True):
            words = tokens_of(option)
            for at in range(len(way.tokens) - len(words) + 1):
                end = at + len(words)
                around = (
                    way.tokens[at - 1].text if at else "", way.tokens[end].text if end < len(way.tokens) else "",
                )  # fmt: skip
                if [token.text for token in way.tokens[at:end]] == [token.text for token in words] and around == (
                    place.before, place.after,
                ):  # fmt: skip
                    choice = place.choice._replace(spaced=way.tokens[at].spaced)
                    way = replace(way, tokens=(*way.tokens[:at], choice, *way.tokens[end:]))
                    break
    return way


def _written(block: Block, ways: list[Way] | None, slots: list[str]) -> str:
    """A block as text; of an act every rule with the utterances it comes from. New slots are added to `slots`."""
    forms = f" ({', '.join(block.forms)})" if block.forms else ""
    lines = [f"@{block.kind} {block.name}{forms}"]
    if ways is None:
        return "\n".join([*lines, *block.lines])
    for way in ways:
        if len(way.shown) > 1:
            lines += [f"# {said}" for said in way.shown]
        lines.append(text_of(_slotted(way.tokens, slots)))
    return "\n".join(lines)


def _slotted(tokens: Iterable[Token], slots: list[str]) -> Iterable[Token]:
    """Choices of many words as gaps of slots of their own."""
    for place, token in enumerate(tokens):
        many = token.text.startswith("[") and len(token.options) >= MANY and place
        if many and all(token.options) and not HOLE.search(token.text):
            block = "\n".join(token.options)
            known = next((at for at, slot in enumerate(slots) if slot.partition("\n")[2] == block), len(slots))
            name = f"value_{chr(ord('a') + known)}"
            if known == len(slots):
                slots.append(f"@slot {name}\n{block}")
            yield Token(f"{{{name}}}", token.spaced)
        else:
            yield token
