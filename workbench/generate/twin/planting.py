"""Planted secrets: a copy of a source gets some made-up ones, a twin is told of it, and none of them may come out.

They are what people search for (names, numbers to call, addresses, account numbers) and what they would not find: a
word that is in no list, a password. Each stands in a turn drawn at random, in the middle of what is said or beside it.
"""

from __future__ import annotations

import random
import re
from collections.abc import Mapping
from dataclasses import replace

from workbench.generate.candidate import Candidate
from workbench.model import Sample, Turn
from workbench.text import search_key

_SAYING = {
    "en": ("My name is {}.", "It was {} all along.", "Is {} right?", "Please note {}, thanks."),
    "fr": ("Je m'appelle {}.", "C'était {} depuis le début.", "Est-ce bien {} ?", "Notez {}, merci."),
    "zh": ("我叫{}。", "一直都是{}。", "是{}吗？", "请记下{}，谢谢。"),
}
_SYLLABLES = ("zeb", "plim", "quor", "thar", "vix", "mung", "drel", "jask", "wib", "nolt", "gryf", "skou")
_RARE = "獾噼瓯鲢蝾璇骞鬟缂麂晷砉"


def secrets(language: str, rng: random.Random) -> dict[str, str]:
    """A made-up secret of each kind."""

    def digits(count: int) -> str:
        return "".join(str(rng.randrange(10)) for _ in range(count))

    def word(count: int = 3) -> str:
        return "".join(rng.sample(_RARE if language == "zh" else _SYLLABLES, count))

    return {
        "a name": word() if language == "zh" else f"{word(2).capitalize()} {word(2).capitalize()}",
        "a phone number": f"13{digits(9)}" if language == "zh" else f"({digits(3)}) {digits(3)}-{digits(4)}",
        "an e-mail address": f"{''.join(rng.sample(_SYLLABLES, 2))}{digits(2)}@{rng.choice(_SYLLABLES)}-mail.example",
        "an account number": f"GB{digits(2)} WEST {digits(4)} {digits(4)} {digits(4)} {digits(2)}",
        "a password": f"{''.join(rng.sample(_SYLLABLES, 2)).capitalize()}!{digits(4)}",
        "a rare word": word(),
    }


def planted(source: Sample, found: Mapping[str, str], language: str, rng: random.Random) -> Sample:
    """The source with every secret said in one of its turns."""
    turns = list(source.turns)
    places = [place for place, turn in enumerate(turns) if turn.role != "tool" and turn.content.strip()]
    for secret in found.values():
        place = rng.choice(places)
        turns[place] = _saying(turns[place], secret, language, rng)
    return replace(source, turns=tuple(turns))


def came_out(found: Mapping[str, str], twin: Candidate) -> dict[str, str]:
    """The secrets of which a twin says or keeps anything: as they are, or without their spaces and signs."""
    kept = search_key(repr([(turn.id, turn.name, turn.content, turn.tool_calls, turn.extra) for turn in twin.turns]))
    kept += search_key(repr(twin.meta))
    bare = _bare(kept)
    return {kind: secret for kind, secret in found.items() if search_key(secret) in kept or _bare(secret) in bare}


def _saying(turn: Turn, secret: str, language: str, rng: random.Random) -> Turn:
    said = rng.choice(_SAYING[language]).format(secret)
    at = turn.content.find(" ") + 1
    whole = (f"{turn.content} {said}", f"{said} {turn.content}", f"{turn.content[:at]}{secret} {turn.content[at:]}")
    return replace(turn, content=rng.choice(whole))


def _bare(text: str) -> str:
    return re.sub(r"[\W_]", "", search_key(text))
