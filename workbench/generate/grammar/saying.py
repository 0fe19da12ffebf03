"""One row of a grammar: its values, drawn evenly over all rows, and its utterances, said with them."""

from __future__ import annotations

import random

from workbench.generate.drawing import evenly
from workbench.generate.grammar.base import CHOICE, HOLE, Grammar, Said


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
    while match := CHOICE.search(way):
        options = match.group(1).split("|")
        chosen = rng.choice(options if len(options) > 1 else [*options, ""])
        before = way[: match.start()] if chosen else way[: match.start()].rstrip(" ")
        way = before + chosen + way[match.end() :]
    text, last, slots = "", 0, []
    for match in HOLE.finditer(way):
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


def _begins_sentence(text: str) -> bool:
    return not text or text.endswith((". ", "? ", "! "))
