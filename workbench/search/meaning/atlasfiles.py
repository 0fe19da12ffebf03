"""The map on disk: one ``.npz`` beside the vectors, replaced as a whole. What cannot be read is made again."""

from __future__ import annotations

import logging
import zipfile
from contextlib import suppress
from pathlib import Path

import numpy as np
import orjson

from workbench.ids import new_id
from workbench.search.leftovers import clear_leftovers
from workbench.search.meaning.atlas import Atlas
from workbench.search.meaning.files import mark_of
from workbench.search.meaning.layout import Landmarks

logger = logging.getLogger(__name__)

FORMAT = 2
PART = ".part"


class AtlasFiles:
    """The kept map of one workspace."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._seen: tuple[int, int] | None = None

    def changed(self) -> bool:
        """Whether another process has saved a map since this one last read or saved it."""
        return mark_of(self._file) not in (None, self._seen)

    def save(self, atlas: Atlas) -> None:
        """Write the map; a full or read-only disk costs only the time to make it again."""
        head = {"format": FORMAT, "position": atlas.position, "encoder": atlas.encoder, "made_of": atlas.made_of,
                "spread": atlas.landmarks.spread, "words": atlas.words, "layout": atlas.layout}  # fmt: skip
        written = self._file.with_name(f"{new_id('map')}{PART}")  # two processes may save at once
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            with written.open("wb") as out:
                np.savez(
                    out, head=np.frombuffer(orjson.dumps(head), np.uint8), vectors=atlas.landmarks.vectors,
                    places=atlas.landmarks.points, centres=atlas.centres, points=atlas.points, regions=atlas.regions,
                )  # fmt: skip
            seen = mark_of(written)
            written.replace(self._file)
            self._seen = seen
            clear_leftovers(self._file.parent, f"map_*{PART}")
        except OSError:
            logger.warning("the map could not be saved in %s", self._file, exc_info=True)
            with suppress(OSError):
                written.unlink(missing_ok=True)

    def load(self, held: Atlas | None = None) -> Atlas | None:
        """The kept map, or None when there is none that can be read; `held` itself where its picture is the same."""
        self._seen = mark_of(self._file)
        try:
            with np.load(self._file, allow_pickle=False) as kept:
                head = orjson.loads(kept["head"].tobytes())
                if head["format"] != FORMAT:
                    return None
                if held is not None and head.get("layout") == held.layout:
                    return held
                landmarks = Landmarks(kept["vectors"], kept["places"], float(head["spread"]))
                words = tuple(tuple(map(str, part)) for part in head["words"])
                points, regions = kept["points"], kept["regions"]
                if len(points) != len(regions):
                    return None
                return Atlas(
                    int(head["position"]), int(head["encoder"]), int(head["made_of"]),
                    landmarks, kept["centres"], words, points, regions,
                )  # fmt: skip
        except FileNotFoundError:
            return None
        except (OSError, ValueError, KeyError, TypeError, EOFError, zipfile.BadZipFile):
            logger.warning("the map in %s cannot be read; making it again", self._file, exc_info=True)
            return None
