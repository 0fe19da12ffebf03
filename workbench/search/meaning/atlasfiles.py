"""The map on disk: one ``.npz`` beside the vectors, replaced as a whole. What cannot be read is made again."""

from __future__ import annotations

import logging
import zipfile
from pathlib import Path

import numpy as np
import orjson

from workbench.search.meaning.atlas import Atlas
from workbench.search.meaning.layout import Landmarks

logger = logging.getLogger(__name__)

FORMAT = 1


class AtlasFiles:
    """The kept map of one workspace."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._seen: tuple[int, int] | None = None

    def changed(self) -> bool:
        """Whether another process has saved a map since this one last read or saved it."""
        return self._mark() not in (None, self._seen)

    def _mark(self) -> tuple[int, int] | None:
        try:
            found = self._file.stat()
        except OSError:
            return None
        return found.st_ino, found.st_mtime_ns

    def save(self, atlas: Atlas) -> None:
        """Write the map; a full or read-only disk costs only the time to make it again."""
        head = {"format": FORMAT, "position": atlas.position, "encoder": atlas.encoder, "made_of": atlas.made_of,
                "spread": atlas.landmarks.spread, "words": atlas.words}  # fmt: skip
        written = self._file.with_suffix(".part")
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            with written.open("wb") as out:
                np.savez(
                    out, head=np.frombuffer(orjson.dumps(head), np.uint8), vectors=atlas.landmarks.vectors,
                    places=atlas.landmarks.points, centres=atlas.centres, points=atlas.points, regions=atlas.regions,
                )  # fmt: skip
            written.replace(self._file)
            self._seen = self._mark()
        except OSError:
            logger.warning("the map could not be saved in %s", self._file, exc_info=True)

    def load(self) -> Atlas | None:
        """The kept map, or None when there is none that can be read."""
        self._seen = self._mark()
        try:
            with np.load(self._file, allow_pickle=False) as held:
                head = orjson.loads(held["head"].tobytes())
                if head["format"] != FORMAT or len(held["points"]) != len(held["regions"]):
                    return None
                landmarks = Landmarks(held["vectors"], held["places"], float(head["spread"]))
                words = tuple(tuple(map(str, part)) for part in head["words"])
                return Atlas(
                    int(head["position"]), int(head["encoder"]), int(head["made_of"]),
                    landmarks, held["centres"], words, held["points"], held["regions"],
                )  # fmt: skip
        except FileNotFoundError:
            return None
        except (OSError, ValueError, KeyError, TypeError, EOFError, zipfile.BadZipFile):
            logger.warning("the map in %s cannot be read; making it again", self._file, exc_info=True)
            return None
