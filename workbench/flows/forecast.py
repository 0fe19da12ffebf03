"""What a whole run will take, from the rows of it that are made: intervals instead of guesses."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from workbench.errors import InvalidInput
from workbench.flows.run_models import width_now
from workbench.flows.runs import ALL, drafts_of, to_try_again
from workbench.flows.units import load_unit
from workbench.generate import Recipe, read_params
from workbench.generate.judges import recipe_of_run
from workbench.model import Call, Draft, Run
from workbench.store.base import Store
from workbench.text import amount

LEVEL = 0.9
FEWEST = 3
"""Shares (conversations, documents or rows) below which nothing can be said about the others."""

_DRAWS = 4000
# 95 % points of Student's t for 1 to 30 degrees of freedom, then the normal's: both sides leave out 5 %.
_T = (
    6.314, 2.920, 2.353, 2.132, 2.015, 1.943, 1.895, 1.860, 1.833, 1.812, 1.796, 1.782, 1.771, 1.761, 1.753,
    1.746, 1.740, 1.734, 1.729, 1.725, 1.721, 1.717, 1.714, 1.711, 1.708, 1.706, 1.703, 1.701, 1.699, 1.697,
)  # fmt: skip
_NORMAL = 1.645

Interval = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Forecast:
    """What the whole run will have taken at its end, each with 90 % certainty between two numbers.

    Attributes:
        rows: rows the run comes to: those that were asked for, or of these as many as the set needs.
        made: rows that are made by now; the forecast rests on them.
        tokens: tokens read and written.
        usd: the price in dollars; None when it is not known.
        minutes: time of the calls, with as many under way as the settings say.
        passed: drafts that come through the checks (and, once people decide, are accepted).
        estimated: calls whose tokens the endpoint did not report, so that the forecast rests on our estimate of them.
        unknown: what the rows that are made cannot say about the others.
    """

    rows: int
    made: int
    tokens: Interval
    usd: Interval | None
    minutes: Interval
    passed: Interval
    estimated: int = 0
    unknown: tuple[str, ...] = ()

    def __str__(self) -> str:
        price = "price unknown" if self.usd is None else f"${self.usd[0]:.2f} to ${self.usd[1]:.2f}"
        return (
            f"from {self.made:,} of {self.rows:,} rows, with 90 % certainty: "
            f"{self.tokens[0]:,.0f} to {self.tokens[1]:,.0f} tokens, {price}, "
            f"{self.minutes[0]:.1f} to {self.minutes[1]:.1f} minutes, "
            f"{self.passed[0]:,.0f} to {self.passed[1]:,.0f} drafts that pass the checks"
            + (f" (tokens of {amount(self.estimated, 'call')} estimated)" if self.estimated else "")
            + "".join(f"; {one}" for one in self.unknown)
        )


@dataclass(frozen=True, slots=True)
class _Seen:
    """What is made of a run: the calls of each share that is, and how many `shares` there are to be, of `rows` rows.

    At most so many shares are at work at once as `together` says.
    """

    drafts: Sequence[Draft]
    calls: Sequence[Sequence[Call]]
    shares: int
    rows: int
    together: int
    unknown: tuple[str, ...] = ()


def checked_pilot(rows: int) -> int:
    """The number of rows to make first. Raises `InvalidInput` for what is none."""
    if isinstance(rows, bool) or not isinstance(rows, int) or rows < 0:
        raise InvalidInput(f"{rows!r} is no number of rows to try", hint="a whole number from 1")
    return rows


def forecast(store: Store, run: Run) -> Forecast:
    """The forecast from a run's rows that are made. Raises `InvalidInput` when these are too few."""
    recipe = recipe_of_run(run.recipe)
    seen = _of_a_set(store, run, recipe) if recipe.starts_from == "set" else _of_shares(store, run, recipe)
    if len(seen.calls) < FEWEST:
        raise InvalidInput("too few rows are made to say what the rest will take", hint=f"make at least {FEWEST} first")
    calls = [call for some in seen.calls for call in some]
    known = all(call.usd is not None for call in calls)
    passed = sum(draft.state in {"draft", "approved", "accepted"} for draft in seen.drafts)
    workers = min(width_now(store, read_params(recipe, run.params)), seen.together)
    low, high = _total(seen, _minutes)
    return Forecast(
        rows=seen.rows,
        made=len(seen.drafts),
        tokens=_total(seen, _tokens),
        usd=_total(seen, lambda call: call.usd or 0.0) if known else None,
        minutes=(low / workers, high / workers),
        passed=passed_interval(passed, len(seen.drafts), len(seen.calls), seen.rows, run.seed),
        estimated=sum(call.estimated for call in calls),
        unknown=seen.unknown,
    )


