"""Verbs that measure conversations and give them out."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections import Counter
from typing import TYPE_CHECKING

from workbench.cli.making import param_of
from workbench.cli.verb import Verb, one_line, plain, tell, tell_none
from workbench.errors import InvalidInput, NotFound
from workbench.model import FrozenSlice
from workbench.text import amount

if TYPE_CHECKING:
    from workbench.workspace import Workspace


def _check_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("query", nargs="?", default="", help="which samples (default all)")
    parser.add_argument("--only", metavar="NAMES", help="these checks, separated by commas (default all)")


def _check(ws: Workspace, arguments: Namespace) -> None:
    report = ws.evaluate(arguments.query, arguments.only.split(",") if arguments.only else None)
    counts = Counter((finding.check, finding.severity) for finding in report.findings)
    lines = [f"{count:>6}  {severity:<8} {check}" for (check, severity), count in sorted(counts.items())]
    value = {"summary": plain(report.summary), "findings": report.findings}
    tell(arguments, value, lines or ["nothing found"])


def _slice_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("name", nargs="?", help="its name; leave it out to list them")
    parser.add_argument("where", nargs="?", help="save this query under the name")
    parser.add_argument("--title", default="", help="a title for people")
    parser.add_argument("--remove", action="store_true", help="remove it; builds that were frozen stay")


def _slice(ws: Workspace, arguments: Namespace) -> None:
    if arguments.remove:
        _remove_slice(ws, arguments)
        return
    if arguments.name is None:
        specs = ws.slices()
    else:
        specs = [ws.slice(arguments.name, arguments.where, title=arguments.title).spec]
    tell_none(arguments, specs, "there are no slices yet; `workbench slice NAME QUERY` saves one")
    for spec in specs:
        found = ws.count(spec.query)
        tell(
            arguments,
            {**plain(spec), "samples": found},
            [f"{spec.name}: {amount(found, 'sample')} now, {spec.query or 'all'}"],
        )


def _remove_slice(ws: Workspace, arguments: Namespace) -> None:
    if arguments.name is None or arguments.where is not None:
        raise InvalidInput("--remove takes one name and no query", hint="workbench slice NAME --remove")
    spec = ws.remove_slice(arguments.name)
    tell(arguments, {"removed": spec.name}, [f"{spec.name} removed; workbench undo brings it back"])


def _freeze(ws: Workspace, arguments: Namespace) -> None:
    frozen = ws.freeze(arguments.name)
    tell(arguments, _about(frozen), [f"{frozen.id}: {amount(len(frozen.members), 'sample')} pinned, {frozen.hash}"])


def _about(frozen: FrozenSlice) -> dict[str, object]:
    return {"id": frozen.id, "name": frozen.name, "hash": frozen.hash, "samples": len(frozen.members)}


def _export_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("name", help="the slice")
    parser.add_argument("out", help="a folder that does not exist yet")
    parser.add_argument("--to", default="workbench", help="formats, separated by commas (default workbench: lossless)")
    parser.add_argument("--build", metavar="ID", help="this build (default: the newest)")
    parser.add_argument(
        "-o",
        "--option",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="an option of a format, for example pages=sample",
    )


def _export(ws: Workspace, arguments: Namespace) -> None:
    options = dict(param_of(text, "-o pages=sample") for text in arguments.option)
    build = _build(ws, arguments.name, arguments.build)
    manifest = ws.export(build, arguments.out, to=arguments.to.split(","), options=options)
    tell(arguments, manifest, [f"{amount(len(manifest.files), 'file')} written to {arguments.out}, {manifest.hash}"])


def _build(ws: Workspace, name: str, build_id: str | None) -> FrozenSlice:
    """The build asked for, else the newest one of that slice."""
    builds = [frozen for frozen in ws.builds(name) if build_id in {None, frozen.id}]
    if not builds:
        what = f"slice {name!r} has no build {build_id}" if build_id else f"slice {name!r} is not frozen yet"
        raise NotFound(what, hint=f"workbench freeze {name}")
    return builds[-1]


def _compare_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("name", help="the slice")
    parser.add_argument("--old", metavar="ID", help="the older build (default: the one before the newer)")
    parser.add_argument("--new", metavar="ID", help="the newer build (default: the newest)")


def _compare(ws: Workspace, arguments: Namespace) -> None:
    new = _build(ws, arguments.name, arguments.new)
    if arguments.old:
        old = _build(ws, arguments.name, arguments.old)
    else:
        builds = ws.builds(arguments.name)
        earlier = builds[: builds.index(new)]
        if not earlier:
            raise NotFound(f"slice {arguments.name!r} has no build before {new.id}", hint="freeze it again later")
        old = earlier[-1]
    found = ws.compare_builds(old, new)
    lines = [f"{old.id} to {new.id}: {found.summary}"]
    for sign, changes in (("+", found.entered), ("-", found.left), ("~", found.changed)):
        lines += [f"  {sign} {change.sample}  {one_line(change.reason)}" for change in changes]
    tell(arguments, found, lines)


VERBS = (
    Verb("check", "measure conversations; changes nothing", _check, _check_arguments),
    Verb("slice", "save or remove a named query, or list them", _slice, _slice_arguments),
    Verb("freeze", "pin what a slice finds now", _freeze, lambda parser: parser.add_argument("name", help="the slice")),
    Verb("compare", "say what differs between two builds of a slice, and why", _compare, _compare_arguments),
    Verb("export", "write a frozen slice to files", _export, _export_arguments),
)
