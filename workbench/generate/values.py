"""Values that come through a translation as they are: numbers, codes, addresses, and names in quotation marks."""

from __future__ import annotations

from functools import cache

import regex

from workbench.text import search_key

_LINK = regex.compile(r"https?://[^\s<>\"”»）)]+[^\s<>\"”»）).,;:!?。，]|www\.[^\s<>\"”»）)]+[^\s<>\"”»）).,;:!?。，]")
_MAIL = regex.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", regex.ASCII)
_CODE = regex.compile(r"(?<![\w-])(?=[A-Z0-9-]*[0-9])(?=[A-Z0-9-]*[A-Z])[A-Z0-9]+(?:-[A-Z0-9]+)*(?![\w-])")
_QUOTED = regex.compile(r"[\"“«]\s?(\p{Lu}[\p{L}\d'’-]*(?:\s\p{Lu}[\p{L}\d'’-]*){0,3})\s?[\"”»]")
_NUMBER = regex.compile(r"\d+(?:[.,:/-]\d+)*", regex.ASCII)
_BETWEEN_DIGITS = regex.compile(r"(?<=\d)[\s.,'’\u202f](?=\d)")
_IN_WORDS = (
    "zero no none zéro aucune? 零", "one first once an? une? premi[eè]re? 一",
    "two second twice both deux deuxième [二两]",
    "three third trois troisième 三", "four fourth quatre quatrième 四", "five fifth cinq cinquième 五",
    "six sixth sixième 六", "seven seventh sept septième 七", "eight eighth huit huitième 八",
    "nine ninth neuf neuvième 九", "ten tenth dix dixième 十", "eleven eleventh onze onzième 十一",
    "twelve twelfth dozen noon midday midnight douze douzième midi minuit 十二",
    "thirteen thirteenth treize 十三", "fourteen fourteenth fortnight quatorze 十四",
    "fifteen fifteenth quarter quinze quart 十五", "sixteen sixteenth seize 十六",
    "seventeen seventeenth dix-sept 十七", "eighteen eighteenth dix-huit 十八", "nineteen nineteenth dix-neuf 十九",
    "twenty twentieth vingt vingtième 二十",
)  # fmt: skip
"""For each number from nought on its words; the Chinese ones stand last."""

_TENS = (
    "twenty twenties 二十", "thirty thirties 三十", "forty forties 四十", "fifty fifties 五十", "sixty sixties 六十",
    "seventy seventies 七十", "eighty eighties 八十", "ninety nineties 九十",
)  # fmt: skip

_DIGITS = regex.compile(r"\d+", regex.ASCII)


def fixed_values(text: str) -> list[str]:
    """The values in a text, in order, each once; a number inside a code or an address is not named again."""
    text = _half_width(text)
    found: list[tuple[int, str]] = []
    covered: list[tuple[int, int]] = []
    for pattern, group in ((_LINK, 0), (_MAIL, 0), (_CODE, 0), (_QUOTED, 1), (_NUMBER, 0)):
        for match in pattern.finditer(text):
            start, end = match.span(group)
            if not any(start < stop and end > begin for begin, stop in covered):
                covered.append((start, end))
                found.append((start, match.group(group)))
    return list(dict.fromkeys(value for _, value in sorted(found)))


def lost_values(values: list[str], text: str) -> list[str]:
    """Those of the values that do not stand in `text`.

    A number is there however it is written: 1,200.50 as 1 200,50, and 7:15 as 7 h 15.
    """
    folded = search_key(text)
    plain = _half_width(text)
    runs = set(_DIGITS.findall(plain))
    closed = _BETWEEN_DIGITS.sub("", plain)
    return [value for value in values if not _stands(value, folded, runs, closed)]


def in_words(number: str, text: str) -> bool:
    """Whether a whole number is said in words: 2 as two, second, deux or 两; in English 22 and 1800 as well."""
    if not regex.fullmatch(r"[1-9]\d{0,3}|0", number):
        return False
    return regex.search(rf"(?i)\b(?:{_words(int(number))})", text) is not None


@cache
def _words(number: int) -> str:
    """A pattern for the words of a number, one that is never found where there are none."""
    if number < len(_IN_WORDS):
        *western, han = _IN_WORDS[number].split()
        return rf"(?:{'|'.join(western)})s?\b)|(?:{han}"
    tens, unit = divmod(number, 10)
    if number < 100:
        ten, ties, han = _TENS[tens - 2].split()
        return rf"{ten}[ -](?:{_IN_WORDS[unit].split()[0]})\b)|(?:{han}" if unit else rf"(?:{ten}|{ties})\b)|(?:{han}"
    hundreds = "" if number % 100 else _words(number // 100).partition(r"\b")[0]
    return rf"{hundreds}[ -]hundred\b" if hundreds else "(?!)"


def _stands(value: str, folded: str, runs: set[str], closed: str) -> bool:
    if not _NUMBER.fullmatch(value):
        return search_key(value) in folded
    parts = _DIGITS.findall(value)
    return all(part in runs or part.lstrip("0") in runs for part in parts) or "".join(parts) in _DIGITS.findall(closed)


def _half_width(text: str) -> str:
    return text.translate(str.maketrans("０１２３４５６７８９", "0123456789"))
