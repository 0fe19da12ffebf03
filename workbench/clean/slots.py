"""Slots: places in a rule's text that stand for something which is another thing in every conversation.

``{number}`` stands for a number, ``{name}`` for a name written with a capital, ``{word}`` for one word; with a digit
behind (``{name2}``) for a second one. In what is put there they are what was found, with a capital where they are
written with one (``{Word}``). Any white space stands for any other. What else stands in braces is text.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import regex

from workbench.errors import InvalidInput

CJK = r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u3040-\u30ff\uac00-\ud7af"
LETTER = rf"(?:(?![{CJK}])\w)"
"""Part of a word that is written with spaces around it. Chinese characters bound words like spaces do."""

NUMBER = r"\d+(?:[.,:/]\d+)*"
NAME = rf"(?-i:\p{{Lu}}){LETTER}*(?:[-'’]{LETTER}+)*"
WORD = rf"{LETTER}+(?:[-'’]{LETTER}+)*"
_FORMS = {"number": NUMBER, "name": NAME, "word": WORD}
_SLOT = regex.compile(r"\{([Nn]umber|[Nn]ame|[Ww]ord)(\d*)\}")


class Piece(NamedTuple):
    """A stretch of a rule's text: the slot of that name, or (with no name) text to be taken as it is."""

    text: str
    slot: str = ""


def pieces(text: str) -> Iterator[Piece]:
    """A rule's text, cut at its slots."""
    at = 0
    for found in _SLOT.finditer(text):
        if found.start() > at:
            yield Piece(text[at : found.start()])
        yield Piece(found.group(), (found[1] + found[2]).casefold())
        at = found.end()
    if at < len(text):
        yield Piece(text[at:])


def without_slots(text: str) -> str:
    """What of a rule's text has to be there letter by letter."""
    return " ".join(piece.text for piece in pieces(text) if not piece.slot)


def pattern_of(find: str) -> str:
    """The source of a pattern that finds what `find` says; a slot that is named twice is the same thing twice."""
    source = []
    known: set[str] = set()
    for text, slot in pieces(find):
        if not slot:
            parts = regex.split(r"(\s+)", text)
            source += [r"\s+" if part.isspace() else regex.escape(part, special_only=True) for part in parts]
        elif slot in known:
            source.append(rf"(?P={slot})")
        else:
            known.add(slot)
            source.append(rf"(?P<{slot}>{_FORMS[slot.rstrip('0123456789')]})")
    return "".join(source)


def check_filled(by: str, known: regex.Pattern[str]) -> None:
    """Raise `InvalidInput` when something is to be put there that is not looked for."""
    for text, slot in pieces(by):
        if slot and slot not in known.groupindex:
            raise InvalidInput(f"the replacement names {text}, which is not looked for", hint="name it in what to find")


def filled(by: str, match: regex.Match[str]) -> str:
    """What comes in the place of a match."""
    return "".join(_capital(match[slot], text[1]) if slot else text for text, slot in pieces(by))


def _capital(found: str, letter: str) -> str:
    return found[:1].upper() + found[1:] if letter.isupper() else found
