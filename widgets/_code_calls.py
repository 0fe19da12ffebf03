"""Command by command, the call it is: the tables of the rooms as one."""

from __future__ import annotations

from collections.abc import Callable

from widgets import _code_generate, _code_label, _code_release, _code_samples
from widgets._code_text import Args

ROOMS = (_code_samples, _code_label, _code_generate, _code_release)

DOES: dict[str, Callable[[Args], str]] = {name: does for room in ROOMS for name, does in room.DOES.items()}
"""What changes the workspace."""

FINDS: dict[str, Callable[[Args], str]] = {name: finds for room in ROOMS for name, finds in room.FINDS.items()}
"""What looks something up."""
