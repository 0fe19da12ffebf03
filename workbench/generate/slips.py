"""What people and machines get wrong when they type or transcribe: the word lists, and every place where one fits.

Key neighbours: QWERTY, for French AZERTY. Confusions are the common ones of each language's writers; pairs sound alike
or are one key or one candidate of a pinyin input method apart.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Collection, Iterator

import regex

from workbench.generate.edits import Edit, allowed, protected

_QWERTY = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_AZERTY = ("azertyuiop", "qsdfghjklm", "wxcvbn")


def _neighbours(rows: tuple[str, ...]) -> dict[str, str]:
    near: dict[str, str] = {}
    for depth, row in enumerate(rows):
        for place, letter in enumerate(row):
            around = [row[place - 1] if place else "", row[place + 1] if place + 1 < len(row) else ""]
            if depth + 1 < len(rows):
                around += list(rows[depth + 1][max(0, place - 1) : place + 1])
            if depth:
                around += list(rows[depth - 1][place : place + 2])
            near[letter] = "".join(around)
    return near


NEIGHBOURS = {"en": _neighbours(_QWERTY), "fr": _neighbours(_AZERTY)}

CONFUSED = {
    "en": {
        "their": "there", "there": "their", "they're": "their", "your": "you're", "you're": "your", "its": "it's",
        "it's": "its", "to": "too", "too": "to", "then": "than", "than": "then", "whose": "who's", "who's": "whose",
        "were": "where", "where": "were", "hear": "here", "here": "hear", "weather": "whether", "whether": "weather",
        "buy": "by", "by": "buy", "know": "no", "right": "write", "write": "right", "affect": "effect",
        "effect": "affect", "accept": "except", "loose": "lose", "lose": "loose", "brake": "break", "break": "brake",
    },
    "fr": {
        "à": "a", "a": "à", "et": "est", "est": "et", "ou": "où", "où": "ou", "ces": "ses", "ses": "ces",
        "c'est": "s'est", "s'est": "c'est",
        "son": "sont", "sont": "son", "on": "ont", "ont": "on", "ça": "sa", "sa": "ça", "la": "là",
        "là": "la", "quand": "quant", "sans": "s'en", "peu": "peut", "peut": "peu", "mes": "mais", "mais": "mes",
        "leur": "leurs", "leurs": "leur", "quel": "quelle", "quelle": "quel", "tout": "tous", "tous": "tout",
    },
    "zh": {
        "在": "再", "再": "在", "的": "得", "得": "的", "地": "的", "做": "作", "作": "做", "那": "哪", "哪": "那",
        "他": "她", "她": "他", "它": "他", "吗": "嘛", "嘛": "吗", "坐": "座", "座": "坐", "以": "已", "已": "以",
        "像": "象", "象": "像", "带": "戴", "戴": "带", "帐": "账", "账": "帐", "订": "定", "定": "订", "园": "圆",
        "需": "须", "须": "需", "分": "份", "份": "分", "心": "新", "进": "近", "近": "进", "到": "道", "道": "到",
    },
}  # fmt: skip

FILLERS = {
    "en": ("um", "uh", "er", "like", "you know"),
    "fr": ("euh", "ben", "enfin", "du coup", "bon"),
    "zh": ("嗯", "呃", "那个", "就是", "这个"),
}

EMOJI = ("🙂", "😅", "🙏", "👍", "😊", "🤔", "😬", "❤️")

UNACCENTED = {**str.maketrans("àâäçéèêëîïôöùûüÿ", "aaaceeeeiioouuuy"), ord("œ"): "oe", ord("æ"): "ae"}

_WORD = regex.compile(r"\p{Latin}[\p{Latin}'’]*")
_CALCULATED = regex.compile(r"(?<=(?:^|\s)[xX])(?=\s?\d)")
"""Behind an x that multiplies."""

_HAN = regex.compile(r"\p{Han}")
_PUNCTUATION = regex.compile(r"[,.;:!?，。；：！？、…]+")
_ENDS = regex.compile(r"[.!?。！？…]+(?=\s|$)|$")


def proposed(text: str, language: str, kinds: Collection[str]) -> list[Edit]:
    """Every possible slip of these `KINDS`, each at its place; none in an address, a number or a code."""
    every = (edit for kind, places in KINDS.items() if kind in kinds for edit in places(text, language))
    return allowed(every, protected(text))


def _typing(text: str, language: str) -> Iterator[Edit]:
    """One slip per word of four letters or more, its kind and place fixed by the word itself."""
    near = NEIGHBOURS["fr" if language == "fr" else "en"]
    for match in _WORD.finditer(text):
        word = match.group()
        if len(word) < 4 or not word[1:].islower():
            continue
        own = random.Random(f"{match.start()}{word}")
        place = own.choice([at for at in range(1, len(word) - 1) if word[at].isalpha()] or [1])
        slips = [
            word[:place] + word[place + 1] + word[place] + word[place + 2 :],
            word[:place] + word[place] + word[place:],
            word[:place] + word[place + 1 :],
        ]
        if near.get(word[place]):
            slips.append(word[:place] + own.choice(near[word[place]]) + word[place + 1 :])
        new = own.choice(slips)
        if new != word:
            yield Edit(match.start(), match.end(), new, "typing")


def _punctuation(text: str, language: str) -> Iterator[Edit]:
    for match in _PUNCTUATION.finditer(text):
        at_end = match.end() == len(text)
        yield Edit(match.start(), match.end(), "" if at_end or language != "zh" else " ", "punctuation")
    for match in _WORD.finditer(text):
        word = match.group()
        if word[0].isupper() and (word == "I" or word[1:].islower()):
            yield Edit(match.start(), match.start() + 1, word[0].lower(), "capital")
        plain = word.translate(UNACCENTED)
        if plain != word:
            yield Edit(match.start(), match.end(), plain, "accent")


def _confusion(text: str, language: str) -> Iterator[Edit]:
    pairs = CONFUSED.get(language, {})
    for match in (_HAN if language == "zh" else _WORD).finditer(text):
        new = pairs.get(match.group().lower().replace("’", "'"))
        if new:
            yield Edit(match.start(), match.end(), new.capitalize() if match.group()[0].isupper() else new, "confusion")


def _speech(text: str, language: str) -> Iterator[Edit]:
    fillers = FILLERS.get(language, FILLERS["en"])
    if language == "zh":
        for match in regex.finditer(r"(?<=^|[，。！？、])(?=\p{Han})", text):
            filler = fillers[match.start() % len(fillers)]
            yield Edit(match.start(), match.start(), f"{filler}，", "filler")
        return
    for match in _WORD.finditer(text):
        if match.start() and text[match.start() - 1] == " ":
            filler = fillers[match.start() % len(fillers)]
            if filler != match.group().lower():
                yield Edit(match.start(), match.start(), f"{filler} ", "filler")
            if len(match.group()) <= 4 and not _CALCULATED.match(text, match.end()):
                yield Edit(match.end(), match.end(), f" {match.group()}", "repeated")


def _emoji(text: str, language: str) -> Iterator[Edit]:
    for match in _ENDS.finditer(text):
        symbol = EMOJI[(match.start() * 7 + len(text)) % len(EMOJI)]
        yield Edit(match.end(), match.end(), f" {symbol}", "emoji")


KINDS: dict[str, Callable[[str, str], Iterator[Edit]]] = {
    "typing": _typing,
    "punctuation": _punctuation,
    "confusion": _confusion,
    "speech": _speech,
    "emoji": _emoji,
}
"""What each kind of slip finds in a text of a language."""
