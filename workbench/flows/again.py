"""Rows that a person names: sent once more although they were maybe charged, or the only ones to be made.

A run has to be repeatable from its ledger: a row that was made on its own keeps a mark in its draft that says how, so
that nothing around it is asked, and paid, a second time.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from workbench.errors import InvalidInput
from workbench.flows.runs import MARKS, cut_rows, settled_rows, to_try_again
from workbench.flows.sharing import Share, drawn, shares
from workbench.generate import Recipe, read_params
from workbench.model import Draft, Run, RunState


@dataclass(frozen=True, slots=True)
class Named:
    """Rows of a run that a person named.

    Attributes:
        sent: maybe charged, and sent once more.
        anew: the model answered to no use (a refusal, an unreadable reply), and is asked anew.
        only: just these rows are made; None: all that are left.
        before: state and message of the run, which it has again when only some rows were made.
    """

    sent: frozenset[int] = frozenset()
    anew: frozenset[int] = frozenset()
    only: frozenset[int] | None = None
    before: tuple[RunState, str] = ("waiting", "")

    @property
    def again(self) -> frozenset[int]:
        """The rows that would be left as they are if nobody had named them."""
        return self.sent | self.anew


NOBODY = Named()
"""Nothing is named: all that is left is made."""


def named(run: Run, drafts: Sequence[Draft], send_again: Collection[str], only: Collection[str]) -> Named:
    """The rows of these drafts. Raises `InvalidInput` for one that cannot be sent, or only be sent by another name."""
    doubtful = {draft.id: draft for draft in drafts if draft.state == "in_doubt"}
    for unknown in (one for one in send_again if one not in doubtful):
        raise InvalidInput(
            f"draft {unknown} is not one of this run that may have been charged",
            hint="only these are sent again by name",
        )
    sent = frozenset(doubtful[one].row for one in send_again)
    if not only:
        return Named(sent)
    lost = {draft.id: draft for draft in drafts if draft.state in {"failed", "in_doubt"}}
    for unknown in (one for one in only if one not in lost):
        raise InvalidInput(
            f"draft {unknown} is not a row of this run that came to nothing", hint="read the list of these rows again"
        )
    rows = {lost[one].row: lost[one] for one in only}
    for draft in (one for one in rows.values() if one.state == "in_doubt" and one.row not in sent):
        raise InvalidInput(
            f"draft {draft.id} may have been charged, and would be charged twice",
            hint="name it in send_again too when you want that",
        )
    if not sent <= rows.keys():
        raise InvalidInput("only some rows shall be made, and others sent again", hint="name these in only too")
    anew = frozenset(row for row, draft in rows.items() if draft.state == "failed" and not to_try_again(draft))
    return Named(sent, anew, frozenset(rows), (run.state, run.message))


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run makes now.

    Attributes:
        todo: the shares that are made.
        made: rows that are there already, of the `total` that shall be.
        drafts: the last draft of each row.
        tries: how often each row was tried.
        marks: what the next draft of a row keeps of how it was made.
        unread: calls whose answer is not taken again.
        fatal: the calls that a row came to nothing with: tried again, it asks anew.
        told: the calls that a try of any row has.
    """

    todo: Iterable[Share] = ()
    made: int = 0
    total: int = 0
    drafts: Sequence[Draft] = ()
    tries: Mapping[int, int] = field(default_factory=dict)
    marks: Mapping[int, Mapping[str, Any]] = field(default_factory=dict)
    unread: frozenset[int] = frozenset()
    fatal: frozenset[int] = frozenset()
    told: frozenset[int] = frozenset()


def planned(tries: Sequence[Draft], run: Run, recipe: Recipe, chosen: Named, begun: Collection[int] = ()) -> Plan:
    """What a run with these drafts (all of its tries) makes: what is left of it, its pilot, or what a person named.

    `begun` are the rows with which a share began (`begun_rows`).
    """
    drafts, counts = newest(tries), Counter(draft.row for draft in tries)
    settled, kept = settled_rows(drafts, chosen.again), marks(drafts, chosen, counts)
    cuts, params = cut_rows(drafts, chosen.again, begun), read_params(recipe, run.params)
    for start in (row for row in begun if row % recipe.share_rows(params)):
        kept[start]["apart"] = True  # with a text, the ledger no longer tells it
    todo: Iterable[Share] = shares(run, recipe, params, settled, cuts)
    made, total = len(settled), run.requested
    if chosen.only is not None:
        whole = list(todo)
        todo = list(narrowed(whole, chosen.only))
        for start in {share.rows.start for share in todo} - {share.rows.start for share in whole}:
            kept[start]["apart"] = True
        made, total = 0, len(chosen.only)
    elif run.pilot:
        todo = drawn(list(todo), run, recipe)
    told = frozenset(call for draft in tries for call in draft.calls)
    return Plan(todo, made, total, drafts, counts, kept, unread(tries, chosen), fatal(tries), told)


def newest(tries: Iterable[Draft]) -> list[Draft]:
    """The last of the drafts of each row, in the order in which these were made."""
    last: dict[int, Draft] = {}
    for draft in tries:
        last.pop(draft.row, None)
        last[draft.row] = draft
    return list(last.values())


def marks(drafts: Iterable[Draft], chosen: Named, tries: Mapping[int, int]) -> defaultdict[int, dict[str, Any]]:
    """What the next draft of each row keeps of how it was made: what the last one has, and what is new by `chosen`."""
    found: defaultdict[int, dict[str, Any]] = defaultdict(dict)
    for draft in drafts:
        found[draft.row] = {name: draft.meta[name] for name in MARKS if name in draft.meta}
    for row in chosen.sent:
        found[row]["sent_again"] = True
    for row in chosen.anew:
        found[row]["asked_anew"] = tries[row]
    return found


def narrowed(todo: Iterable[Share], only: Collection[int]) -> Iterator[Share]:
    """The parts of these shares that make the rows in `only`, and no other.

    A row behind one that is neither made nor to be made cannot be reached by repeating the recipe: it begins a share.
    """
    for share in todo:
        start = share.rows.start
        for row in share.rows:
            if row not in share.done and row not in only:
                yield from _part(share, range(start, row), only)
                start = row + 1
        yield from _part(share, range(start, share.rows.stop), only)


def _part(share: Share, rows: range, only: Collection[int]) -> Iterator[Share]:
    wanted = [row for row in rows if row in only]
    if wanted:
        rest = share if rows.start == share.rows.start else share.after(rows.start - 1)
        part = range(rows.start, wanted[-1] + 1)
        yield Share(share.parent, part, share.done.intersection(part), rest.before)


def unread(tries: Sequence[Draft], chosen: Named) -> frozenset[int]:
    """Calls whose answer was of no use and is not taken again: a person had the row asked anew, or wants to."""
    last = {draft.row: draft for draft in tries}
    used = {call for draft in last.values() if draft.turns for call in draft.calls}
    lost = [draft for draft in tries if draft.state == "failed" and draft.calls]
    gone = {draft.calls[-1] for draft in lost if draft.row in chosen.anew or draft is not last[draft.row]}
    return frozenset(gone - used)


def fatal(tries: Iterable[Draft]) -> frozenset[int]:
    """The last call of each try that came to nothing. What failed before it (a judge, say) did not end the row."""
    return frozenset(draft.calls[-1] for draft in tries if draft.state == "failed" and draft.calls)
