"""The gates of a draft once more, for words that a person changed: what they find then, and what is new in that."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from workbench.errors import WorkbenchError
from workbench.flows.gating import Gating
from workbench.flows.known import known_for
from workbench.flows.runs import drafts_of
from workbench.flows.unit import Unit
from workbench.flows.units import load_unit
from workbench.generate import RECIPES, Candidate, Recipe, look_at
from workbench.model import Draft, Finding, Run, Turn
from workbench.store.base import Store


class Regated(NamedTuple):
    """What the gates find in changed words; `worse` is new in it, `better` is gone.

    `checked` is False where they could not be asked: the recipe is another one by now, or what it started from is gone.
    Then the old findings stay.
    """

    gates: tuple[Finding, ...]
    worse: tuple[Finding, ...] = ()
    better: tuple[Finding, ...] = ()
    checked: bool = True


@dataclass(slots=True)
class _OfRun:
    run: Run
    recipe: Recipe | None
    gating: Gating | None = None
    key: str = ""
    unit: Unit | None = None


class Regating:
    """Asks the gates of each draft's own recipe again.

    `changing` are the drafts whose old words do not count any more: each is compared with the other drafts of its run,
    and with the changed ones before it. Without `others` it is compared with nothing, and of a set only its own parents
    are read: then one draft of ten thousand is looked at without reading them all.
    """

    def __init__(self, store: Store, changing: Collection[str], *, others: bool = True) -> None:
        self._store = store
        self._changing = frozenset(changing)
        self._others = others
        self._runs: dict[str, _OfRun] = {}

    def look(self, draft: Draft, turns: Sequence[Turn]) -> Regated:
        """What the gates find in a draft that says this."""
        known = self._known(draft)
        unit = self._unit(known, draft)
        if known.recipe is None or known.gating is None or unit is None:
            return Regated(draft.gates, checked=False)
        candidate = Candidate(
            turns=tuple(turns),
            language=draft.language,
            group=draft.group,
            rank=draft.rank,
            branch_at=draft.branch_at,
            meta=draft.meta,
            parents=draft.parents if known.recipe.starts_from == "set" else None,
        )
        gates = (*look_at(known.recipe, unit.subject, candidate), *known.gating.look(draft.row, unit, candidate))
        return Regated(gates, _beyond(gates, draft.gates), _beyond(draft.gates, gates))

    def _known(self, draft: Draft) -> _OfRun:
        if draft.run not in self._runs:
            recipe = RECIPES.get(draft.recipe) if draft.recipe in RECIPES.names() else None
            same = recipe if recipe is not None and recipe.version == draft.version else None
            known = _OfRun(self._store.run(draft.run), same)
            if same is not None:
                every = drafts_of(self._store, draft.run) if self._others else ()
                others = (one for one in every if one.id not in self._changing)
                known.gating = Gating(same, others, params=known.run.params, known=known_for(self._store, same))
            self._runs[draft.run] = known
        return self._runs[draft.run]

    def _unit(self, known: _OfRun, draft: Draft) -> Unit | None:
        """What the draft started from; drafts that come one after the other mostly share it."""
        if known.recipe is None:
            return None
        parent = _parent(known, draft)
        key = f"{parent} {draft.row}" if known.recipe.starts_from == "nothing" else parent
        if known.recipe.starts_from == "set" and not known.run.follows:
            key = "all"  # one selection for all of its drafts
        if known.unit is None or known.key != key:
            try:
                run = known.run if self._others else replace(known.run, parents=draft.parents)
                known.unit = load_unit(self._store, known.recipe, run, parent, draft.row)
            except WorkbenchError:  # the sample or the document is gone
                known.unit = None
            known.key = key
        return known.unit


def _parent(known: _OfRun, draft: Draft) -> str:
    """What the draft's share started from, as the run names it."""
    if known.run.follows:
        return str(draft.meta.get("approved", {}).get("item", ""))
    if known.recipe is not None and known.recipe.starts_from == "document":
        return str(draft.meta.get("document", ""))
    return next(iter(draft.parents), "")


def _beyond(found: Sequence[Finding], other: Sequence[Finding]) -> tuple[Finding, ...]:
    """What stands in `found` and not in `other`; remarks that only tell figures do not count."""
    known = {(one.check, one.severity) for one in other}
    return tuple(one for one in found if one.severity != "info" and (one.check, one.severity) not in known)
