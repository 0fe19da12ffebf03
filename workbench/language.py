"""Which language a text is in, offline: py3langid's model of about 100 languages, with normalised confidence."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

SURE = 0.6
"""Below this confidence (0 to 1) a language is not claimed. Short texts stay undecided rather than wrong."""

_WRITTEN_AS = {"yue": "zh", "wuu": "zh"}
"""Cantonese and Wu, in short written texts, cannot be told from Mandarin; the macrolanguage's code is used."""

_ENOUGH = 2_000  # characters; more does not change the answer and costs time


def detect_language(text: str) -> tuple[str | None, float]:
    """The ISO 639-1 code of a text's language and the confidence (0 to 1); (None, confidence) when unsure."""
    sample = text[:_ENOUGH].strip()
    if not sample:
        return None, 0.0
    label, confidence = _identifier().classify(sample)
    language = _WRITTEN_AS.get(label, label)
    return (str(language) if confidence >= SURE else None), float(confidence)


@lru_cache(maxsize=1)
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
