"""What a workspace loads at its first use only: the database library, and the parser of queries with its tables."""

from __future__ import annotations

from importlib import import_module


def load() -> None:
    """Load it now, for a process that has time before anybody asks. Opens nothing."""
    import_module("workbench.store.sqlite")
    import_module("workbench.search.parser").parse("language:en")
