"""Verbs that put what a recipe proposed to a person, and go on from what was approved."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from workbench.cli.making import budget_arguments, budget_of, param_of, told_run
from workbench.cli.verb import DONE, Verb, attend, one_line, say, say_json, tell
from workbench.errors import InvalidInput
from workbench.model import Budget, Turn
from workbench.records import to_record

if TYPE_CHECKING:
    from workbench.workspace import Workspace


def _approvals_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("run", help="the run that proposed them; `workbench runs` lists runs")
    parser.add_argument("--limit", type=int, default=50, help="how many of those to approve to show (default 50)")


def _approvals(ws: Workspace, arguments: Namespace) -> None:
    found = ws.approvals(arguments.run)
    if arguments.json:
        say_json(to_record(found))
        return
    say(str(found))
    for draft_id in found.waiting[: arguments.limit]:
        draft = ws.draft(draft_id)
        say(f"{draft.id}  {one_line(' | '.join(turn.content for turn in draft.turns), 100)}")
    if found.ready:
        say(f"the next step: {ws.estimate_approved(arguments.run)}")
        say(f"go on with: workbench generate-approved {arguments.run}")


def _approve_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("draft", nargs="*", help="its id; `workbench approvals RUN` lists them")
    parser.add_argument("--all", metavar="RUN", help="all that this run proposed and nobody decided on")
    parser.add_argument(
        "--text", nargs=2, action="append", default=[], metavar=("PART", "FILE"),
        help="the text of a part of one item as you rewrote it",
    )  # fmt: skip


def _approve(ws: Workspace, arguments: Namespace) -> None:
    ids = list(arguments.draft) + (list(ws.approvals(arguments.all).waiting) if arguments.all else [])
    if not ids:
        raise InvalidInput("nothing is named to approve", hint="name items, or all of a run with --all RUN")
    turns = None
    if arguments.text:
        if len(ids) != 1:
            raise InvalidInput("an edit belongs to one item", hint="approve the others in another step")
        turns = _rewritten(ws.draft(ids[0]).turns, dict(arguments.text))
    drafts = ws.approve(ids, turns=turns)
    tell(arguments, {"approved": [draft.id for draft in drafts]}, [f"{len(drafts)} approved"])


def _rewritten(turns: tuple[Turn, ...], files: dict[str, str]) -> list[Turn]:
    unknown = sorted(set(files) - {turn.id for turn in turns})
    if unknown:
        raise InvalidInput(
            f"the item has no part {unknown[0]!r}", hint=f"it has: {', '.join(turn.id for turn in turns)}"
        )
    return [
        replace(turn, content=Path(files[turn.id]).read_text("utf-8").strip()) if turn.id in files else turn
        for turn in turns
    ]


def _generate_approved_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("run", help="the run that proposed the items")
    parser.add_argument(
        "-p", "--param", action="append", default=[], metavar="NAME=VALUE", help="a setting of the recipe that goes on"
    )
    parser.add_argument("--seed", type=int, default=0, help="the same seed repeats the same choices")
    budget_arguments(parser)
    parser.add_argument("--estimate", action="store_true", help="only say what it would take")
    parser.add_argument("--reuse", action="store_true", help="answer identical requests from the ledger, at no cost")


def _generate_approved(ws: Workspace, arguments: Namespace) -> int:
    params = dict(param_of(text) for text in arguments.param)
    if arguments.estimate:
        estimate = ws.estimate_approved(arguments.run, params)
        tell(arguments, estimate, [str(estimate)])
        return DONE
    budget = budget_of(arguments)
    limit = None if budget == Budget() else budget
    job = ws.generate_approved(arguments.run, params, budget=limit, seed=arguments.seed, reuse=arguments.reuse)
    return told_run(arguments, attend(job))


VERBS = (
    Verb("approvals", "list what a run proposed and waits for approval", _approvals, _approvals_arguments),
    Verb("approve", "approve proposed questions, role cards or facts", _approve, _approve_arguments),
    Verb(
        "generate-approved", "go on from what was approved, and from nothing else", _generate_approved,
        _generate_approved_arguments,
    ),
)  # fmt: skip
