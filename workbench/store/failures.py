"""The database library's errors in plain words, with the next thing a person can do."""

from __future__ import annotations

import apsw

from workbench.errors import InvalidInput, StoreBusy, StoreError, WorkbenchError

_PLAIN: tuple[tuple[type[apsw.Error], str, str], ...] = (
    (apsw.FullError, "the disk is full: nothing of this was saved", "free some space and do it again"),
    (apsw.ReadOnlyError, "the workspace cannot be written", "check the permissions of its folder"),
    (apsw.CantOpenError, "the workspace's database cannot be opened", "check that its folder exists and is yours"),
    (apsw.NotADBError, "workbench.db is not a database of the workbench", "restore it from a backup"),
    (apsw.CorruptError, "the workspace's database is damaged", "restore it from a backup"),
    (apsw.IOError, "the disk reported an error: nothing of this was saved", "check the disk before going on"),
)


EXPECTED = (apsw.Error, UnicodeEncodeError)
"""What a database, a disk or a text can do wrong: caught where a statement runs and raised as `explained`."""


def explained(exc: Exception) -> WorkbenchError:
    """The error a person should see instead of `exc`."""
    if isinstance(exc, UnicodeEncodeError):
        return InvalidInput(
            f"a text holds half of a character (U+{ord(exc.object[exc.start]):04X})",
            hint="the file it came from was cut or decoded wrongly; mend or remove that character",
        )
    if isinstance(exc, (apsw.BusyError, apsw.LockedError)):
        return StoreBusy(
            "another notebook is writing to this workspace and has not finished",
            hint="wait for its import or bulk change to end, then do it again; nothing was lost",
        )
    if isinstance(exc, apsw.ConnectionClosedError):
        return StoreError("this workspace was closed", hint="open it again")
    for kind, message, hint in _PLAIN:
        if isinstance(exc, kind):
            return StoreError(message, hint=hint)
    return StoreError(f"the workspace's database refused: {exc}", hint="run `workbench doctor`")