def _of_shares(store: Store, run: Run, recipe: Recipe) -> _Seen:
    """Rows of one parent (or one number) are made together, so that a parent counts as one observation."""
    per_share = max(1, recipe.share_rows(read_params(recipe, run.params)))
    drafts = drafts_of(store, run.id)
    calls: dict[int, list[Call]] = defaultdict(list)
    for call in store.calls(run.id):
        calls[call.row // per_share].append(call)
    made = sorted({draft.row // per_share for draft in drafts})
    shares = math.ceil(run.requested / per_share)
    return _Seen(drafts, [calls[share] for share in made], shares, run.requested, shares)


def _of_a_set(store: Store, run: Run, recipe: Recipe) -> _Seen:
    """The rows of a set stand for themselves, one after the other; it can need fewer than are asked for."""
    params = read_params(recipe, run.params)
    needs = recipe.needed(load_unit(store, recipe, run, "", 0).material, params) if recipe.needs else None
    rows = min(run.requested, needs.rows) if needs else run.requested
    tries = store.drafts(run=run.id, limit=ALL)
    row_of = {call: draft.row for draft in tries for call in draft.calls}
    calls: dict[int, list[Call]] = defaultdict(list)
    for call in store.calls(run.id):
        if call.id in row_of:
            calls[row_of[call.id]].append(call)
    drafts = [draft for draft in drafts_of(store, run.id) if draft.row < rows and not to_try_again(draft)]
    return _Seen(drafts, [calls[draft.row] for draft in drafts], rows, rows, 1, needs.unknown if needs else ())


def _total(seen: _Seen, of: Callable[[Call], float]) -> Interval:
    return total_interval([sum(map(of, some)) for some in seen.calls], seen.shares)


def total_interval(seen: Sequence[float], shares: int) -> Interval:
    """Where the total over all shares will be with 90 % certainty, after those `seen`.

    The prediction interval for a sum of further draws, by Student's t (Hahn and Meeker, Statistical Intervals, 1991,
    section 4.8): the uncertainty of the mean and the spread of the further draws both count. Lengths of answers are
    skewed, and a few of them hide the long ones: the upper end is that of a log-normal mean where it is larger
    (Olsson 2005, "Confidence intervals for the mean of a log-normal distribution"), though not more than if all were
    as large as the largest one seen. A prompt that all shares have in common hides the skew; so what all have in
    common is taken off first: somewhat less than the smallest one seen, and nearer to it the more were seen.
    """
    done, left, count = float(sum(seen)), max(0, shares - len(seen)), len(seen)
    mean, spread = done / count, float(np.std(seen, ddof=1))
    quantile = _T[count - 2] if count - 2 < len(_T) else _NORMAL
    margin = quantile * spread * math.sqrt(left + left * left / count)
    common = min(seen) - (mean - min(seen)) / math.sqrt(count)
    own = [one - common for one in seen]
    skewed = common + min(_log_normal_upper(own, quantile), max(own)) if min(own) > 0 else mean
    return max(done, done + left * mean - margin), done + left * mean + max(margin, left * (skewed - mean))


def _log_normal_upper(seen: Sequence[float], quantile: float) -> float:
    logs = np.log(seen)
    variance = float(np.var(logs, ddof=1))
    error = math.sqrt(variance / len(seen) + variance**2 / (2 * (len(seen) - 1)))
    return math.exp(min(700.0, float(logs.mean()) + variance / 2 + quantile * error))


def passed_interval(passed: int, made: int, shares: int, requested: int, seed: int) -> Interval:
    """How many of all rows will pass with 90 % certainty.

    Beta-binomial prediction with Jeffreys' prior. Rows of one share are alike, so a share counts as one observation.
    """
    rate = passed / made
    rng = np.random.default_rng(seed)
    chances = rng.beta(rate * shares + 0.5, (1 - rate) * shares + 0.5, _DRAWS)
    further = rng.binomial(max(0, requested - made), chances)
    low, high = np.quantile(further, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return passed + float(low), passed + float(high)


def _tokens(call: Call) -> float:
    return (call.prompt_tokens or 0) + (call.completion_tokens or 0)


def _minutes(call: Call) -> float:
    return max(0, (call.ended_at or call.sent_at) - call.sent_at) / 60_000
