"""Turns in another language than the conversation's."""

from __future__ import annotations

from collections.abc import Iterator

from workbench.evaluate.base import Check, Context
from workbench.language import detect_language
from workbench.model import Finding, Sample

ENOUGH = 40
"""Characters below which no turn's language is judged (8 in Chinese, where a character says more)."""

_ENOUGH_HAN = 8


def measure_language_mix(sample: Sample, context: Context) -> Iterator[Finding]:
    """One finding per turn whose language is surely another one; tool answers and system turns are left alone."""
    expected = (sample.language or detect_language(sample.text)[0] or "").split("-")[0]
    if not expected:
        return
    for turn in sample.turns:
        if turn.role not in ("user", "assistant") or len(turn.content) < _minimum(turn.content):
            continue
        language, confidence = detect_language(turn.content)
        if language and language != expected:
            message = f"this turn is in {language}, the conversation in {expected}"
            yield Finding("language-mix", 1 - confidence, "warning", message, sample.id, turn.id, value=language)


def _minimum(text: str) -> int:
    han = sum("\u4e00" <= character <= "\u9fff" for character in text)
    return _ENOUGH_HAN if han > len(text) / 3 else ENOUGH


LANGUAGE_MIX = Check(
    "language-mix",
    "Language mix",
    "Finds turns that are in another language than the rest of the conversation.",
    measure_language_mix,
)
