"""Verbs that make new conversations and decide on them."""

from __future__ import annotations

import json
import shlex
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

from workbench.cli.verb import (
    DONE,
    FAILED,
    Command,
    Plain,
    Verb,
    attend,
    in_words,
    one_line,
    say,
    say_json,
    shared_arguments,
    tell,
    tell_none,
)
from workbench.errors import InvalidInput
from workbench.model import Budget, DraftState, Run
from workbench.records import to_record

if TYPE_CHECKING:
    from workbench.generate import Recipe
    from workbench.workspace import Workspace
    from workbench.workspace.results import Selection

MOST_NEAR = 100
"""Samples near another one that a run begins with, unless a limit says otherwise."""


def _recipes(arguments: Namespace) -> int:
    from workbench.workspace import Workspace

    for recipe in Workspace.recipes():
        about = {
            "name": recipe.name,
            "title": recipe.title,
            "needs_model": recipe.needs_model,
            "starts_from": recipe.starts_from,
            "example": example_of(recipe),
        }
        needs = "a model" if recipe.needs_model else "no model"
        made_by = recipe.where.removeprefix("recipe:") if recipe.where.startswith("recipe:") else ""
        before = [f"{'':<16} (when some of what {made_by} made was accepted)"] if made_by else []
        lines = [f"{recipe.name:<16} {recipe.title} ({needs})", f"{'':<16} {example_of(recipe)}"]
        tell(arguments, about, lines + before)
    return DONE


def example_of(recipe: Recipe) -> str:
    """A command that tries a recipe on the sample data."""
    query = shlex.quote(recipe.where)
    where = {"sample": f" {query} --limit 3", "set": f" {query}"}.get(recipe.starts_from, "")
    params = "".join(
        f" -p {shlex.quote(f'{name}={value if isinstance(value, str) else json.dumps(value)}')}"
        for name, value in recipe.example.items()
    )
    return f"workbench generate {recipe.name}{where}{params}"


def _generate_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("recipe", help="its name; `workbench recipes` lists them")
    parser.add_argument("where", nargs="?", default="", help="query of the samples (or a document) to start from")
    parser.add_argument("--like", metavar="ID", help="begin with those nearest in meaning to this sample")
    parser.add_argument("--limit", type=int, help="at most so many of them")
    parser.add_argument(
        "-p", "--param", action="append", default=[], metavar="NAME=VALUE", help="a setting of the recipe"
    )
    parser.add_argument("--seed", type=int, default=0, help="the same seed repeats the same choices")
    budget_arguments(parser)
    parser.add_argument("--estimate", action="store_true", help="only say what it would take")
    parser.add_argument("--reuse", action="store_true", help="answer identical requests from the ledger, at no cost")
    parser.add_argument("--pilot", type=int, default=0, metavar="K", help="make K rows and say what all would take")


def _generate(ws: Workspace, arguments: Namespace) -> int:
    params = dict(param_of(text) for text in arguments.param)
    where: Selection = arguments.where
    if arguments.like:
        where = ws.joint_select(arguments.where, like=arguments.like, limit=arguments.limit or MOST_NEAR)
    if arguments.estimate:
        estimate = ws.estimate(arguments.recipe, where, params, limit=arguments.limit)
        tell(arguments, estimate, [str(estimate)])
        return DONE
    job = ws.generate(
        arguments.recipe, where, params, budget=budget_of(arguments), seed=arguments.seed,
        limit=arguments.limit, pilot=arguments.pilot, reuse=arguments.reuse,
    )  # fmt: skip
    run = attend(job)
    if arguments.pilot and run.state == "interrupted":
        forecast = ws.forecast(run.id)
        tell(arguments, forecast, [str(forecast), f"go on with: workbench resume {run.id}"])
        return DONE
    then = ws.proposal(run)
    return told_run(arguments, run, [f"approve the {then.what} with: workbench approvals {run.id}"] if then else [])


def param_of(text: str, example: str = "-p n=3") -> tuple[str, Any]:
    """``name=value``; the value is read as JSON where it is JSON, else it is text."""
    name, equals, value = text.partition("=")
    if not equals:
        raise InvalidInput(f"{text!r} is not NAME=VALUE", hint=f"for example {example}")
    try:
        return name, json.loads(value)
    except ValueError:
        return name, value


def _resume_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("run", help="its id; `workbench runs` lists them")
    parser.add_argument(
        "--send-again", nargs="+", default=[], metavar="DRAFT", help="these, which were maybe charged, too"
    )
    parser.add_argument("--only", nargs="+", default=[], metavar="DRAFT", help="try just the rows of these again")
    budget_arguments(parser)


