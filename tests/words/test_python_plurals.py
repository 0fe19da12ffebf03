"""No sentence of Python speaks of one as of many: a number that can be one stands behind its noun, or is an `amount`.

A number right before a word for several is looked for in every f-string of both packages, also in what only a terminal
or a notebook shows. Where the number is never one, it is said here why.
"""

from __future__ import annotations

import ast
import re
from pathlib import Path

from tests.words.python_words import ROOT, joined
from tests.words.test_plurals import LIMITS
from workbench.text import amount

COUNTED = re.compile(
    r"(?<!\} of )\{(\w+)\} (?:[a-z]+ed |side |first |false |bad )?([a-z]{2,}[^su\W]s|are|were|have|people)\b"
)
"""A number and a word that speaks of several; of "1 of 5 turns" the turns are several."""

VERBS = frozenset(
    {"answers", "becomes", "begins", "comes", "contains", "does", "exists", "fills", "fits", "gives", "goes", "has"}
    | {"holds", "imports", "lacks", "leads", "leaves", "makes", "names", "needs", "proposes", "reads", "says", "shows"}
    | {"stands", "stays", "takes", "unpacks", "uses", "was"}
)
"""What somebody does: the hole before it is a name."""

NEVER_ONE = {
    "{verb} {drafts} drafts": "the form for one is beside it",
    "approve {drafts} items": "the form for one is beside it",
    "{requested} drafts": "the form for one is beside it",
    "{side_left_out} side branches (other replies or rejected answers of imported conversations) left out; add "
    "branch:* to the query to include them, branch:side for them alone": "the form for one is beside it",
    "{side_branches} side branches in it, as the query asks; every record of one is "
    "marked": "the form for one is beside it",
    "{number} samples are tagged with the tier {tier} without what that tier needs (for the top: a source for every "
    "answer, signed as right, natural, in order); ws.pyramid names them and what is "
    "missing": "the form for one is beside it",
    "{together} calls at a time": "the form for one is beside it",
    "a line of {size} bytes": "too long",
    "a record of {data} bytes": "too long",
    "the table has {schema} columns": "too many",
    "the table has {cells} columns": "too many",
    "{name} holds {entries} files": "too many",
    "{name} would unpack from {packed} to {unpacked} bytes, which looks like a bomb": "too many",
    "{nodes} first messages": "one is what a conversation has",
    "{hint}; the conversation of {rows} rows was left out": "of one row nothing is said",
    "{cells} cells where the header has {header}": "more than the header has",
    "{words} words in one turn; people rarely say more than {LONG_TURN} at once": "too many",
    "the name of {whose} has {name} characters": "too many",
    "{unique} conversations are too many to look at together": "too many",
    "{name} has the choice {value} {times} times": "more than once",
    "a sheet holds about a million rows: there are {sheets} sheets": "one sheet is not told about",
    "{found} of its {GRAM}-word sequences are copied; the longest has {longest} words": "a sequence has many",
    "accept the best of {ranks} drafts": "of one there is no best",
    "  {spent}, {minutes} minutes": "with a decimal",
    "  {spent}, {minutes} minutes; nothing is accepted yet": "with a decimal",
    "  {spent}, {minutes} minutes; {each} and {minutes_per_accepted} minutes per accepted": "with a decimal",
    "from {made} of {rows} rows, with 90 % certainty: {tokens} to {tokens2} tokens, {price}, {minutes} to {minutes2} "
    "minutes, {passed} to {passed2} drafts that pass the checks": "ranges",
    "nesting deeper than {depth} levels": "a bound",
    "in {roles} turns": "names",
    "two {role} turns in a row": "a name",
    "the arguments of {name} in turn {number} are not JSON: {exc}": "a place",
    "drafts of {recipe} are not made turn by turn": "a name",
    "two parts of {value} have one name": "a name",
    "values of {name} are not counted": "a name",
    "some answers to {scheme} were changed meanwhile": "a name",
}


def counted(text: str) -> list[str]:
    """The words for several that stand right behind a number which can be one."""
    return [word for hole, word in COUNTED.findall(text) if word not in VERBS and not LIMITS.match(hole)]


def templates_of(path: Path) -> list[str]:
    return [joined(node) for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.JoinedStr)]


def test_no_sentence_of_python_speaks_of_one_as_of_many() -> None:
    paths = [path for package in ("workbench", "widgets") for path in sorted((ROOT / package).rglob("*.py"))]
    paths = [path for path in paths if "bench" not in path.parts[len(ROOT.parts) + 1 :]]
    texts = {text: path.name for path in paths for text in templates_of(path)}
    assert {text: at for text, at in texts.items() if counted(text) and text not in NEVER_ONE} == {}


def test_a_sentence_that_is_wrong_for_one_is_found() -> None:
    assert counted("{mistakes} mistakes do not fit") == ["mistakes"]
    assert counted("{rows} rows, {left} are left") == ["rows", "are"]
    assert counted("{found} of {read} turns; {name} holds {MOST} files; {n} as asked") == []


def test_a_number_has_the_form_of_what_it_counts() -> None:
    assert [amount(0, "turn"), amount(1, "turn"), amount(1200, "turn")] == ["0 turns", "1 turn", "1,200 turns"]
    assert amount(2, "side branch", "side branches") == "2 side branches"
