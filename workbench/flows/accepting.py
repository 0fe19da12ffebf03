"""The sample that an accepted draft becomes: its text, its origin, its source."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from workbench.errors import InvalidInput, NotFound
from workbench.flows.edit import with_ids
from workbench.flows.guarantees import looked_at
from workbench.flows.items import then_of
from workbench.flows.live_values import Live
from workbench.generate.base import spoken
from workbench.ids import derived_id, now_ms
from workbench.model import ROLES, Draft, Generated, Sample, Source, Turn
from workbench.records import conversation_hash
from workbench.store.base import Store

FROM_NOTHING = "made from parameters"
"""Name of the source of samples that have neither parents nor a document."""


def ensure_source(store: Store, author: str) -> None:
    """The source of samples made from a recipe's parameters alone: made here, its licence is for a person to say."""
    if any(source.name == FROM_NOTHING for source in store.sources()):
        return
    source = Source(
        FROM_NOTHING, kind="generated", collector=author, collected_at=now_ms(), legal_basis="no personal data went in"
    )
    with store.write(author, "source of generated text", undoable=False) as writer:
        writer.save_source(source)


def sample_of(
    store: Store, draft: Draft, author: str, turns: Sequence[Turn] | None, live: Live | None, *, plain: bool
) -> Sample:
    """The sample a draft becomes, in the words of `turns` where a person rewrote it; nothing is written.

    Raises `InvalidInput` for one without text, one that is no conversation, or turns that cannot be used, `NotFound`
    where its document is gone, and `GuaranteeLost` as `accept` says.
    """
    if not draft.turns:
        raise InvalidInput(f"draft {draft.id} came to nothing: {draft.reason}", hint="there is no text to accept")
    then = then_of(draft)
    if then is not None and then.parameters and not spoken(draft.turns):
        raise InvalidInput(f"draft {draft.id} is no conversation: it is one of {then.what}", hint="approve it instead")
    parents = store.samples(draft.parents)
    first = parents[0] if parents else None
    now = draft.turns if live is None else tuple(item.turn for item in live.turns)
    if not now:
        raise InvalidInput("nothing was said yet", hint="let the first turn be made")
    edited = turns is not None and conversation_hash(tuple(turns)) != conversation_hash(now)
    fixed = live is not None and any(item.by == "person" for item in live.turns)
    text = checked_turns(turns, now) if turns is not None else now
    branch = draft.branch_at if draft.branch_at and any(turn.id == draft.branch_at for turn in text) else None
    origin = Generated(
        parents=draft.parents,
        recipe=draft.recipe,
        version=draft.version,
        run=draft.run,
        draft=draft.id,
        depth=1 + max((_depth(parent) for parent in parents), default=0),
        model=draft.model,
        params=draft.params,
        seed=draft.seed,
        edited_by=author if edited or fixed else _earlier_editor(draft),
        approved_by=draft.meta.get("approved", {}).get("by"),
        branch_of=first.id if first and branch else None,
        branch_at=branch if first else None,
        document=draft.meta.get("document"),
        turn_models=_writers_of(draft, text),
    )
    sample = Sample(
        id=derived_id("s", draft.id),
        turns=text,
        origin=origin,
        source=first.source if first else _source_of(store, draft),
        language=draft.language or (first.language if first else None),
        title=str(draft.meta.get("title", "")) or (first.title if first else ""),
        created_at=now_ms(),
    )
    if not edited:
        return sample
    kept, gates = looked_at(store, draft, sample, plain=plain)
    return replace(kept, origin=replace(origin, gates=gates))


def _writers_of(draft: Draft, text: Sequence[Turn]) -> dict[str, str]:
    """Which model wrote each turn that is still there, where the run asked several."""
    wrote = draft.meta.get("turn_models", {})
    return {turn.id: wrote[turn.id] for turn in text if turn.id in wrote}


def _earlier_editor(draft: Draft) -> str | None:
    """Who changed or repaired a draft before it was accepted as it is, if anybody."""
    repaired: str | None = draft.meta.get("repaired", {}).get("by")
    return draft.changes[-1].author if draft.changes else repaired


def _source_of(store: Store, draft: Draft) -> str:
    """The source of a draft without parents: its document's, else the one for text that came from nothing."""
    wanted = draft.meta.get("document")
    if wanted is not None:
        try:
            return store.document(wanted).source
        except NotFound as exc:
            hint = "add it again, then accept the draft"
            raise NotFound(f"the document of draft {draft.id} is gone", hint=hint) from exc
    return next(source.id for source in store.sources() if source.name == FROM_NOTHING)


def checked_turns(turns: Sequence[Turn], before: Sequence[Turn]) -> tuple[Turn, ...]:
    """The turns as a person rewrote them, each with an id. Raises `InvalidInput` for what cannot be used."""
    if not turns:
        raise InvalidInput("a conversation needs at least one turn", hint="reject the draft instead")
    for number, turn in enumerate(turns, start=1):
        if turn.role not in ROLES:
            raise InvalidInput(f"turn {number} has the role {turn.role!r}", hint=f"use one of: {', '.join(ROLES)}")
        if not turn.content.strip() and not turn.tool_calls:
            raise InvalidInput(f"turn {number} is empty", hint="write something or delete the turn")
    numbered = with_ids([replace(turn) for turn in turns], {turn.id for turn in before})
    if len({turn.id for turn in numbered}) < len(numbered):
        raise InvalidInput("two turns have the same id", hint="leave the id of a new turn empty")
    return numbered


def _depth(sample: Sample) -> int:
    return sample.origin.depth
