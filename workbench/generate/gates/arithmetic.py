"""The gate on sums: every calculation that is written out has to come out right."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from workbench.generate.candidate import Candidate
from workbench.generate.gates.figures import READINGS, Reading, decimals, loose, shown
from workbench.generate.gates.named import checks
from workbench.generate.gates.verifying import first_mistake
from workbench.model import Finding, Sample

_DIGITS = r"(?:\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?!\d)(?:[.,]\d+)?|\d+(?:[.,]\d+)*)"
_N = rf"[-−]?[$€£¥]?{_DIGITS}(?:%|\s?(?:[€$£]|(?:euros?|dollars?)\b|元|块))?"
_OPERATOR = r"[-+−–*×x·/÷]|plus|minus|times|divided by|fois|moins|加|减|乘以?|除以"
_EQUALS = r"=|is|equals|makes|gives|font|fait|égale?|等于|是"
MOST_STEPS = 30
"""Numbers of a calculation; longer ones are not read, so that a text cannot keep the gate busy."""

_RIGHT = rf"(?P<about>about |environ |约)?(?P<right>{_N})(?P<more>(?:\s*(?:{_OPERATOR})\s*{_N}){{0,{MOST_STEPS}}})"
_CALCULATION = re.compile(
    rf"(?<![\w.,/])(?P<left>{_N})(?P<rest>(?:\s*(?:{_OPERATOR})\s*{_N}){{1,{MOST_STEPS}}})\s*(?P<equals>{_EQUALS})\s*{_RIGHT}",
    re.IGNORECASE,
)
_PERCENT = re.compile(
    rf"(?<![\d.,])(?P<share>\d+(?:[.,]\d+)?)\s?%\s*(?:of|de|de la|du)\s*(?P<left>{_N})\s*(?:{_EQUALS})\s*{_RIGHT}",
    re.IGNORECASE,
)
_STEP = re.compile(rf"\s*(?P<operator>{_OPERATOR})\s*(?P<number>{_N})", re.IGNORECASE)
_SIGNS = {
    **dict.fromkeys("+＋", "+"), "plus": "+", "加": "+",
    **dict.fromkeys("-−–", "-"), "minus": "-", "moins": "-", "减": "-",
    **dict.fromkeys("*×x·", "*"), "times": "*", "fois": "*", "乘": "*", "乘以": "*",
    **dict.fromkeys("/÷", "/"), "divided by": "/", "除以": "/",
}  # fmt: skip
_WITHIN = re.compile(
    r"(?:[+*×·/÷^√=<>]|\b(?:plus|minus|times|divided by|fois|moins|x)|[加减乘以除]|(?:[\d)]|\b[a-z])\s*[-−–])\s*$",
    re.IGNORECASE,
)
"""What stands before numbers that are only the end of a longer calculation."""

_GOES_ON = re.compile(r"[abcknpqrtuvwxyz](?![a-z])|\s*[*×·/÷^(²³!]|\s*[-+−–x]\s*(?:\(|[a-z](?![a-z]))", re.IGNORECASE)
"""What follows where the numbers of a result are only its beginning: "= 0.7x", "= 2 (3 + 4)"."""

_RANGE = re.compile(r"\d[-−–]\d")


@checks("arithmetic")
def arithmetic(parent: Sample, candidate: Candidate) -> Finding | None:
    """The first calculation in new text that does not come out. Results may be rounded to the places they show."""
    return first_mistake("arithmetic", wrong_sums, parent, candidate)


def wrong_sums(text: str) -> Iterator[tuple[int, int, str]]:
    """(start, end, what is wrong) for each written-out calculation that does not come out.

    Where 1,200 and 1.200 can be read in two ways, only what is wrong in both is told.
    """
    for pattern in (_CALCULATION, _PERCENT):
        match = pattern.search(text)
        while match:
            if not _part_of_more(text, match) and (value := _wrong(match)) is not None:
                yield match.start(), match.end(), f"{match.group().strip()}: it comes to {shown(value)}"
            match = pattern.search(text, match.start("right"))


def _part_of_more(text: str, match: re.Match[str]) -> bool:
    """A piece of a longer calculation, or a number with a hyphen that somebody says something about ("12-34 is")."""
    before = text[: match.start()]
    within = _WITHIN.search(before[-20:]) and not before.rstrip().endswith("=")
    signed = match["left"][0] in "-−" and re.search(r"(?:[\d)]|\b[a-z])\s*$", before, re.IGNORECASE)
    spoken = match.re is _CALCULATION and match["equals"] != "=" and _RANGE.search(match["left"] + match["rest"])
    return bool(within or signed or spoken or _GOES_ON.match(text, match.end()))


def _wrong(match: re.Match[str]) -> Fraction | None:
    """What it is, where no way of reading the numbers makes it right."""
    found: Fraction | None = None
    for read in READINGS:
        left, right = _left(match, read), _right(match, read)
        if not left or not right:
            continue
        if any(_agree(one, other, match) for one in left for other in right):
            return None
        found = left[0] if found is None else found
    return found


def _left(match: re.Match[str], read: Reading) -> list[Fraction]:
    """What the left side can be worth, nothing where it is not written in this way."""
    if match.re is _PERCENT:
        whole, share = read(match["left"]), read(match["share"])
        return [] if whole is None or share is None else [whole * share / 100]
    both = (_value(match["left"], match["rest"], read, relative=relative) for relative in (False, True))
    return [value for value in both if value is not None]


def _right(match: re.Match[str], read: Reading) -> list[Fraction]:
    """What the right side can be worth: in "3 x 2 = 6 + 9 = 15" somebody says 6, then goes on with it."""
    run_on = bool(match["more"]) and re.match(r"\s*=", match.string[match.end() :])
    both = (_value(match["right"], match["more"], read), read(match["right"]) if run_on else None)
    return [value for value in both if value is not None]


def _value(first: str, rest: str, read: Reading, *, relative: bool = False) -> Fraction | None:
    """The value by the usual precedence: products before sums. `relative`: "100 - 20%" takes a fifth of it away."""
    start = read(first)
    if start is None:
        return None
    terms = [start]
    for step in _STEP.finditer(rest):
        sign, number = _SIGNS.get(step["operator"].lower()), read(step["number"])
        if sign is None or number is None or (sign == "/" and not number):
            return None
        if sign in "+-":
            if relative and step["number"].endswith("%") and not first.endswith("%"):
                number *= sum(terms)
            terms.append(number if sign == "+" else -number)
        else:
            terms[-1] = terms[-1] * number if sign == "*" else terms[-1] / number
    return sum(terms, Fraction(0))


def _agree(value: Fraction, said: Fraction, match: re.Match[str]) -> bool:
    places = max(decimals(number) for number in re.findall(_N, match["right"] + match["more"], re.IGNORECASE))
    half = Fraction(1, 2 * 10**places)
    within = max(half, abs(value) / 20) if match["about"] else half if places else Fraction(1, 10**9)
    # A number that was rounded itself (0.133 for 2/15) brings its own inexactness.
    known = match.string[match.start() : match.start("right")] + match["more"]
    rounded = sum((loose(number) for number in re.findall(_DIGITS, known)), Fraction(0))
    return abs(value - said) <= max(within, abs(value) * rounded)
