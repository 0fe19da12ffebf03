"""Decisions on drafts. A person's word goes above every gate; each call is one step that can be undone."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from workbench.errors import InvalidInput, NotFound
from workbench.flows.branches import first_text, keep_branches, live_if_run
from workbench.flows.edit import with_ids
from workbench.flows.guarantees import looked_at
from workbench.flows.items import then_of
from workbench.flows.live_values import Live
from workbench.flows.wished import wishes
from workbench.generate.base import spoken
from workbench.ids import derived_id, now_ms
from workbench.model import ROLES, Draft, Generated, Sample, Source, Turn
from workbench.records import conversation_hash
from workbench.store.base import Store
from workbench.store.writer import Writer

FROM_NOTHING = "made from parameters"
"""Name of the source of samples that have neither parents nor a document."""


Seen = Mapping[str, int]
"""Draft -> how often it had been changed (`Draft.changes`) when the person read it."""


def accept(
    store: Store,
    author: str,
    draft_ids: Sequence[str],
    *,
    turns: Sequence[Turn] | None = None,
    seen: Seen | None = None,
    plain: bool = False,
) -> list[Sample]:
    """Turn drafts into samples, as one step. `turns` replaces the text of a single draft ("edited, then accepted").

    A conversation that was run turn by turn is accepted as it is now, without its stale turns; its branches become
    revisions, and its fixes preference pairs.

    The gates are asked again about an edited text; what they find goes with the sample (`origin.gates`). A proof, or
    code with tests, that does not hold for it is refused with `GuaranteeLost`; `plain` accepts it without that.

    Raises `InvalidInput` for a draft that was decided on already, has no text, cannot be used as edited, or was changed
    since it was `seen`.
    """
    if turns is not None and len(draft_ids) != 1:
        raise InvalidInput("an edit belongs to one draft", hint="accept the others in another step")
    drafts = [store.draft(draft_id) for draft_id in dict.fromkeys(draft_ids)]
    taken = Taken(store, author, drafts, turns, seen, plain=plain)
    with store.write(author, _label("accept", drafts)) as writer:
        taken.keep(writer)
    return store.samples([sample.id for sample in taken.samples])


class Taken:
    """Drafts as the samples they become; `keep` writes them within a step. Raises as `accept` does."""

    def __init__(
        self,
        store: Store,
        author: str,
        drafts: Sequence[Draft],
        turns: Sequence[Turn] | None = None,
        seen: Seen | None = None,
        *,
        plain: bool = False,
    ) -> None:
        self._store, self._author, self._drafts = store, author, drafts
        if any(not draft.parents and "document" not in draft.meta for draft in drafts):
            _ensure_source(store, author)
        self._seen = {draft.id: len(draft.changes) for draft in drafts} | dict(seen or {})
        self._lives = {draft.id: live_if_run(store, draft) for draft in drafts}
        self.samples = [_sample(store, draft, author, turns, self._lives[draft.id], plain=plain) for draft in drafts]

    def keep(self, writer: Writer) -> None:
        """Add the samples, with the branches of those run turn by turn, and mark the drafts as accepted."""
        pairs = list(zip(self._drafts, self.samples, strict=True))
        check_seen(self._store, self._seen)
        added = writer.add_samples(_began(sample, self._lives[draft.id]) for draft, sample in pairs)
        again = [sample_id for sample_id, new in added if not new]
        if again:  # accepted before, and that was undone
            writer.set_state(again, "active")
            self._say_anew(writer, frozenset(again))
        for draft, sample in pairs:
            live = self._lives[draft.id]
            if live is not None:
                keep_branches(writer, self._store.get(sample.id), live, sample.turns, self._author)
            writer.decide(draft.id, "accepted", sample=sample.id)
        suggested = wishes(self._store, pairs)
        if suggested:
            writer.tag(suggested)

    def _say_anew(self, writer: Writer, again: Collection[str]) -> None:
        """What was accepted before in other words says from now on what it is accepted as."""
        for draft, sample in zip(self._drafts, self.samples, strict=True):
            if sample.id in again and self._lives[draft.id] is None:
                stored = self._store.get(sample.id)
                if stored.turns != sample.turns:
                    now = replace(stored, turns=sample.turns, origin=sample.origin)
                    writer.save_revision(now, base_revision=stored.revision)


def check_seen(store: Store, seen: Seen) -> None:
    """Raise `InvalidInput` when a draft was changed since somebody read it. To be called within a step."""
    for draft in store.drafts_by_id(list(seen)):
        if len(draft.changes) != seen[draft.id]:
            raise InvalidInput("somebody changed this draft meanwhile", hint="read it as it is now, then decide")


def _ensure_source(store: Store, author: str) -> None:
    """The source of samples made from a recipe's parameters alone: made here, its licence is for a person to say."""
    if any(source.name == FROM_NOTHING for source in store.sources()):
        return
    source = Source(
        FROM_NOTHING, kind="generated", collector=author, collected_at=now_ms(), legal_basis="no personal data went in"
    )
    with store.write(author, "source of generated text", undoable=False) as writer:
        writer.save_source(source)


def reject(store: Store, author: str, draft_ids: Sequence[str], reason: str) -> list[Draft]:
    """Reject drafts with a reason, as one step. They are kept."""
    if not reason.strip():
        raise InvalidInput("a rejection needs a reason", hint="one or two words are enough")
    drafts = [store.draft(draft_id) for draft_id in dict.fromkeys(draft_ids)]
    with store.write(author, _label("reject", drafts)) as writer:
        return [writer.decide(draft.id, "rejected", reason=reason.strip()) for draft in drafts]


def rank(store: Store, author: str, ranks: Mapping[str, int | None]) -> None:
    """Order candidates of one request, as one step: draft id -> rank from 1; equal ranks are ties, None is no rank."""
    check_ranks(store, ranks)
    with store.write(author, f"rank {len(ranks)} drafts") as writer:
        writer.rank(ranks)


def check_ranks(store: Store, ranks: Mapping[str, int | None]) -> None:
    """Raise `InvalidInput` unless these are ranks of candidates of one request."""
    groups = {(draft.run, draft.group) for draft in map(store.draft, ranks)}
    if len(groups) > 1 or (len(ranks) > 1 and any(not group for _, group in groups)):
        raise InvalidInput("only candidates of one request can be put in order", hint="rank them group by group")
    given = [place for place in ranks.values() if place is not None]
    if any(isinstance(place, bool) or not isinstance(place, int) or place < 1 for place in given):
        raise InvalidInput("a rank is a whole number from 1", hint="equal ranks are ties")


def _began(sample: Sample, live: Live | None) -> Sample:
    """A conversation that was rewound begins as its oldest branch; the others become its revisions."""
    return sample if live is None else replace(sample, turns=first_text(live))


def _sample(
    store: Store, draft: Draft, author: str, turns: Sequence[Turn] | None, live: Live | None, *, plain: bool
) -> Sample:
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


def _label(verb: str, drafts: Sequence[Draft]) -> str:
    return f"{verb} draft" if len(drafts) == 1 else f"{verb} {len(drafts)} drafts"
