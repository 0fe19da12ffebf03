"""From what a person calls a question or a choice to the short name that queries and exports use."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

from workbench.label.schemes import LONGEST_NAME


def name_for(title: str, taken: Collection[str] = ()) -> str:
    """A question's name: ``Tone of voice`` becomes ``tone-of-voice``; titles without Latin letters are numbered."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    stem = re.sub(r"[^a-z0-9]+", "-", plain).strip("-").lstrip("0123456789-")[: LONGEST_NAME - 4] or "question"
    return _free(stem, taken)


def value_for(label: str, taken: Collection[str] = (), *, below: str = "") -> str:
    """The value of a choice: its label in small letters, of any script; in a tree below its parent's value."""
    stem = " ".join(label.lower().replace("/", " ").split()) or "choice"
    return _free(f"{below}/{stem}" if below else stem, taken)


def next_point(points: Collection[str]) -> str:
    """The number of the next point of a scale."""
    return str(max((int(point) for point in points if re.fullmatch(r"-?[0-9]{1,9}", point)), default=0) + 1)


def _free(stem: str, taken: Collection[str]) -> str:
    number = 2
    name = stem
    while name in taken:
        name, number = f"{stem}-{number}", number + 1
    return name
