"""Errors begin with a capital letter on the screen: the front end knows each word of ours that one begins with."""

from __future__ import annotations

import re

from tests.words.python_words import ROOT, errors

WORD = re.compile(r"[a-z][a-z'’-]*(?=$|[\s,:;.!?])")
FIELD = re.compile(r"[\w.]+")
CODE = frozenset({"pip"})
"""What is typed as it stands."""


def known() -> set[str]:
    text = (ROOT / "widgets" / "frontend" / "src" / "core" / "opening.ts").read_text("utf-8")
    found = re.search(r"new Set\(\s*`([^`]+)`", text)
    assert found
    return set(found.group(1).split())


def test_every_word_that_an_error_begins_with_is_known_to_the_screen() -> None:
    texts = [text for text in errors() if not FIELD.fullmatch(text)]
    first = {found.group(): text for text in texts if (found := WORD.match(text))}
    assert len(first) > 100
    assert {word: text for word, text in first.items() if word not in known() | CODE} == {}
