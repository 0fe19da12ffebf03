"""Verbs that put conversations in order: clean, put aside, bring back, do again."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from workbench.cli.verb import Verb, attend, one_line, tell
from workbench.text import amount

if TYPE_CHECKING:
    from workbench.workspace import Workspace

SHOWN = 10


def _clean_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("query", nargs="?", default="", help="which samples (default all)")
    parser.add_argument("--steps", metavar="NAMES", help="these steps, separated by commas (default all)")
    parser.add_argument("--preview", action="store_true", help="only say what would change")


def _clean(ws: Workspace, arguments: Namespace) -> None:
    steps = arguments.steps.split(",") if arguments.steps else None
    report = attend(ws.clean_job(arguments.query, steps, preview=arguments.preview))
    did = "changed; `workbench undo` takes it back" if report.applied else "would change"
    samples = amount(report.samples, "sample")
    lines = [f"{report.changed} of {samples} {did}" if report.changed else f"nothing to change in {samples}"]
    lines += [f"{count:>6}  {step}" for step, count in report.counts.items()]
    if not report.applied:
        lines += [f"  {item.sample} {item.step}: {one_line(item.after)}" for item in report.changes[:SHOWN]]
    if report.skipped:
        lines.append(f"left as somebody saved them meanwhile: {len(report.skipped)}")
    tell(arguments, report, lines)


def _archive(ws: Workspace, arguments: Namespace) -> None:
    changed = ws.archive(arguments.query)
    found = "; find them with state:archived" if changed else ""
    tell(arguments, {"changed": changed}, [f"{changed} put aside{found}"])


def _restore(ws: Workspace, arguments: Namespace) -> None:
    changed = ws.restore(arguments.query)
    tell(arguments, {"changed": changed}, [f"{changed} brought back"])


def _which(parser: ArgumentParser) -> None:
    parser.add_argument("query", help="which samples: a query, or one id")


def _undo(ws: Workspace, arguments: Namespace) -> None:
    step = ws.undo()
    tell(arguments, step, [f"taken back: {step.label}" if step else "nothing to undo"])


def _redo(ws: Workspace, arguments: Namespace) -> None:
    step = ws.redo()
    tell(arguments, step, [f"done again: {step.label}" if step else "nothing to do again"])


VERBS = (
    Verb("clean", "normalise text and fill in languages", _clean, _clean_arguments),
    Verb("archive", "put samples aside", _archive, _which),
    Verb("restore", "bring archived samples back", _restore, _which),
    Verb("undo", "take back your newest step", _undo),
    Verb("redo", "do again what you took back last", _redo),
)
