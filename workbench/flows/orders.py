"""How far a machine's order of candidates agrees with people's, domain by domain, and which writer people prefer.

A machine's order counts for something only where it was measured: its pairs leave the workspace for a domain in which
enough requests were put in order by people too and the two agree (`ws.setting("least_tau")`).
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Any

from workbench.flows.judged_runs import Kept
from workbench.flows.verdicts import Comparison, comparisons
from workbench.flows.verdicts import wins as shares
from workbench.label.answers import CANNOT_SAY
from workbench.label.ranking import bradley_terry, kendall_tau, ranked_pairs, ranks_from_scores
from workbench.model import Draft
from workbench.store.base import Store

LEAST_TAU = 0.5
"""Agreement (Kendall's tau-b) from which on a machine's order counts, where the setting says nothing else."""

LEAST_REQUESTS = 5
"""Requests of a domain that people and the machine both put in order, below which nothing is known yet."""

SETTING = "least_tau"
NO_DOMAIN = ""
_DRAWS = 1_000
_ALL = 1 << 60


@dataclass(frozen=True, slots=True)
class Agreed:
    """Kendall's tau-b between people's and the machine's orders in one domain: the mean over its requests.

    `low` and `high` bound it with 95 % certainty (bootstrap over requests); None below three requests.
    """

    domain: str
    requests: int
    tau: float
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Orders:
    """What people's orders say.

    `requests` were put in order by people. `domains` compares with the machine where it gave scores too, `compared`
    where it compared them two by two and may be relied on: each kind of order is measured by itself. `strengths` are
    Bradley-Terry scores of who wrote what (log odds, 0 on average) from people's orders; empty with one writer.
    """

    requests: int
    domains: tuple[Agreed, ...]
    strengths: dict[str, float]
    least: float = LEAST_TAU
    compared: tuple[Agreed, ...] = ()

    def of(self, domain: str, *, compared: bool = False) -> Agreed | None:
        """The measure of one domain: of scores, or of comparisons."""
        measured = self.compared if compared else self.domains
        return next((agreed for agreed in measured if agreed.domain == domain), None)

    def refused(self, domain: str, *, compared: bool = False) -> str:
        """Why a machine's order, by scores or by comparisons, counts for nothing in this domain; "" where it counts."""
        found, where = self.of(domain, compared=compared), domain or "no domain"
        if found is None or found.requests < LEAST_REQUESTS:
            known = found.requests if found else 0
            return f"the machine's order was compared with people's too rarely in {where}: {known} of {LEAST_REQUESTS}"
        if found.tau < self.least:
            return f"the machine's order agrees too little with people's in {where} (tau {found.tau:.2f})"
        return ""


def orders(store: Store, kept: Kept[Comparison] | None = None) -> Orders:
    """Reads the runs in which people put candidates in order; a few hundred drafts take some milliseconds."""
    taus: dict[str, list[float]] = defaultdict(list)
    compared: dict[str, list[float]] = defaultdict(list)
    won = {draft: share for draft, (share, _) in shares(comparisons(store, kept)).items()}
    wins: list[tuple[str, str, bool]] = []
    requests = 0
    for drafts in _groups(store):
        human = {draft.id: draft.rank for draft in drafts if draft.rank is not None}
        if len(human) < 2:
            continue
        requests += 1
        writers = {draft.id: writer_of(draft) for draft in drafts}
        wins += [(writers[one], writers[other], tied) for one, other, tied in ranked_pairs(human)]
        for measured, tau in ((taus, tau_of(drafts)), (compared, tau_of(drafts, won))):
            if tau is not None:
                measured[domain_of(store, drafts)].append(tau)
    by_scores, by_pairs = (
        tuple(_agreed(domain, found) for domain, found in sorted(measured.items())) for measured in (taus, compared)
    )
    between = [win for win in wins if win[0] != win[1]]
    least = store.setting(SETTING)
    return Orders(requests, by_scores, bradley_terry(between), LEAST_TAU if least is None else float(least), by_pairs)


def tau_of(drafts: Iterable[Draft], given: Mapping[str, float] | None = None) -> float | None:
    """How far a person's order of the candidates agrees with the machine's; None where one of them is missing.

    The machine's is that of the scores `given` by draft, else of those it put beside the drafts.
    """
    found = list(drafts)
    human = {draft.id: draft.rank for draft in found if draft.rank is not None}
    told = {draft.id: machine_score(draft) if given is None else given.get(draft.id) for draft in found}
    scores = {draft: score for draft, score in told.items() if score is not None}
    return kendall_tau(human, ranks_from_scores(scores))


def machine_score(draft: Draft) -> float | None:
    """The score a machine gave a draft beside its text."""
    score: Any = (draft.meta.get("machine") or {}).get("score")
    return float(score) if isinstance(score, int | float) and not isinstance(score, bool) else None


def writer_of(draft: Draft) -> str:
    """The model that wrote a draft, and how freely; the recipe where none did."""
    freedom = draft.meta.get("temperature")
    return f"{draft.model or draft.recipe}" + (f" · {freedom}" if freedom is not None else "")


def domain_of(store: Store, drafts: Sequence[Draft]) -> str:
    """The domain people gave to what the candidates were made from, or to what became of them; its top level.

    Where they differ, the one most people gave. "" when nobody said.
    """
    ids = {parent for draft in drafts for parent in draft.parents} | {draft.sample for draft in drafts if draft.sample}
    said: Counter[str] = Counter()
    for tag in store.tags(sorted(ids)):
        if tag.scheme == "domain" and not tag.machine and tag.turn is None and tag.value != CANNOT_SAY:
            said[str(tag.value).split("/")[0]] += 1
    return min(said, key=lambda name: (-said[name], name)) if said else NO_DOMAIN


def _groups(store: Store) -> Iterable[list[Draft]]:
    for run in store.ranked_runs():
        groups: dict[str, list[Draft]] = defaultdict(list)
        for draft in store.drafts(run=run, limit=_ALL):
            if draft.group and draft.turns:
                groups[draft.group].append(draft)
        yield from (drafts for drafts in groups.values() if len(drafts) > 1)


def _agreed(domain: str, taus: Sequence[float]) -> Agreed:
    if len(taus) < 3:
        return Agreed(domain, len(taus), fmean(taus), None, None)
    rng = random.Random(len(taus))
    means = sorted(fmean(rng.choices(taus, k=len(taus))) for _ in range(_DRAWS))
    return Agreed(domain, len(taus), fmean(taus), means[int(0.025 * _DRAWS)], means[int(0.975 * _DRAWS) - 1])