def _resume(ws: Workspace, arguments: Namespace) -> int:
    budget = budget_of(arguments)
    limit = None if budget == Budget() else budget
    named = {"send_again": arguments.send_again, "only": arguments.only}
    return told_run(arguments, attend(ws.resume(arguments.run, budget=limit, **named)))


def budget_arguments(parser: ArgumentParser) -> None:
    """The options that limit what a run spends."""
    parser.add_argument("--usd", type=float, help="spend at most so much")
    parser.add_argument("--tokens", type=int, help="use at most so many tokens")
    parser.add_argument("--calls", type=int, help="make at most so many calls")


def budget_of(arguments: Namespace) -> Budget:
    """The limits of those options."""
    return Budget(usd=arguments.usd, tokens=arguments.tokens, calls=arguments.calls)


def told_run(arguments: Namespace, run: Run, more: list[str] | None = None) -> int:
    """Say how a run ended; its exit code."""
    counts = ", ".join(f"{count} {in_words(state)}" for state, count in sorted(run.counts.items())) or "nothing"
    lines = [f"run {run.id} {run.state}: {counts} of {run.requested} asked for"]
    reused = [f"{run.reused} reused from the ledger, at no cost"] if run.reused else []
    doubt = [
        f"`workbench drafts --run {run.id} --state in_doubt` lists what was maybe charged; none is sent again by itself"
    ]
    doubtful = doubt if run.counts.get("in_doubt") else []
    tell(arguments, run, [*lines, *reused, *doubtful, *filter(None, [run.message]), *(more or [])])
    return DONE if run.state == "done" else FAILED


def _drafts_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--run", help="only of this run")
    parser.add_argument("--state", choices=get_args(DraftState), help="only in this state")
    parser.add_argument("--limit", type=int, default=50, help="how many to show (default 50)")


def _drafts(ws: Workspace, arguments: Namespace) -> None:
    found = ws.drafts(arguments.run, arguments.state, limit=arguments.limit)
    tell_none(arguments, found, "there are no such drafts; `workbench generate RECIPE` makes some")
    for draft in found:
        if arguments.json:
            say_json(to_record(draft))
        else:
            last = draft.turns[-1].content if draft.turns else draft.reason
            say(f"{draft.id}  {in_words(draft.state):<9} {draft.recipe:<12} {one_line(last)}")


def _accept(ws: Workspace, arguments: Namespace) -> None:
    samples = ws.accept(arguments.draft)
    ids = [sample.id for sample in samples]
    tell(arguments, {"samples": ids}, [f"{len(ids)} accepted", *ids])


def _reject_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("draft", nargs="+", help="its id")
    parser.add_argument("--reason", required=True, help="why, in a few words; it is kept")


def _reject(ws: Workspace, arguments: Namespace) -> None:
    drafts = ws.reject(arguments.draft, arguments.reason)
    tell(arguments, {"rejected": [draft.id for draft in drafts]}, [f"{len(drafts)} rejected and kept"])


def _repair_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("draft", help="its id; `workbench drafts --state failed` lists them")
    parser.add_argument("file", nargs="?", help="the mended answer (`-` reads it from standard input); none: show it")


def _repair(ws: Workspace, arguments: Namespace) -> None:
    if arguments.file is None:
        failed = ws.draft(arguments.draft)
        tell(arguments, failed, [str(failed.meta.get("raw", "")) or failed.reason])
        return
    text = sys.stdin.read() if arguments.file == "-" else Path(arguments.file).read_text("utf-8")
    draft = ws.repair(arguments.draft, text)
    tell(arguments, draft, [f"draft {draft.id}: {one_line(draft.turns[-1].content)}"])


VERBS: tuple[Command, ...] = (
    Plain("recipes", "list the ways to make drafts", shared_arguments, _recipes),
    Verb("generate", "make drafts with a recipe", _generate, _generate_arguments),
    Verb("resume", "go on with a run that stopped", _resume, _resume_arguments),
    Verb("drafts", "list drafts", _drafts, _drafts_arguments),
    Verb("repair", "show a failed row's raw answer, or read it again as you mended it", _repair, _repair_arguments),
    Verb("accept", "turn drafts into samples", _accept, lambda parser: parser.add_argument("draft", nargs="+")),
    Verb("reject", "reject drafts with a reason", _reject, _reject_arguments),
)
