"""The verb that asks a model about drafts, and says what its opinion is worth."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from workbench.cli.making import budget_arguments, budget_of
from workbench.cli.verb import DONE, FAILED, Verb, attend, one_line, tell
from workbench.text import percent

if TYPE_CHECKING:
    from workbench.flows.opinions import Judgement, Rate
    from workbench.flows.verdicts import Comparison
    from workbench.workspace import Workspace


def _judge_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("drafts", nargs="*", metavar="DRAFT", help="these (default: all that nobody decided on)")
    parser.add_argument("--run", help="only those of this run")
    parser.add_argument("--canaries", type=int, default=10, help="planted mistakes, and as many good ones (default 10)")
    parser.add_argument("--pairs", action="store_true", help="compare candidates of one request, each pair both ways")
    parser.add_argument("--seed", type=int, default=0, help="another seed draws other canaries")
    parser.add_argument("--estimate", action="store_true", help="only say what it would take")
    parser.add_argument("--list", action="store_true", help="only say what was asked so far")
    budget_arguments(parser)


def _judge(ws: Workspace, arguments: Namespace) -> int:
    named = {"run": arguments.run, "canaries": arguments.canaries, "seed": arguments.seed, "pairs": arguments.pairs}
    drafts = arguments.drafts or None
    if arguments.list:
        for found in ws.judgements():
            _told(arguments, found)
        for compared in ws.comparisons():
            _compared(arguments, compared)
        return DONE
    if arguments.estimate:
        estimate = ws.judge_estimate(drafts, **named)
        tell(arguments, estimate, [str(estimate)])
        return DONE
    run = attend(ws.judge(drafts, budget=budget_of(arguments), **named))
    if arguments.pairs:
        _compared(arguments, next(found for found in ws.comparisons() if found.run.id == run.id))
    else:
        _told(arguments, next(found for found in ws.judgements() if found.run.id == run.id))
    return DONE if run.state == "done" else FAILED


def _told(arguments: Namespace, found: Judgement) -> None:
    worth = "may be relied on" if found.reliable else "do not rely on it"
    lines = [
        f"run {found.run.id} {found.run.state}, {found.run.model}: {worth}",
        f"planted mistakes caught: {_rate(found.caught)}; false alarms: {_rate(found.alarms)}",
    ]
    if found.people.of:
        lines.append(f"decisions of people it agrees with: {_rate(found.people)}")
    for draft, opinion in found.opinions.items():
        marks = ", ".join(f"{name} {mark}" for name, mark in opinion.scores.items())
        marks += " (promise: not measured)" if opinion.off_promise else ""
        lines.append(f"{draft}  {'look' if opinion.flagged else '-':<4}  {marks}  {one_line(opinion.reason)}")
    tell(arguments, found, lines)


_WHY = {
    "few": "too few test pairs",
    "chance": "it finds the better of two no more often than a coin might",
    "flips": "its verdict changes with the order too often",
}


def _compared(arguments: Namespace, found: Comparison) -> None:
    worth = f"do not rely on it: {_WHY[found.distrust]}" if found.distrust else "may be relied on"
    lines = [
        f"run {found.run.id} {found.run.state}, {found.run.model}: {worth}",
        f"test pairs whose better one it found: {_rate(found.hits)}",
        f"verdicts that changed with the order: {_rate(found.flips)}",
    ]
    lines += [f"{draft}  won {percent(share)} of its pairs" for draft, share in found.wins.items()]
    tell(arguments, found, lines)


def _rate(rate: Rate) -> str:
    low, high = rate.range or (0.0, 1.0)
    return f"{rate.number} of {rate.of} ({percent(low)} to {percent(high)})"


VERBS = (Verb("judge", "ask a model about drafts; canaries say what its opinion is worth", _judge, _judge_arguments),)
