"""The person at the screen: the language it speaks to them, and what it remembers for them."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from workbench.errors import InvalidInput

LOCALES = Path(__file__).parent / "locale"
LANGUAGES = ("en", "fr", "zh")
LANGUAGE = "language"


@cache
def catalogue(language: str) -> dict[str, Any]:
    """English text -> text of that language, as the front end reads it (`core/i18n.ts`); English needs none."""
    if language == "en":
        return {}
    if language not in LANGUAGES:
        raise InvalidInput(f"the screen does not speak {language!r}", hint=f"it speaks {', '.join(LANGUAGES)}")
    words: dict[str, Any] = json.loads((LOCALES / f"{language}.json").read_text("utf-8"))
    return words


def language_of(ws: Any) -> str:
    """The language the person chose; empty before they did, when the browser's own decides."""
    chosen = ws.preference(LANGUAGE)
    return chosen if chosen in LANGUAGES else ""


def commands(ws: Any) -> dict[str, Callable[..., Any]]:
    """Commands ``me.*``: a small JSON value per name, kept for this person in this workspace."""

    def remember(name: str, value: Any) -> dict[str, Any]:
        ws.set_preference(name, value)
        return {"name": name}

    def speak(language: str, keep: bool = True) -> dict[str, Any]:
        words = catalogue(language)
        if keep:
            ws.set_preference(LANGUAGE, language)
        return {"language": language, "words": words}

    return {
        "me.recall": lambda name: {"value": ws.preference(name)},
        "me.remember": remember,
        "me.speak": speak,
    }
