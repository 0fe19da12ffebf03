"""The vectors on disk: an encoder and segments as ``.npy`` files, and a manifest that is replaced as the last step.

Files never change once written; a manifest names those that belong together, so another process sees an old state or a
new one. What does not fit is ignored and the vectors are made again.
"""

from __future__ import annotations

import logging
import shutil
import time
from pathlib import Path
from typing import Any

import numpy as np
import orjson

from workbench.ids import new_id
from workbench.search.leftovers import clear_leftovers
from workbench.search.meaning.collection import Collection
from workbench.search.meaning.encoder import DIMENSIONS, Encoder
from workbench.search.meaning.features import FEATURES
from workbench.search.meaning.vectors import PLANES, Segment

logger = logging.getLogger(__name__)

FORMAT = 1
_UNUSED_SECONDS = 600  # another process may just have read the manifest that names an older file
_PARTS = ("rows", "bits", "codes", "scales")


class MeaningFiles:
    """The saved vectors of one workspace, in `folder`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._saved: dict[int, tuple[object, str]] = {}
        self._seen: tuple[int, int] | None = None

    def changed(self) -> bool:
        """Whether another process has saved vectors since this one last read or saved them."""
        return mark_of(self._manifest) not in (None, self._seen)

    def save(self, collection: Collection) -> None:
        """Write what is new since the last save. A full disk is reported in the log; the next start has more to do."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            encoder = self._written(collection.encoder, ("weights", "projection"))
            segments = [self._written(segment, _PARTS) for segment in collection.segments]
            manifest = {
                "format": FORMAT,
                "position": collection.position,
                "fitted_on": collection.encoder.fitted_on,
                "encoder": encoder,
                "segments": segments,
            }
            pointer = self._folder / f"{new_id('manifest')}.tmp"
            pointer.write_bytes(orjson.dumps(manifest))
            seen = mark_of(pointer)  # of this very file: another process may replace it at once
            pointer.replace(self._manifest)
            self._seen = seen
            self._clean({encoder, *segments})
        except OSError:
            logger.warning("the meaning index could not be saved in %s", self._folder, exc_info=True)

    def load(self) -> Collection | None:
        """The saved vectors, or None when there are none that can be trusted."""
        self._seen = mark_of(self._manifest)
        try:
            manifest = orjson.loads(self._manifest.read_bytes())
            if manifest["format"] != FORMAT:
                return None
            encoder = self._encoder(manifest)
            segments = tuple(self._segment(name) for name in manifest["segments"])
            return Collection.of(encoder, int(manifest["position"]), segments)
        except FileNotFoundError:
            return None
        except (OSError, ValueError, KeyError, TypeError, IndexError):
            logger.warning("the meaning index in %s cannot be read; making it again", self._folder, exc_info=True)
            return None

    @property
    def _manifest(self) -> Path:
        return self._folder / "manifest.json"

    def _written(self, value: Encoder | Segment, parts: tuple[str, ...]) -> str:
        known = self._saved.get(id(value))
        if known is not None and known[0] is value and (self._folder / known[1]).is_dir():
            return known[1]
        name = new_id("vectors")
        (self._folder / name).mkdir()
        for part in parts:
            np.save(self._folder / name / f"{part}.npy", getattr(value, part))
        self._saved[id(value)] = (value, name)
        return name

    def _clean(self, used: set[Any]) -> None:
        self._saved = {key: entry for key, entry in self._saved.items() if entry[1] in used}
        for folder in self._folder.glob("vectors_*/"):
            if folder.name not in used and time.time() - folder.stat().st_mtime > _UNUSED_SECONDS:
                shutil.rmtree(folder, ignore_errors=True)
        clear_leftovers(self._folder, "manifest_*.tmp")

    def _encoder(self, manifest: dict[str, Any]) -> Encoder:
        name = manifest["encoder"]
        weights = self._mapped(name, "weights", np.float32, (FEATURES,))
        projection = self._mapped(name, "projection", np.float32, (FEATURES, DIMENSIONS))
        encoder = Encoder(weights, projection, int(manifest["fitted_on"]))
        self._saved[id(encoder)] = (encoder, name)
        return encoder

    def _segment(self, name: str) -> Segment:
        rows = self._mapped(name, "rows", np.int32, None)
        size = len(rows)
        if size and (np.any(rows[1:] <= rows[:-1]) or rows[0] < 1):
            raise ValueError(f"{name}: rows are not in order")
        segment = Segment(
            rows,
            self._mapped(name, "bits", np.uint64, (PLANES, size)),
            self._mapped(name, "codes", np.int8, (size, DIMENSIONS)),
            self._mapped(name, "scales", np.float32, (size,)),
        )
        self._saved[id(segment)] = (segment, name)
        return segment

    def _mapped(self, name: str, part: str, kind: Any, shape: tuple[int, ...] | None) -> Any:
        mapped = np.load(self._folder / Path(name).name / f"{part}.npy", mmap_mode="r", allow_pickle=False)
        array = mapped.view(np.ndarray)  # the subclass makes every slice slow
        if array.dtype != kind or (shape is not None and array.shape != shape) or (shape is None and array.ndim != 1):
            raise ValueError(f"{name}/{part} has another shape than expected")
        return array


def mark_of(file: Path) -> tuple[int, int] | None:
    """What tells one saved state from the next, for a file that is never changed but replaced; None: there is none."""
    try:
        found = file.stat()
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns
