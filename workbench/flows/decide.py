"""Decisions on drafts. A person's word goes above every gate; each call is one step that can be undone."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from workbench.errors import InvalidInput
from workbench.flows.accepting import ensure_source, sample_of
from workbench.flows.branches import first_text, keep_branches, live_if_run
from workbench.flows.live_values import Live
from workbench.flows.wished import wishes
from workbench.model import Draft, Sample, Turn
from workbench.store.base import Store
from workbench.store.writer import Writer
from workbench.text import amount

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
            ensure_source(store, author)
        self._seen = {draft.id: len(draft.changes) for draft in drafts} | dict(seen or {})
        self._lives = {draft.id: live_if_run(store, draft) for draft in drafts}
        self.samples = [sample_of(store, draft, author, turns, self._lives[draft.id], plain=plain) for draft in drafts]

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
    with store.write(author, f"rank {amount(len(ranks), 'draft')}") as writer:
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


def _label(verb: str, drafts: Sequence[Draft]) -> str:
    return f"{verb} draft" if len(drafts) == 1 else f"{verb} {len(drafts)} drafts"
