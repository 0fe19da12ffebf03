"""What a look at one thing comes to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

State = Literal["ok", "warn", "fail"]


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """One thing looked at: what, how it is, what was found, and how to mend it."""

    what: str
    state: State
    found: str
    mend: str = ""
