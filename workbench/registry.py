"""The one pattern by which the six rooms are extended: a named registry with built-ins and entry points."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib.metadata import entry_points
from threading import RLock
from typing import Generic, Protocol, TypeVar

from workbench.errors import DuplicateName, UnknownName


class Named(Protocol):
    """What a registry can hold: anything with a `name`."""

    @property
    def name(self) -> str:
        """The name people use for it in queries, calls and on the screen."""


T = TypeVar("T", bound=Named)


class Registry(Generic[T]):
    """Named things of one kind.

    Re-registering a name from the same module replaces it (so that a notebook cell can be run again);
    from another module it raises `DuplicateName`. Entry points of group ``workbench.<kind>s`` are loaded at the
    first look-up; each names an object to register.
    """

    def __init__(self, kind: str, builtins: Callable[[], tuple[T, ...]] = tuple) -> None:
        self.kind = kind
        self._builtins = builtins
        self._entries: dict[str, tuple[T, str]] = {}
        self._loaded = self._begun = False
        self._loading = RLock()

    def register(self, entry: T, *, module: str | None = None) -> T:
        """Add `entry` under its name and return it unchanged."""
        self._load()
        self._add(entry, module or str(getattr(entry, "__module__", "")))
        return entry

    def get(self, name: str) -> T:
        """The entry of that name; `UnknownName` (with the nearest known one) when there is none."""
        self._load()
        try:
            return self._entries[name][0]
        except KeyError:
            raise UnknownName.among(self.kind, name, self._entries) from None

    def names(self) -> list[str]:
        """All names, sorted."""
        self._load()
        return sorted(self._entries)

    def __iter__(self) -> Iterator[T]:
        """All entries, in order of name."""
        return iter([self.get(name) for name in self.names()])

    def __contains__(self, name: object) -> bool:
        """Whether an entry of that name exists."""
        self._load()
        return name in self._entries

    def _add(self, entry: T, module: str) -> None:
        known = self._entries.get(entry.name)
        if known and known[1] != module:
            raise DuplicateName(
                f"{self.kind} {entry.name!r} is already registered by {known[1]}",
                hint=f"choose another name for the one in {module}",
            )
        self._entries[entry.name] = (entry, module)

    def _load(self) -> None:
        if self._loaded:
            return
        with self._loading:  # a job and a cell may ask first at the same time; only a whole registry may answer
            if self._loaded or self._begun:
                return
            self._begun = True  # what is loaded may register something itself
            for entry in self._builtins():
                self._add(entry, "workbench")
            for point in entry_points(group=f"workbench.{self.kind}s"):
                self._add(point.load(), point.value)
            self._loaded = True
