"""A slice and a build as values that know what can be done with them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbench.model import FrozenSlice, SliceSpec
from workbench.text import amount

if TYPE_CHECKING:
    from workbench.flows.preview import ExportPreview
    from workbench.flows.release import Comparison, Manifest
    from workbench.workspace.releasing import Releasing


@dataclass(frozen=True, slots=True)
class Slice:
    """A saved query with what can be done with it."""

    _ws: Releasing
    spec: SliceSpec

    def __repr__(self) -> str:
        return f"<Slice {self.spec.name!r} where {self.spec.query!r}>"

    def freeze(self) -> Build:
        """Pin what it finds now."""
        return Build(self._ws, self._ws.freeze(self.spec.name))

    def difference(self) -> Comparison | None:
        """What freezing it now would change against its newest build; None while it has none."""
        builds = self._ws.builds(self.spec.name)
        return self._ws.difference(builds[-1]) if builds else None

    def builds(self) -> list[Build]:
        """Its builds, oldest first."""
        return [Build(self._ws, frozen) for frozen in self._ws.builds(self.spec.name)]


@dataclass(frozen=True, slots=True)
class Build:
    """A frozen slice with what can be done with it."""

    _ws: Releasing
    frozen: FrozenSlice

    def __repr__(self) -> str:
        frozen = self.frozen
        return f"<Build {frozen.id} of {frozen.name!r}: {amount(len(frozen.members), 'sample')}, {frozen.hash}>"

    def export(
        self, out: str | Path, *, to: str | Sequence[str] = "workbench", options: Mapping[str, Any] | None = None
    ) -> Manifest:
        """Write it to the new folder `out`."""
        return self._ws.export(self.frozen, out, to=to, options=options)

    def preview(self, to: str = "workbench", *, limit: int = 3) -> ExportPreview:
        """The first records of an export of it, exactly as they will be written, and its card."""
        return self._ws.preview_export(self.frozen, to, limit=limit)

    def compare(self, older: Build) -> Comparison:
        """What changed since an older build."""
        return self._ws.compare_builds(older.frozen, self.frozen)
