"""The exporters by name, and how a data scientist adds one."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeVar

from workbench.registry import Registry
from workbench.release.base import Exporter, Material
from workbench.release.options import Option, Options
from workbench.release.staging import Staging

Write = Callable[[Material, Staging, Options], Iterable[str]]
F = TypeVar("F", bound=Write)


@dataclass(frozen=True, slots=True)
class FunctionExporter:
    """An exporter made of one function."""

    name: str
    title: str
    description: str
    writer: Write
    loses: tuple[str, ...] = ()
    options: tuple[Option, ...] = ()

    def write(self, material: Material, out: Staging, options: Options) -> Iterable[str]:
        """Call the function."""
        return self.writer(material, out, options)


def _builtins() -> tuple[Exporter, ...]:
    from workbench.release.formats import BUILTIN

    return BUILTIN


EXPORTERS: Registry[Exporter] = Registry("exporter", _builtins)


def register(
    name: str, *, title: str = "", description: str = "", loses: tuple[str, ...] = (), options: tuple[Option, ...] = ()
) -> Callable[[F], F]:
    """Decorate a function that writes a frozen slice; it is registered and returned unchanged.

    Args:
        name: what people choose as the format.
        title: the name shown on the screen; the name itself when empty.
        description: one sentence: what is written and for whom.
        loses: what of a sample the format cannot hold, each in a few words.
        options: what a person can choose for it; also shown on the screen.
    """

    def add(write: F) -> F:
        exporter = FunctionExporter(name, title or name, description, write, loses, options)
        EXPORTERS.register(exporter, module=write.__module__)
        return write

    return add
