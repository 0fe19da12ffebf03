"""Whether this machine and a workspace are in order, line by line, each with what to do.

Floors are those of the threat model: versions below them are known to lose data or to let an attacker in.
"""

from __future__ import annotations

import contextlib
import shutil
import stat
import sys
import time
from collections.abc import Iterator, Mapping
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

from workbench.doctor.diagnosis import Diagnosis, State
from workbench.doctor.models import models
from workbench.errors import WorkbenchError
from workbench.store.connection import Database
from workbench.store.facts import OLDEST_SQLITE, facts_of, file_system_of, is_network, sqlite_version
from workbench.store.migrations import MIGRATIONS, check_version
from workbench.text import amount

# Package -> (oldest safe version, whether the logic works without it). SQLite comes with apsw and is looked at itself.
FLOORS: Mapping[str, tuple[str, bool]] = {
    "anywidget": ("0.9.18", False),
    "ipywidgets": ("8.1", False),
    "jupyterlab": ("4.5.7", True),
    "jupyter-server": ("2.20.0", True),
    "pyarrow": ("14.0.1", False),  # earlier ones run code found in a Parquet file (CVE-2023-47248)
    "plotly": ("5.17", False),  # the first with plotly.js 2.25.2 or newer (CVE-2023-46308)
}
ENOUGH_BYTES = 2 << 30
LEAST_BYTES = 200 << 20
CLOCK_SECONDS = 120


def examine(workspace: Path) -> list[Diagnosis]:
    """Look at the installation and, where there is one, at the workspace. Changes nothing."""
    return [*_versions(), *_screen(), *_disk(workspace), *_workspace(workspace), *_clock(workspace), *models(workspace)]


def _versions() -> Iterator[Diagnosis]:
    python = ".".join(map(str, sys.version_info[:3]))
    yield _floor("Python", python, "3.11", "install Python 3.11 or newer")
    oldest = ".".join(map(str, OLDEST_SQLITE))
    yield _floor("SQLite", sqlite_version(), oldest, "pip install --upgrade apsw: older ones can lose a commit")
    for package, (floor, optional) in FLOORS.items():
        try:
            found = version(package)
        except PackageNotFoundError:
            state: State = "warn" if optional else "fail"
            yield Diagnosis(package, state, "not installed", "pip install 'curation-workbench[lab]'")
            continue
        yield _floor(package, found, floor, f"pip install --upgrade {package}")


def _floor(what: str, found: str, floor: str, mend: str) -> Diagnosis:
    if numbers(found) >= numbers(floor):
        return Diagnosis(what, "ok", found)
    return Diagnosis(what, "fail", f"{found}, older than {floor}", mend)


def numbers(text: str) -> tuple[int, ...]:
    """The leading numbers of a version, for comparing: "4.6.0rc1" gives (4, 6, 0)."""
    parts = []
    for part in text.split("."):
        digits = part[: len(part) - len(part.lstrip("0123456789"))]
        parts.append(int(digits or 0))
        if digits != part:
            break
    return tuple(parts)


def _screen() -> Iterator[Diagnosis]:
    home = find_spec("widgets")
    bundle = Path(home.origin).parent / "static" / "app.js" if home and home.origin else None
    if bundle and bundle.is_file():
        yield Diagnosis("screen", "ok", f"bundle of {bundle.stat().st_size >> 10} KiB")
    else:
        yield Diagnosis("screen", "fail", "the front-end bundle is missing", "reinstall, or build it: make frontend")


def _disk(workspace: Path) -> Iterator[Diagnosis]:
    place = next(folder for folder in (workspace.absolute(), *workspace.absolute().parents) if folder.exists())
    kind = file_system_of(place)
    if is_network(kind):
        mend = "move it to a local disk: network file systems lock badly, and one machine at a time may use it"
        yield Diagnosis("file system", "warn", kind, mend)
    else:
        yield Diagnosis("file system", "ok", kind or "local, type not told by this system")
    free = shutil.disk_usage(place).free
    state: State = "ok" if free >= ENOUGH_BYTES else "warn" if free >= LEAST_BYTES else "fail"
    yield Diagnosis("free space", state, f"{free / 2**30:.1f} GiB", "" if state == "ok" else "make room on this disk")


def _workspace(workspace: Path) -> Iterator[Diagnosis]:
    file = workspace / "workbench.db"
    if not file.is_file():
        yield Diagnosis("workspace", "warn", f"none at {workspace}", f"workbench lab {workspace} makes one")
        return
    yield _mode(workspace)
    try:
        facts = facts_of(file)
    except WorkbenchError as exc:
        yield Diagnosis("database", "fail", exc.message, exc.hint)
        return
    yield _schema(file)
    wanted = {"delete"} if is_network(file_system_of(workspace)) else {"wal"}
    journal: State = "ok" if facts.journal_mode in wanted else "fail"
    yield Diagnosis(
        "journal mode", journal, facts.journal_mode, "" if journal == "ok" else "open it once, then look again"
    )
    safe = facts.synchronous in {"FULL", "EXTRA"}
    yield Diagnosis("synchronous", "ok" if safe else "fail", facts.synchronous, "" if safe else "report this fault")
    mend = "restore the newest backup; `.recover` of the sqlite3 program saves what it can from a copy of this file"
    yield Diagnosis("database", "fail", facts.damage, mend) if facts.damage else Diagnosis("database", "ok", "whole")


def _schema(file: Path) -> Diagnosis:
    """Whether this workbench can read the file: a newer one's is left alone, an older one's grows when it is opened."""
    try:
        with contextlib.closing(Database(file)) as database:
            check_version(database)
    except WorkbenchError as exc:
        return Diagnosis("schema", "fail", exc.message, exc.hint)
    return Diagnosis("schema", "ok", f"known, up to {len(MIGRATIONS)}")


def _mode(workspace: Path) -> Diagnosis:
    mode = stat.S_IMODE(workspace.stat().st_mode)
    if sys.platform != "win32" and mode & 0o077:
        return Diagnosis("folder mode", "warn", f"{mode:04o}: others can look in", f"chmod 700 {workspace}")
    return Diagnosis("folder mode", "ok", f"{mode:04o}")


def _clock(workspace: Path) -> Iterator[Diagnosis]:
    """Files that were written in the future tell that the clock stands wrong."""
    written = [file.stat().st_mtime for file in (Path(__file__), workspace / "workbench.db") if file.is_file()]
    behind = max(written) - time.time()
    if behind > CLOCK_SECONDS:
        mend = "set it: the times of tags and edits come from it"
        yield Diagnosis("clock", "warn", f"{amount(round(behind / 60), 'minute')} behind the newest file", mend)
    else:
        yield Diagnosis("clock", "ok", time.strftime("%Y-%m-%d %H:%M %Z"))
