"""The importers by name, and how a data scientist adds one."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from workbench.collect.base import BadRecord, Guess, Head, Importer, Options, Parsed, Problem, Record
from workbench.registry import Registry

Convert = Callable[[Record, Options], Iterable[Parsed]]
Sniff = Callable[[Head], "tuple[float, str] | None"]
F = TypeVar("F", bound=Convert)

logger = logging.getLogger(__name__)
_CANNOT = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)


@dataclass(frozen=True, slots=True)
class RecordImporter:
    """An importer for files in which each record stands for itself: `convert` makes its conversations."""

    name: str
    title: str
    sniffer: Sniff
    convert: Convert
    options: tuple[str, ...] = ()

    def sniff(self, head: Head) -> Guess | None:
        """The sniffer's score and reason as a guess."""
        try:
            found = self.sniffer(head) if head.records else None
        except _CANNOT as exc:  # one importer that stumbles over foreign records must not stop the others
            logger.warning("the importer %s cannot look at %s: %r", self.name, head.name, exc)
            return None
        return Guess(self.name, *found) if found and found[0] > 0 else None

    def read(self, records: Iterable[Record | Problem], options: Options) -> Iterator[Parsed | Problem]:
        """Convert record after record; one that raises `BadRecord` becomes a `Problem` and yields nothing else."""
        for record in records:
            if isinstance(record, Problem):
                yield record
                continue
            try:
                parsed = tuple(self.convert(record, options))
            except BadRecord as exc:
                yield Problem(record.row, record.line, exc.field, exc.found, exc.hint)
            except _CANNOT as exc:
                found = f"the importer stumbled: {type(exc).__name__}: {exc}"
                yield Problem(record.row, record.line, "", found, f"the importer {self.name} cannot read this record")
            else:
                yield from parsed


def _builtins() -> tuple[Importer, ...]:
    from workbench.collect.formats import BUILTIN

    return BUILTIN


IMPORTERS: Registry[Importer] = Registry("importer", _builtins)


def register(
    name: str, *, title: str = "", sniff: Sniff = lambda head: None, options: tuple[str, ...] = ()
) -> Callable[[F], F]:
    """Decorate a function from a record to conversations; it is registered and returned unchanged.

    Args:
        name: what people choose as the format.
        title: the name shown on the screen; the name itself when empty.
        sniff: says with a score from 0 to 1 and a reason whether a file is in this format; never by default.
        options: names of the options it understands besides the common ones.
    """

    def add(convert: F) -> F:
        IMPORTERS.register(RecordImporter(name, title or name, sniff, convert, options), module=convert.__module__)
        return convert

    return add
