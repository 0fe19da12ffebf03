"""The passages of a document, as a prompt shows them and as a turn remembers them."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from workbench.errors import GenerateError
from workbench.model import Document, Span

SHORTEST = 40
"""Characters below which a passage (a heading, a line of a table) is not asked about; Chinese says it in half."""

WINDOW = 6_000
"""Characters of passages in one prompt at most, the planned one first."""

NO_ANSWER = {
    "en": "The document does not say.",
    "fr": "Le document ne le dit pas.",
    "zh": "文件中没有说明。",
    "de": "Das Dokument sagt das nicht.",
    "es": "El documento no lo dice.",
    "it": "Il documento non lo dice.",
}
"""What is answered where no passage does, by language."""


@dataclass(frozen=True, slots=True)
class Focus:
    """The number of the passage that something is made around, and the passages shown with it, in their order."""

    number: int
    shown: list[dict[str, Any]]


def focused(document: Document, count: int, rng: random.Random) -> Iterator[Focus]:
    """So many passages one after the other; all of the document come before one comes again.

    Raises `GenerateError` for a document without a passage that is long enough.
    """
    plan = planned(document, rng)
    for place in range(count):
        number = plan[place % len(plan)]
        yield Focus(number, around(document, number))


def no_answer(language: str | None) -> str:
    """That the document does not say, in its language or, where there are no words for that, in English."""
    return NO_ANSWER.get((language or "en").split("-")[0], NO_ANSWER["en"])


def passage(document: Document, number: int) -> dict[str, Any]:
    """What a turn keeps of a passage, so that the text goes with the sample."""
    span = next(span for span in document.spans if span.number == number)
    return {"document": document.id, "span": number, "text": document.text[span.start : span.end]}


def planned(document: Document, rng: random.Random) -> list[int]:
    """The numbers of the passages worth asking about, mixed: going through them covers the whole document."""
    numbers = [span.number for span in document.spans if _weight(document.text[span.start : span.end]) >= SHORTEST]
    if not numbers:
        raise GenerateError("no passage of this document is long enough to ask about")
    return rng.sample(numbers, len(numbers))


def around(document: Document, number: int) -> list[dict[str, Any]]:
    """The passage and its neighbours, nearest first, as many as fit; in the document's order."""
    near = sorted(document.spans, key=lambda span: abs(span.number - number))
    return [passage(document, span.number) for span in sorted(_fitting(near), key=lambda span: span.number)]


def numbered(passages: Sequence[dict[str, Any]]) -> str:
    """Passages as a prompt shows them: ``[3] text``."""
    return "\n\n".join(f"[{one['span']}] {one['text']}" for one in passages)


def _fitting(spans: Sequence[Span]) -> list[Span]:
    left, kept = WINDOW, list(spans[:1])
    for span in spans[:1]:
        left -= span.end - span.start
    for span in spans[1:]:
        left -= span.end - span.start
        if left < 0:
            break
        kept.append(span)
    return kept


def _weight(text: str) -> int:
    if text.lstrip().startswith("#"):
        return 0
    return len(text) + sum(1 for letter in text if ord(letter) > 0x2E7F)
