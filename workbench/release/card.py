"""The dataset card: a README that says what is in an export, where it came from and how it was made."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from workbench.model import Json, Source, TagScheme
from workbench.release.base import About, Exporter, Material
from workbench.release.branches import branch_notes
from workbench.release.claims import claim_notes
from workbench.release.markup import escaped, quoted
from workbench.release.staging import Staging
from workbench.text import percent

CARD = "README.md"
_SIZES = ((1_000, "n<1K"), (10_000, "1K<n<10K"), (100_000, "10K<n<100K"), (1_000_000, "100K<n<1M"))
_LICENCE_NAME = re.compile(r"[A-Za-z0-9.+-]{1,40}")
_LANGUAGE_CODE = re.compile(r"[a-z]{2,3}")


def write_card(out: Staging, material: Material, exporters: Sequence[Exporter], notes: Sequence[str]) -> None:
    """Write ``README.md``."""
    with out.open(CARD) as file:
        file.write(card_of(material, exporters, notes, out.header).encode())


def card_of(material: Material, exporters: Sequence[Exporter], notes: Sequence[str], more: Json | None = None) -> str:
    """The card: a YAML header as the Hugging Face hub reads it (with `more` of it), then the card in words."""
    import yaml

    header = yaml.safe_dump({**_header(material.about), **(more or {})}, sort_keys=False, allow_unicode=True, width=100)
    text = "\n".join(_text(material, exporters, notes))
    return f"---\n{header}---\n\n{text}\n"


def _header(about: About) -> dict[str, Any]:
    licences = sorted({source.license for source in about.sources}) or ["unknown"]
    clear = all(_LICENCE_NAME.fullmatch(name) for name in licences)
    languages = [code for code in about.counts.get("languages", {}) if _LANGUAGE_CODE.fullmatch(code)]
    size = next((name for limit, name in _SIZES if about.samples < limit), "n>1M")
    told: dict[str, Any] = {
        "license": [name.lower() for name in licences] if clear and "unknown" not in licences else "unknown",
        "task_categories": ["text-generation"],
        "size_categories": [size],
        "tags": ["conversational", *(["synthetic"] if about.synthetic else [])],
    }
    return {"language": sorted(languages), **told} if languages else told


def _text(material: Material, exporters: Sequence[Exporter], notes: Sequence[str]) -> Iterator[str]:
    frozen, about = material.frozen, material.about
    yield from (f"# {escaped(frozen.name)}", "")
    yield f"{_count(about.samples, 'conversation')} with {_count(about.turns, 'turn')}, chosen by the query"
    yield from ("", quoted(frozen.query or "(all samples)"), "")
    yield from (f"Content hash of the slice: `{frozen.hash}`", "")
    yield from _contents(about)
    yield from _sources(about.sources)
    yield from _schemes(about.schemes)
    yield from ("## How it was made", "")
    yield (
        "The slice was frozen in the curation workbench: samples, revisions, answers and preferences are those of that "
        "moment. Only members of the slice were written; other drafts and branches were not, except as the worse side "
        "of preference pairs where that format was chosen."
    )
    yield from ("", "Formats:", "")
    yield from (f"- `{exporter.name}`: {escaped(exporter.description)}" for exporter in exporters)
    yield from ("", "## Notes", "")
    yield from (f"- {escaped(note)}" for note in notes or ["none"])


def _contents(about: About) -> Iterator[str]:
    human = about.samples - about.synthetic
    yield from ("## What is in it", "")
    yield from _table(
        ("", "samples", "share"),
        [
            ("written or spoken by people", str(human), _share(human, about.samples)),
            ("synthetic (marked in every record)", str(about.synthetic), _share(about.synthetic, about.samples)),
        ],
    )
    for note in (*branch_notes(about), *claim_notes(about)):
        yield from (escaped(f"{note}."), "")
    for title, values in about.counts.items():
        yield from (f"### {escaped(title.capitalize())}", "")
        if title == "depth":
            yield from ("How many generations of machine text lie between a sample and a person's words.", "")
        ordered = sorted(values.items(), key=lambda item: (-item[1], item[0]))
        yield from _table(
            ("value", "samples", "share"),
            [(escaped(value), str(count), _share(count, about.samples)) for value, count in ordered],
        )


def _sources(sources: Sequence[Source]) -> Iterator[str]:
    yield from ("## Sources and licences", "")
    if not sources:
        yield from ("No source is recorded for these samples.", "")
        return
    rows = [
        (
            escaped(source.name),
            "**unknown**" if source.license == "unknown" else escaped(source.license),
            escaped(source.license_evidence) or "none",
            escaped(source.legal_basis),
            escaped(source.locator) or "unknown",
        )
        for source in sources
    ]
    yield from _table(("source", "licence", "evidence", "legal basis", "where"), rows)


def _schemes(schemes: Sequence[TagScheme]) -> Iterator[str]:
    if not schemes:
        return
    yield from ("## Tag schemes", "")
    for scheme in schemes:
        yield from (f"### {escaped(scheme.title or scheme.name)} (version {scheme.version})", "")
        if scheme.guideline:
            yield from (quoted(scheme.guideline), "")
        for choice in scheme.choices:
            told = ": ".join(escaped(part) for part in (choice.value, choice.label, choice.guideline) if part)
            yield f"- {told}"
        if scheme.choices:
            yield ""


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    for row in (head, ["---"] * len(head), *rows):
        yield f"| {' | '.join(row)} |"
    yield ""


def _share(part: int, whole: int) -> str:
    return percent(part / whole if whole else 0.0, 1)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
