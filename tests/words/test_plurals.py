"""A number decides the form of the words about it: no counted sentence is wrong for one, in English or French.

In the catalogue of the screen such a text is a list: the form for one and the form for many. A text that is no list may
put a word for several behind a number only where that number is never one, and then says so here.
"""

from __future__ import annotations

import re

from widgets._me import catalogue

SEVERAL = re.compile(r"\{(\w+)\}[  ](?:autres |de |d')?(\w+(?:s|x|[^m]ent))\b")
"""A number and a French word that speaks of several."""

SAME = {
    "avis",
    "choix",
    "fois",
    "hors",
    "mis",
    "omis",
    "pas",
    "sans",
    "dans",
    "plus",
    "cas",
    "des",
    "ses",
    "lus",
    "convient",
    "contient",
    "vient",
}
"""Words that are the same for one and for many, or speak of neither."""

MEASURES = {"caractères", "octets", "tokens", "MB", "lignes"}
"""Of these there are always many where they are counted at all: what is short is shown whole."""

LIMITS = re.compile(r"^[A-Z_]+$|^(most|largest|_largest|problems|limit|unique|longest|words|apart|low|high|ratio)$")
"""Holes for a bound that is set above one, or for what is told only beyond such a bound."""

MANY = {
    "All of it, with 90 % certainty: {tokens} tokens; price: {price}; {minutes} minutes; {passed} drafts that pass the "
    "checks": "ranges",
    "Browse the first {n}": "so many that a part is shown",
    "Do not rely on them: right in {right} % of {n} tested answers, no better than always the most "
    "frequent one.": "a few at least",
    "Keep turn {n} as a preference pair: new words better than old": "a place",
    "Show the first {n} in Browse": "so many that a part is shown",
    "Suggestions begin with {n} answered conversations.": "a few at least",
    "Tested on {n} answers: right in {right} %; always the most frequent answer: {always} %.": "a few at least",
    "Tested on {n} answers: the right top branch in {branch} %, exactly right in {right} %; always the most frequent "
    "answer: {always} %.": "a few at least",
    "The first {n} are shown.": "so many that a part is shown",
    "There are more; these are the first {n}.": "so many that a part is shown",
    "There are only {n} candidates.": "of one candidate there is no order",
    "These are the first {n} of {all}; the others follow as these are decided.": "so many that a part is shown",
    "candidate of {n}": "of one candidate nothing is said",
    "candidate of {n}, rank {rank}": "of one candidate nothing is said",
    "more than {n} drafts to decide": "so many that a part is shown",
    "at most {columns} can be imported": "a bound",
    "the table has {cells} columns": "too many of them",
    "{name} holds {entries} files": "too many of them",
    "the table has {schema} columns": "too many of them",
    "{requested} drafts": "of one it is said otherwise",
    "{side_left_out} side branches (other replies or rejected answers of imported conversations) left out; add "
    "branch:* to the query to include them, branch:side for them alone": "of one it is said otherwise",
    "{side_branches} side branches in it, as the query asks; every record of one is "
    "marked": "of one it is said otherwise",
    "{number} samples are tagged with the tier {tier} without what that tier needs (for the top: a source for every "
    "answer, signed as right, natural, in order); ws.pyramid names them and what is "
    "missing": "of one it is said otherwise",
    "{number} proved answers are not proved by their words any more and go out without their proof: {named}; the check "
    "'proof' says why": "of one it is said otherwise",
    "{number} code exercises do not hold any more and go out without their mark as an exercise: {named}; the check "
    "'code' says why": "of one it is said otherwise",
    "from {tried} of {shares} conversations": "of one it is said otherwise",
    "from {tried} of {shares} documents": "of one it is said otherwise",
    "from {tried} of {shares} approved items": "of one it is said otherwise",
    "{together} calls at a time": "of one it is said otherwise",
    "{number}, {name} and {word} stand for any; what stands there stays.": "three words",
    "{n} drawn as points; the shading counts all": "so many that a part is drawn",
    "People disagree on {disputed} of {compared} answers that two of them gave.": "“des”, of how many",
}
"""Texts that put a number before several, and why it is never one."""


def several(text: str, hole: str = r"\w+") -> list[str]:
    """The words for several that stand behind a number which can be one."""
    of_so_many = set(re.findall(r"\bdes \{(\w+)\}", text))
    counted = [(name, word) for name, word in SEVERAL.findall(text) if re.fullmatch(hole, name)]
    return [
        word
        for name, word in counted
        if word not in SAME | MEASURES and name not in of_so_many and not LIMITS.match(name)
    ]


def test_a_word_for_several_behind_a_number_has_a_form_for_one() -> None:
    texts = {text: entry for text, entry in catalogue("fr").items() if isinstance(entry, str)}
    loose = {text: entry for text, entry in texts.items() if several(entry) and text not in MANY}
    assert loose == {}


def test_every_counted_sentence_has_a_form_for_one_that_speaks_of_one() -> None:
    pairs = {text: entry for text, entry in catalogue("fr").items() if isinstance(entry, list)}
    assert len(pairs) > 100
    assert {text for text, entry in pairs.items() if len(entry) != 2} == set()
    assert {text: one for text, (one, _) in pairs.items() if several(one, hole="n")} == {}


def test_a_form_for_one_never_says_that_they_are() -> None:
    pairs = {text: entry for text, entry in catalogue("fr").items() if isinstance(entry, list)}
    wrong = re.compile(r"\{n\} (?:\w+ ){0,2}(?:sont|ont|seront)\b")
    assert {text: one for text, (one, _) in pairs.items() if wrong.search(one)} == {}


def test_what_is_excused_is_there() -> None:
    known = catalogue("fr")
    assert MANY.keys() - known.keys() == set()


def test_a_sentence_that_is_wrong_for_one_is_found() -> None:
    assert several("{n} approuvés") == ["approuvés"]
    assert several("plus de {LONGEST} cartes, {n} choix") == []
