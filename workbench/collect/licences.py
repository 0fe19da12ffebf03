"""What a file, or the notice beside it, says about its licence. What nobody says stays unknown."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from workbench.text import snippet

_NOTICES = ("NOTICE.txt", "NOTICE", "NOTICE.md", "README.md", "README.txt", "README")
_LINE = re.compile(r"^\W*licen[cs]e\s*:\s*(\S.*)$", re.IGNORECASE | re.MULTILINE)
_READ = 64 * 1024


@dataclass(frozen=True, slots=True)
class Licence:
    """A licence by name and where that was read."""

    name: str
    evidence: str


def licence_of(record: Any) -> str | None:
    """The licence one record names."""
    value = record.get("license", record.get("licence")) if isinstance(record, dict) else None
    return value.strip() if isinstance(value, str) and 0 < len(value.strip()) <= 200 else None


def licence_in(records: Sequence[Any], file: str) -> Licence | None:
    """The licence all of these records name; several are named together."""
    names = {name for record in records if (name := licence_of(record))}
    return Licence("; ".join(sorted(names)), f"the field 'license' of the records in {file}") if names else None


def licence_beside(path: Path) -> Licence | None:
    """The licence named by a line ``licence: ...`` of the notice or README in the folder of `path`."""
    folder = path if path.is_dir() else path.parent
    for name in _NOTICES:
        notice = folder / name
        if not notice.is_file():
            continue
        with notice.open("rb") as file:
            text = file.read(_READ).decode("utf-8", "replace")
        names = list(dict.fromkeys(snippet(found, 80) for found in _LINE.findall(text)))
        if len(names) == 1 and names[0].lower() != "unknown":
            return Licence(names[0].strip("\"'"), f"{name} in the same folder")
    return None
