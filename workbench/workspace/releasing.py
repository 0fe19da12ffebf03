"""Cleaning, measuring, slices and exports."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbench.errors import InvalidInput
from workbench.ids import now_ms
from workbench.jobs import Control, Job
from workbench.model import FrozenSlice, SliceSpec
from workbench.search.selections import NAMES as SELECTIONS
from workbench.search.selections import owned
from workbench.workspace.base import WorkspaceBase
from workbench.workspace.results import Selection
from workbench.workspace.slices import Slice

if TYPE_CHECKING:
    from workbench.flows.clean import CleanReport
    from workbench.flows.evaluate import Report
    from workbench.flows.findings import Looked
    from workbench.flows.preview import ExportPreview
    from workbench.flows.release import Comparison, Manifest


class Releasing(WorkspaceBase):
    """The part of the workspace that checks and gives out."""

    def checks(self) -> list[Any]:
        """All checks."""
        from workbench.evaluate import CHECKS

        return list(CHECKS)

    def evaluate(self, which: Selection = "", checks: Sequence[str] | None = None) -> Report:
        """Measure a selection: findings and charts. Changes nothing."""
        from workbench.flows.evaluate import evaluate

        return evaluate(self._store, self._ids(which), checks=checks)

    def evaluate_job(self, which: Selection = "", checks: Sequence[str] | None = None) -> Job[Report]:
        """The same as a job with progress and cancel, for large selections and the screen."""
        from workbench.flows.evaluate import evaluate
        from workbench.flows.findings import keep_report

        def work(control: Control) -> Report:
            report = evaluate(
                self._store,
                self._ids(which),
                checks=checks,
                tell=control.progress,
                cancelled=lambda: control.cancelled,
            )
            if checks is None:
                keep_report(self._store, self._index, report.samples, report.findings)
            return report

        return self._jobs.start("Report", work)

    def look_job(self, query: str = "") -> Job[Looked]:
        """Run all checks over what nobody has looked at since it changed; then `finding:` finds what they found.

        A job with progress; stopped, what it has looked at is kept. `finding:unknown` is what is left.
        """
        from workbench.flows.findings import look

        self._index.parse(query)
        return self._jobs.start(
            "Look for findings", lambda control: look(self._store, self._index, query, control), subject="findings"
        )

    def clean(self, which: Selection = "", steps: Sequence[str] | None = None, *, preview: bool = False) -> CleanReport:
        """Normalise text and set languages where missing, as one step; with `preview` only say what would change."""
        return self._clean(self._ids(which), steps, preview, Control())

    def clean_job(
        self, which: Selection = "", steps: Sequence[str] | None = None, *, preview: bool = False
    ) -> Job[CleanReport]:
        """The same as a job with progress and cancel, for large selections and the screen."""
        job = self._jobs.start(
            "Preview of cleaning" if preview else "Clean",
            lambda control: self._clean(self._ids(which), steps, preview, control),
        )
        self._emit("job.started", id=job.id)
        return job

    def _clean(self, ids: list[str], steps: Sequence[str] | None, preview: bool, control: Control) -> CleanReport:
        from workbench.flows.clean import clean

        report = clean(self._store, self.author, ids, steps=steps, preview=preview, control=control)
        if report.applied and report.changed:
            self._emit("sample.changed", ids=ids)
        return report

    def duplicates(self, which: Selection = "") -> list[Any]:
        """Groups of samples that say exactly the same."""
        from workbench.flows.clean import exact_duplicates

        return exact_duplicates(self._store, self._ids(which))

    def personal_data(self, which: Selection = "") -> list[Any]:
        """Personal data that the rules find, as findings with their place."""
        from workbench.flows.clean import personal_data

        return personal_data(self._store, self._ids(which))

    def slice(self, name: str, where: str | None = None, *, title: str = "") -> Slice:
        """A named query: saved when `where` is given, else the saved one; raises `NotFound`.

        One that uses my selection (``in:map-selection``) is saved with its owner (``in@ana:map-selection``), so that
        it finds the same for everybody. It follows the selection until it is frozen; a build pins the samples.
        """
        from workbench.flows.release import save_slice, slice_named

        if where is not None:
            if name in SELECTIONS:
                raise InvalidInput(f"{name} is the name of what is picked out on the map", hint="choose another name")
            where = owned(where, self.author)
            self._index.parse(where)
            save_slice(self._store, self.author, SliceSpec(name, where, title, self.author, now_ms()))
        return Slice(self, slice_named(self._store, name))

    def remove_slice(self, name: str) -> SliceSpec:
        """Forget a saved query, as one step that `undo` takes back; what was frozen from it keeps its samples.

        Returns what was removed. Raises `NotFound`, and `InvalidInput` when another slice asks for it.
        """
        from workbench.flows.release import remove_slice

        return remove_slice(self._store, self.author, name)

    def slices(self) -> list[SliceSpec]:
        """All saved queries."""
        return self._store.slices()

    def freeze(self, name: str) -> FrozenSlice:
        """Pin what the slice finds now: ids, revisions and scheme versions under one hash."""
        from workbench.flows.release import freeze

        frozen = freeze(self._store, self._index, name, author=self.author)
        self._emit("slice.frozen", id=frozen.id, name=name)
        return frozen

    def freeze_job(self, name: str) -> Job[FrozenSlice]:
        """The same as a job with progress and cancel. Cancelled or killed, it keeps nothing."""
        from workbench.flows.release import freeze, slice_named

        slice_named(self._store, name)

        def work(control: Control) -> FrozenSlice:
            frozen = freeze(
                self._store,
                self._index,
                name,
                author=self.author,
                progress=control.progress,
                cancelled=lambda: control.cancelled,
            )
            self._emit("slice.frozen", id=frozen.id, name=name)
            return frozen

        job = self._jobs.start(f"Freeze {name}", work)
        self._emit("job.started", id=job.id)
        return job

    def difference(self, frozen: FrozenSlice) -> Comparison:
        """What freezing its slice now would change against this build. Changes nothing."""
        from workbench.flows.release import difference

        return difference(self._store, self._index, frozen)

    def difference_job(self, frozen: FrozenSlice) -> Job[Comparison]:
        """The same as a job with progress and cancel, for large slices and the screen."""
        from workbench.flows.release import difference

        return self._jobs.start(
            f"Compare {frozen.name} with now",
            lambda control: difference(
                self._store,
                self._index,
                frozen,
                progress=control.progress,
                cancelled=lambda: control.cancelled,
            ),
        )

    def builds(self, name: str | None = None) -> list[FrozenSlice]:
        """Frozen slices (of that name), oldest first."""
        return self._store.frozen(name)

    def compare_builds(self, old: FrozenSlice, new: FrozenSlice) -> Comparison:
        """What entered, left and changed between two builds, with the reason where the query tells it."""
        from workbench.flows.release import compare

        return compare(self._store, old, new)

    def preview_export(
        self, frozen: FrozenSlice, to: str = "workbench", *, limit: int = 3, options: Mapping[str, Any] | None = None
    ) -> ExportPreview:
        """The first records of an export exactly as they will be written, and its card. Nothing is exported."""
        from workbench.flows.preview import preview_export

        return preview_export(self._store, frozen, to, limit=limit, options=options)

    def exporters(self) -> list[Any]:
        """The formats that can be written."""
        from workbench.release import EXPORTERS

        return list(EXPORTERS)

    def export(
        self,
        frozen: FrozenSlice,
        out: str | Path,
        *,
        to: str | Sequence[str] = "workbench",
        options: Mapping[str, Any] | None = None,
    ) -> Manifest:
        """Write a frozen slice to the new folder `out` in one or more formats, with card and manifest."""
        from workbench.flows.release import export

        formats = [to] if isinstance(to, str) else list(to)
        manifest = export(self._store, frozen, Path(out), to=formats, author=self.author, options=options or {})
        self._emit("exported", id=frozen.id, path=str(out))
        return manifest

    def export_job(
        self,
        frozen: FrozenSlice,
        out: str | Path,
        *,
        to: Sequence[str],
        options: Mapping[str, Any] | None = None,
    ) -> Job[Manifest]:
        """Write a frozen slice as a job with progress and cancel. Cancelled or killed, it leaves nothing behind."""
        from workbench.flows.release import export

        def work(control: Control) -> Manifest:
            manifest = export(
                self._store,
                frozen,
                Path(out),
                to=to,
                author=self.author,
                options=options or {},
                progress=control.progress,
                cancelled=lambda: control.cancelled,
            )
            self._emit("exported", id=frozen.id, path=str(out))
            return manifest

        job = self._jobs.start(f"Export {frozen.name}", work)
        self._emit("job.started", id=job.id)
        return job
