"""Settings as values: read once at the door, passed down, never looked up in the rooms."""

from __future__ import annotations

import getpass
import os
from collections.abc import Mapping
from pathlib import Path

from workbench.errors import InvalidInput


def current_author(explicit: str | None = None, *, environ: Mapping[str, str] = os.environ) -> str:
    """Who is working: the explicit name, else WORKBENCH_AUTHOR, else the hub's user, else the login name."""
    for name in (explicit, environ.get("WORKBENCH_AUTHOR"), environ.get("JUPYTERHUB_USER")):
        if name and name.strip():
            return name.strip()
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # a container's user without a name
        return "somebody"


def workspace_folder(explicit: str | Path | None = None, *, environ: Mapping[str, str] = os.environ) -> Path:
    """Which workspace is meant: the explicit folder, else WORKBENCH_WORKSPACE. Raises `InvalidInput` without either."""
    given = explicit or environ.get("WORKBENCH_WORKSPACE")
    if not given:
        raise InvalidInput("no workspace named", hint="name its folder, or set WORKBENCH_WORKSPACE")
    return Path(given).expanduser().resolve()
