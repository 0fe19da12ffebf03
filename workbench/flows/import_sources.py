"""The sources an import names: what is known of one stays, and only what a person says outright is added to it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import fields, replace
from pathlib import Path

from workbench.collect.licences import licence_beside
from workbench.ids import derived_id, now_ms
from workbench.model import Source
from workbench.store.writer import Writer

_LICENCES_TOLD = 5
_NEVER_TAKEN_OVER = ("id", "name")


def told_of(known: Source, given: Source) -> Source:
    """What is known of a source, with what was given outright; a field left at its default says nothing."""
    said = {
        item.name: getattr(given, item.name)
        for item in fields(Source)
        if item.name not in _NEVER_TAKEN_OVER and getattr(given, item.name) != item.default
    }
    return replace(known, **said)


def source_for(known: Iterable[Source], given: Source | str | None, path: Path, kind: str = "file") -> Source:
    """The source of a file, with its id: the known one of that name with what `given` adds, or a new one."""
    name = given.name if isinstance(given, Source) else given or _stem(path)
    here = next((source for source in known if source.name == name), None)
    if here:
        return told_of(here, given) if isinstance(given, Source) else here
    new = given if isinstance(given, Source) else Source(name, kind, path.name, collected_at=now_ms())
    return replace(new, id=new.id or derived_id("src", name))


class ImportSources:
    """The sources of one import; those that no new sample names are not saved."""

    def __init__(self, known: Sequence[Source], given: Source | str | None, path: Path) -> None:
        self.default = source_for(known, given, path)
        self.notes: list[str] = []
        self._given = isinstance(given, Source)
        self._known = {source.id: source for source in known}
        self._new = {self.default.id: self.default}
        self._names = {source.name: source.id for source in (*known, self.default)}
        self._used: set[str] = set()
        self._licences: dict[str, str] = {}

    def id_of(self, source: Source) -> str:
        """The id of a source a record brings with it; one already known by that name stays as it is here."""
        if source.name not in self._names:
            brought = replace(source, id=source.id or derived_id("src", source.name))
            self._names[source.name] = brought.id
            self._new[brought.id] = brought
        return self._names[source.name]

    def name_of(self, source_id: str) -> str:
        """The name of a source of this import or workspace."""
        source = self._known.get(source_id) or self._new.get(source_id)
        return source.name if source else source_id

    def use(self, ids: Iterable[str]) -> None:
        """New samples name these sources."""
        self._used.update(ids)

    def found_licences(self, licences: Sequence[str], file: str) -> None:
        """Some records name these licences."""
        for licence in licences[: _LICENCES_TOLD - len(self._licences)]:
            self._licences.setdefault(licence, f"the field 'license' of the records in {file}")

    def found_beside(self, path: Path) -> None:
        """Look for a notice beside the file when no record names a licence."""
        beside = None if self._licences else licence_beside(path)
        if beside:
            self._licences[beside.name] = beside.evidence

    def save(self, writer: Writer, instead: str | None) -> Source:
        """Save what is new of the sources that are used; the source of the import.

        Args:
            writer: the import's last transaction.
            instead: the id of the source to name when nothing new came from the import's own.
        """
        for source_id, source in self._new.items():
            if source_id in self._used and source_id != self.default.id:
                writer.save_source(source)
        before = self._known.get(self.default.id)
        if self.default.id in self._used:
            return writer.save_source(self._with_licence(before))
        if before is None:
            return self._known.get(instead or "", self.default)
        return writer.save_source(self.default) if self._given else before

    def _with_licence(self, before: Source | None) -> Source:
        if not self._licences or self._given:
            return self.default
        licence = "; ".join(sorted(self._licences))
        evidence = "; ".join(dict.fromkeys(self._licences.values()))
        if before is None:
            return replace(self.default, license=licence, license_evidence=evidence)
        if before.license != licence:
            self.notes.append(
                f"{evidence} says {licence!r}; the source {before.name!r} was known before and stays {before.license!r}"
            )
        return before


def _stem(path: Path) -> str:
    name = path.name
    for suffix in (".gz", *path.suffixes[-2:]):
        name = name.removesuffix(suffix)
    return name or path.name
