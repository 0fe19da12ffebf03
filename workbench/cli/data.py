"""Verbs that bring conversations in, find them and decide on them."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from workbench.cli.verb import DONE, FAILED, Verb, one_line, plain, say, say_json, tell
from workbench.model import Sample, Source, TagScheme
from workbench.records import to_record
from workbench.text import amount

if TYPE_CHECKING:
    from workbench.workspace import Workspace


def _collect_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("path", help="a file, folder or archive of conversations")
    parser.add_argument("--source", metavar="NAME", help="name of where they came from (default: the file's)")
    parser.add_argument("--license", metavar="NAME", help="its licence, as an SPDX identifier where there is one")
    parser.add_argument("--format", help="how to read it (default: guessed)")


def _collect(ws: Workspace, arguments: Namespace) -> int:
    source = None
    if arguments.source or arguments.license:
        name = arguments.source or arguments.path
        source = Source(name=name, locator=arguments.path, license=arguments.license or "unknown")
    report = ws.collect(arguments.path, source=source, format=arguments.format)
    problems = ws.problems(report.import_id) if report.problems else []
    counts = f"{report.imported} imported, {report.duplicates} known already, {report.problems} with problems"
    lines = [f"{amount(report.read, 'record')} read as {report.format}: {counts}"]
    lines += [f"  {item.file} row {item.row}, {item.field}: {item.found} ({item.hint})" for item in problems[:20]]
    if len(problems) > len(lines) - 1:
        lines.append(f"  and {len(problems) - len(lines) + 1} more (--json shows all)")
    tell(arguments, {**plain(report), "quarantined": problems}, [*lines, *([report.note] if report.note else [])])
    return FAILED if report.read and report.problems == report.read else DONE


def _find_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("query", nargs="?", default="", help='fields, words and ~"meaning"; empty finds everything')
    parser.add_argument("--sort", default="newest", help="newest, oldest, ... (default newest)")
    parser.add_argument("--limit", type=int, default=20, help="how many to show (default 20)")


def _find(ws: Workspace, arguments: Namespace) -> None:
    page = ws.find(arguments.query, sort=arguments.sort, limit=arguments.limit)
    if arguments.json:
        for sample in page:
            say_json(to_record(sample))
        return
    for sample in page:
        say(_line(sample))
    say(f"{len(page)} of {page.total}" if page.total else "nothing found")


def _line(sample: Sample) -> str:
    first = sample.title or (sample.turns[0].content if sample.turns else "")
    return f"{sample.id}  {sample.language or '-':<5} {amount(len(sample.turns), 'turn'):>9}  {one_line(first)}"


def _tag_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("query", help="which samples; id:... for one")
    parser.add_argument("scheme", help="which question: domain, naturalness, ...")
    parser.add_argument("value", nargs="?", help="your answer; leave it out with --remove")
    parser.add_argument("--remove", action="store_true", help="take your answer away")


def _tag(ws: Workspace, arguments: Namespace) -> None:
    scheme = ws.scheme(arguments.scheme)
    if arguments.remove or arguments.value is None:
        changed = ws.untag(arguments.query, scheme.name)
    else:
        changed = ws.tag(arguments.query, scheme.name, _typed(scheme, arguments.value))
    told = f"{amount(changed, 'answer')} changed; `workbench undo` takes it back" if changed else "nothing to change"
    tell(arguments, {"changed": changed}, [told])


def _typed(scheme: TagScheme, text: str) -> object:
    """A typed word as the scheme's kind of answer; the scheme itself refuses what does not fit."""
    if scheme.kind == "ordinal" and text.lstrip("-").isdigit():
        return int(text)
    if scheme.kind == "boolean" and text.lower() in {"yes", "no", "true", "false"}:
        return text.lower() in {"yes", "true"}
    return tuple(text.split(",")) if scheme.kind == "multi" else text


VERBS = (
    Verb("collect", "import conversations", _collect, _collect_arguments, creates=True),
    Verb("find", "find conversations", _find, _find_arguments),
    Verb("tag", "answer a tag scheme for all that a query finds", _tag, _tag_arguments),
)
