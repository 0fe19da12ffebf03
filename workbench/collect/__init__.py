"""Room: collect. Files in, conversations and problems out; nothing here writes to the store."""

from __future__ import annotations

from workbench.collect.base import (
    BadRecord,
    Guess,
    Head,
    Importer,
    Options,
    Parsed,
    ParsedTag,
    Preview,
    Problem,
    Record,
    sample_id,
)
from workbench.collect.reading import FileReading, open_files, preview
from workbench.collect.registry import IMPORTERS, RecordImporter, register

__all__ = [
    "IMPORTERS",
    "BadRecord",
    "FileReading",
    "Guess",
    "Head",
    "Importer",
    "Options",
    "Parsed",
    "ParsedTag",
    "Preview",
    "Problem",
    "Record",
    "RecordImporter",
    "open_files",
    "preview",
    "register",
    "sample_id",
]
