"""The catalogues hold every text of Python that the screen shows, with the same holes, and nothing else."""

from __future__ import annotations

import ast
import json
import re
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from tests.words.handed_words import handed_words
from tests.words.import_words import import_words
from tests.words.python_tables import tables
from tests.words.python_words import ROOT, errors, shown
from widgets._me import LANGUAGES, catalogue

LOCALES = Path(__file__).parents[2] / "widgets" / "locale"
OTHERS = [language for language in LANGUAGES if language != "en"]

PLACE = re.compile(r"^[\w{}.\[\]]+$")
"""The name of a place in a record ("sample.{name}"), as the file spells it: shown as it is."""

UNTRANSLATED = frozenset({": {tag}"})
"""Punctuation around a value."""


def spoken() -> dict[str, str]:
    """Text -> where it is made."""
    titles = {**tables(), **shown(), **import_words(), **handed_words()}
    places = {text for text in errors() if PLACE.match(text)} - titles.keys()
    return {text: at for text, at in {**errors(), **titles}.items() if text not in places | UNTRANSLATED}


def holes(text: str) -> set[str]:
    return set(re.findall(r"\{(\w+)\}", text))


def texts_of(entry: Any) -> list[str]:
    return entry if isinstance(entry, list) else [entry]


@pytest.mark.parametrize("language", OTHERS)
def test_every_text_of_python_is_translated(language: str) -> None:
    known = catalogue(language)
    assert {text: at for text, at in spoken().items() if text not in known} == {}


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("part", ["errors", "tables"])
def test_no_entry_has_lost_its_text(language: str, part: str) -> None:
    entries = json.loads((LOCALES / language / f"{part}.json").read_text("utf-8"))
    assert entries.keys() - spoken().keys() == set()


@pytest.mark.parametrize("language", OTHERS)
def test_a_translation_has_the_holes_of_its_text(language: str) -> None:
    wrong = {
        text: entry
        for text, entry in catalogue(language).items()
        if any(holes(part) != holes(text) for part in texts_of(entry)[-1:])
    }
    assert wrong == {}


@pytest.mark.parametrize("language", OTHERS)
def test_no_translation_is_empty_or_left_in_english_by_mistake(language: str) -> None:
    sentences = {text: entry for text, entry in catalogue(language).items() if len(text.split()) > 4}
    assert {text for text, entry in sentences.items() if text in texts_of(entry) or "" in texts_of(entry)} == set()


def test_the_languages_have_the_same_entries() -> None:
    assert catalogue("fr").keys() == catalogue("zh").keys()


def test_english_needs_no_catalogue_and_an_unknown_language_is_told() -> None:
    assert catalogue("en") == {}
    with pytest.raises(Exception, match="the screen does not speak 'xx'"):
        catalogue("xx")


def test_a_french_sign_never_begins_a_line() -> None:
    broken = re.compile(r" [?!:;»%](?=\s|$)|« ")
    assert [entry for entries in catalogue("fr").values() for entry in texts_of(entries) if broken.search(entry)] == []


def test_no_description_of_ours_begins_as_a_quotation_does() -> None:
    assert [text for text in import_words() if text.startswith(("'", '"'))] == []


def test_a_share_is_written_with_a_space_before_the_sign_wherever_the_screen_shows_it() -> None:
    close = re.compile(r"[\d}]%")
    told = {text: at for text, at in {**spoken(), **catalogue("fr")}.items() if close.search(text)}
    assert told == {}


def own_shares(tree: ast.AST) -> list[int]:
    """The lines that write a share themselves: with a format in per cent, or the sign right behind a value."""
    found = []
    for node in (node for node in ast.walk(tree) if isinstance(node, ast.JoinedStr)):
        spec = str(node.values[-1].value) if node.values and isinstance(node.values[-1], ast.Constant) else ""
        signs = [str(after.value) for value, after in pairwise(node.values)
                 if isinstance(value, ast.FormattedValue) and isinstance(after, ast.Constant)]  # fmt: skip
        if re.fullmatch(r"\.\d%", spec) or any(sign.startswith("%") for sign in signs):
            found.append(node.lineno)
    return found


def test_a_share_is_written_by_one_function_also_in_files_and_at_a_terminal() -> None:
    assert own_shares(ast.parse('f"{share:.1%} of it"')) == own_shares(ast.parse('f"{n}% of it"')) == [1]
    paths = [path for package in ("workbench", "widgets") for path in (ROOT / package).rglob("*.py")]
    told = {path.name: lines for path in paths if (lines := own_shares(ast.parse(path.read_text("utf-8"))))}
    assert told == {}, "a share is written by workbench.text.percent"
