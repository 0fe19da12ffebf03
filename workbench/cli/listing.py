"""Verbs that list what a workspace knows beside its conversations."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from workbench.cli.making import param_of
from workbench.cli.verb import Verb, in_words, one_line, say, tell, tell_none
from workbench.errors import InvalidInput, NotFound

if TYPE_CHECKING:
    from workbench.workspace import Workspace


_NOTHING_YET = "nothing was imported yet; `workbench collect FILE` does it"
_POLICIES: dict[str, str] = {
    "local_only": "stays on this machine",
    "pseudonymise": "may leave this machine without names",
    "may_leave": "may leave this machine",
}


def _schemes(ws: Workspace, arguments: Namespace) -> None:
    for scheme in ws.schemes():
        values = [choice.value for choice in scheme.choices if not choice.retired]
        told = one_line(", ".join(values), 60)
        tell(arguments, scheme, [f"{scheme.name:<14} {scheme.kind:<12} version {scheme.version}  {told}"])


def _sources(ws: Workspace, arguments: Namespace) -> None:
    sources = ws.sources()
    for source in sources:
        policy = _POLICIES.get(source.policy, source.policy)
        line = f"{source.id}  {one_line(source.name, 40)}: licence {one_line(source.license)}, {policy}"
        tell(arguments, source, [line])
    tell_none(arguments, sources, _NOTHING_YET)


def _imports(ws: Workspace, arguments: Namespace) -> None:
    records = ws.imports()
    for record in records:
        counts = f"{record.imported} imported, {record.duplicates} known already, {record.quarantined} with problems"
        tell(
            arguments, record, [f"{record.id}  {one_line(record.file, 40)} ({record.format}), {record.state}: {counts}"]
        )
    tell_none(arguments, records, _NOTHING_YET)


def _problems_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("import_id", nargs="?", metavar="IMPORT", help="of this import (default: the newest)")


def _problems(ws: Workspace, arguments: Namespace) -> None:
    known = [record.id for record in ws.imports()]
    wanted = arguments.import_id or next(iter(known), None)
    if wanted not in known:
        hint = "`workbench imports` lists them" if known else "`workbench collect FILE` does it"
        raise NotFound(f"no import {wanted}" if known else "nothing was imported yet", hint=hint)
    found = ws.problems(wanted)
    for item in found:
        tell(arguments, item, [f"{item.file} row {item.row}, {item.field}: {one_line(item.found)} ({item.hint})"])
    if not found and not arguments.json:
        say(f"{wanted} had no problems")


def _runs_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("run", nargs="?", help="what this one gave, gate by gate (default: list all)")
    parser.add_argument("--gate", help="with a verdict: list the drafts of that gate instead of all gates together")
    parser.add_argument("--verdict", choices=("passed", "unsure", "failed"), help="list the drafts with this verdict")
    parser.add_argument("--became", choices=("accepted", "rejected", "undecided"), help="of those, what became this")
    parser.add_argument("--cells", action="store_true", help="of a run of gap_fill: its grid, cell by cell")
    parser.add_argument("--limit", type=int, default=50, help="how many drafts to list (default 50)")


def _runs(ws: Workspace, arguments: Namespace) -> None:
    if arguments.cells and (arguments.run is None or arguments.verdict or arguments.gate):
        raise InvalidInput("--cells shows the grid of one run", hint="`workbench runs RUN --cells`, nothing more")
    if arguments.run is None:
        _all_runs(ws, arguments)
    elif arguments.cells:
        told = ws.gap_fill(arguments.run)
        tell(arguments, told, [*map(str, told.cells), str(told)])
    elif arguments.verdict is None:
        found = ws.run_yield(arguments.run)
        tell(arguments, found, [str(found)])
        figures = ws.run_figures(arguments.run)
        if figures.figures:
            tell(arguments, figures, [f"What its drafts are like ({figures.drafts:,}):", str(figures)])
    else:
        _drafts_at(ws, arguments)


def _all_runs(ws: Workspace, arguments: Namespace) -> None:
    runs = ws.runs()
    tell_none(arguments, runs, "there are no runs yet; `workbench generate RECIPE` starts one")
    for run in runs:
        counts = ", ".join(f"{count} {in_words(state)}" for state, count in run.counts.items())
        message = f" ({one_line(run.message)})" if run.message else ""
        tell(arguments, run, [f"{run.id}  {run.recipe:<12} {run.state:<11} {counts} of {run.requested}{message}"])


def _drafts_at(ws: Workspace, arguments: Namespace) -> None:
    """Each draft with what the gate said; the evidence of all gates where none is named."""
    gate = arguments.gate or ""
    found = ws.drafts_at(arguments.run, gate, arguments.verdict, arguments.became or "", limit=arguments.limit)
    for draft in found:
        said = [f"{one.check}: {one.message}" for one in draft.gates if one.check == gate or not gate]
        line = f"{draft.id}  row {draft.row + 1:<6} {in_words(draft.state):<9} {one_line('; '.join(said))}"
        tell(arguments, draft, [line])
    tell_none(arguments, found, "no draft of this run is one of those")


def _gaps_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("query", nargs="?", default="", help="which samples (default all)")
    parser.add_argument("--limit", type=int, help="at most so many of them")
    parser.add_argument(
        "-p", "--param", action="append", default=[], metavar="NAME=VALUE", help="a setting of gap_fill: grid, target"
    )


def _gaps(ws: Workspace, arguments: Namespace) -> None:
    """The grid cell by cell, then all of it, then what of it nobody can answer."""
    params = dict(param_of(text, "-p target=20") for text in arguments.param)
    told = ws.gaps(arguments.query, params, limit=arguments.limit)
    tell(arguments, told, [*map(str, told.cells), str(told), *told.notes])


def _pyramid_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("query", nargs="?", default="", help="which samples (default all)")


def _pyramid(ws: Workspace, arguments: Namespace) -> None:
    """Counts from the top to the bottom, then who was placed higher than the gates allow."""
    found = ws.pyramid(arguments.query)
    lines = [f"{count:>7}  {tier}" for tier, count in reversed(found.counts.items())]
    for sample, claimed in found.above.items():
        place = found.places[sample]
        lines.append(f"{sample} is called {claimed}, its gates allow {place.tier}: {', '.join(place.missing)} missing")
    tell(arguments, {"counts": found.counts, "above": found.above}, lines)


VERBS = (
    Verb("schemes", "list the tag schemes", _schemes),
    Verb("sources", "list where samples came from", _sources),
    Verb("imports", "list the imports", _imports),
    Verb("problems", "list what an import could not read", _problems, _problems_arguments),
    Verb("gaps", "count a grid of kinds, and what a run of gap_fill would write for it", _gaps, _gaps_arguments),
    Verb("pyramid", "count how high samples stand in the data pyramid, by their gates", _pyramid, _pyramid_arguments),
    Verb("runs", "list the runs with what became of their rows, or say what one gave", _runs, _runs_arguments),
)
