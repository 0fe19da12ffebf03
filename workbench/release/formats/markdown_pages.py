"""Markdown knowledge-base pages: questions and answers with their sources, one page for each domain or sample."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from workbench.release.base import Entry, Material
from workbench.release.markup import escaped, quoted
from workbench.release.options import Option, Options
from workbench.release.registry import FunctionExporter
from workbench.release.sheet import plain_value
from workbench.release.staging import Staging
from workbench.text import snippet

FOLDER = "pages"
PAGES = Option("pages", "A page for each", ("domain", "sample"))
INDEX = f"{FOLDER}/index.md"
UNSORTED = "unsorted"
_SCHEME = "domain"
_BATCH = 1_000
_LONGEST_NAME = 120  # bytes; file systems take 255
_SPEAKERS = {"user": "Question", "assistant": "Answer", "system": "Setting", "tool": "Tool"}
_RESERVED = re.compile(r"(?i)^(con|prn|aux|nul|com\d|lpt\d|index)$")


def write(material: Material, out: Staging, options: Options) -> Iterable[str]:
    """``pages/index.md`` and the pages it lists. A sample with several domains stands on the page of the first one."""
    by_sample = PAGES.of(options) == "sample"
    entries = material.entries()
    pages: dict[str, str] = {}
    counts: Counter[str] = Counter()
    while batch := list(islice(entries, _BATCH)):
        waiting: dict[str, list[str]] = defaultdict(list)
        for entry in batch:
            record = entry.record()
            topic = record["id"] if by_sample else _domain(entry)
            waiting[topic].append(_section(material, entry, record))
            counts[topic] += 1
        for topic, sections in waiting.items():
            name = pages.setdefault(topic, f"{FOLDER}/{file_name(topic)}.md")
            title = [] if out.begun(name) else [f"# {escaped(topic)}\n"]
            out.append(name, "\n".join((*title, *sections)).encode(), records=len(sections))
    out.end_appending()
    with out.open(INDEX) as file:
        file.write("\n".join(_index(material, pages, counts)).encode())
    unsorted = counts.get(UNSORTED, 0)
    return [f"samples without a domain, on the page {UNSORTED!r}: {unsorted}"] if unsorted and not by_sample else []


def file_name(topic: str) -> str:
    """A file name for a topic that is safe on every system; different topics get different names."""
    plain = re.sub(r"[^\w-]+", "-", unicodedata.normalize("NFC", topic).replace("/", "--")).strip("-")
    exact = plain.replace("--", "/") == topic and topic == topic.casefold()
    if exact and len(plain.encode()) <= _LONGEST_NAME and not _RESERVED.match(plain):
        return plain
    return f"{plain[:40]}-{hashlib.sha256(topic.encode()).hexdigest()[:10]}".lstrip("-")


def _domain(entry: Entry) -> str:
    """The domain that most people gave; of equally frequent ones the first by name."""
    given = Counter(
        plain_value(tag["value"])
        for tag in entry.tags
        if tag["scheme"] == _SCHEME and "turn" not in tag and not tag.get("machine")
    )
    return min(given, key=lambda value: (-given[value], value)) if given else UNSORTED


def _section(material: Material, entry: Entry, record: dict[str, Any]) -> str:
    first = next((turn["content"] for turn in record["turns"] if turn["role"] == "user"), record["turns"][0]["content"])
    lines = [f"## {escaped(record.get('title') or snippet(first, 80))}", ""]
    for turn in record["turns"]:
        speaker = _SPEAKERS.get(turn["role"], turn["role"])
        lines += [f"**{speaker}**" + (f" ({escaped(turn['name'])})" if turn.get("name") else ""), ""]
        lines += [quoted(turn["content"] or _calls(turn)), ""]
    return "\n".join([*lines, *(f"- {line}" for line in _facts(material, entry, record)), "", "---", ""])


def _calls(turn: dict[str, Any]) -> str:
    return "\n".join(f"calls {call['name']}({call['arguments']})" for call in turn.get("tool_calls", ()))


def _facts(material: Material, entry: Entry, record: dict[str, Any]) -> Iterator[str]:
    source = material.source(record["source"])
    evidence = f" ({escaped(source.license_evidence)})" if source.license_evidence else ""
    place = f", {escaped(source.locator)}" if source.locator else ""
    yield f"Source: {escaped(source.name)}{place}; licence: {escaped(source.license)}{evidence}"
    if entry.side:
        yield "Side branch: another reply, or a rejected answer, of an imported conversation"
    if entry.aigc is not None:
        model, recipe = entry.aigc["model"] or "unknown", entry.aigc["recipe"] or "unknown"
        yield (
            f"Synthetic (generated): model {escaped(model)}, recipe {escaped(recipe)}, generation depth "
            f"{entry.aigc['depth']}"
        )
    for tag in entry.tags:
        if not tag.get("machine"):
            turn = f" (turn {escaped(tag['turn'])})" if "turn" in tag else ""
            note = f": {escaped(tag['note'])}" if tag.get("note") else ""
            answer = escaped(plain_value(tag["value"]))
            yield f"{escaped(tag['scheme'])}{turn}: {answer}, {escaped(tag['author'])}{note}"
    yield f"Sample `{record['id']}`" if re.fullmatch(r"\w+", record["id"]) else f"Sample {escaped(record['id'])}"


def _index(material: Material, pages: dict[str, str], counts: Counter[str]) -> Iterator[str]:
    yield from (f"# {escaped(material.frozen.name)}", "")
    for topic in sorted(pages):
        target = pages[topic].removeprefix(f"{FOLDER}/")
        yield f"- [{escaped(topic)}](<{target}>): {counts[topic]}"
    yield ""


MARKDOWN = FunctionExporter(
    "markdown",
    "Knowledge-base pages (Markdown)",
    "Pages to read and to feed to retrieval: questions and answers with sources, licences and who signed them.",
    write,
    loses=("the other fields of samples", "answers given by machines", "spaces at the ends of lines"),
    options=(PAGES,),
)
