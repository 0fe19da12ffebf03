"""The person at the screen: the language it speaks to them, and what it remembers for them."""

from __future__ import annotations

import getpass
import json
import os
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from workbench.errors import InvalidInput

LOCALES = Path(__file__).parent / "locale"
LANGUAGES = ("en", "fr", "zh")
LANGUAGE = "language"
KEYS = "keys"


@cache
def catalogue(language: str) -> dict[str, Any]:
    """English text -> text of that language, as the front end reads it (`core/i18n.ts`); English needs none.

    Its parts: ``screen`` (the front end's own texts), ``tables`` (schemes, recipes, fields ...) and ``errors``.
    """
    if language == "en":
        return {}
    if language not in LANGUAGES:
        raise InvalidInput(f"the screen does not speak {language!r}", hint=f"it speaks {', '.join(LANGUAGES)}")
    words: dict[str, Any] = {}
    for part in sorted((LOCALES / language).glob("*.json")):
        words |= json.loads(part.read_text("utf-8"))
    return words


def language_of(ws: Any) -> str:
    """The language the person chose; empty before they did, when the browser's own decides."""
    chosen = ws.preference(LANGUAGE)
    return chosen if chosen in LANGUAGES else ""


def keys_of(ws: Any) -> dict[str, list[str]]:
    """The shortcuts the person gave other keys; what is not a list of key names is left out."""
    chosen = ws.preference(KEYS)
    if not isinstance(chosen, Mapping):
        return {}
    return {str(at): keys for at, keys in chosen.items() if isinstance(keys, list) and all(map(_is_key, keys))}


def _is_key(name: Any) -> bool:
    return isinstance(name, str) and 0 < len(name) <= 40


def author_from(author: str, environ: Mapping[str, str] = os.environ) -> str:
    """Where the name comes from: "setting" (named at the start), "hub", "login", or "code" (named in the notebook)."""
    if author == environ.get("WORKBENCH_AUTHOR", "").strip():
        return "setting"
    if author == environ.get("JUPYTERHUB_USER", "").strip():
        return "hub"
    try:
        login = getpass.getuser()
    except (OSError, KeyError):  # a container's user without a name
        login = "somebody"
    return "login" if author == login else "code"


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
