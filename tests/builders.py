"""Plain builders of the nouns, for tests."""

from __future__ import annotations

from workbench.ids import derived_id
from workbench.model import Imported, Origin, Sample, Turn
from workbench.records import conversation_hash


def a_turn(content: str, *, role: str = "user", id: str = "t1", **more: object) -> Turn:
    return Turn(id=id, role=role, content=content, **more)  # type: ignore[arg-type]


def turns_of(*contents: str) -> tuple[Turn, ...]:
    """User and assistant take turns, beginning with the user."""
    roles = ("user", "assistant")
    return tuple(Turn(id=f"t{i + 1}", role=roles[i % 2], content=text) for i, text in enumerate(contents))


def a_sample(
    *contents: str,
    id: str | None = None,
    language: str | None = "en",
    source: str = "src_test",
    origin: Origin | None = None,
    **more: object,
) -> Sample:
    turns = turns_of(*(contents or ("Hello, is the lab open on Sunday?", "No, it opens again on Monday at seven.")))
    return Sample(
        id=id or derived_id("s", "", conversation_hash(turns)),
        turns=turns,
        origin=origin or Imported(source=source, file="test.jsonl", row=1),
        source=source,
        language=language,
        **more,  # type: ignore[arg-type]
    )
