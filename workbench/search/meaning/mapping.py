"""Keeping the map true: made when first asked for, then only what changed is placed."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from workbench.search.backlog import Backlog, changed
from workbench.search.meaning.atlas import Atlas, Tell, made
from workbench.search.meaning.atlasfiles import AtlasFiles
from workbench.search.meaning.index import MeaningIndex
from workbench.search.meaning.naming import Text, as_text
from workbench.store.base import Store

READING = 70
"""Per cent of the work that reading all texts is, the first time."""
AT_ONCE = 400
"""Changed samples that the screen waits for without a job."""
CHANGES = 1_000_000
"""Changes of anything that are read at once."""
SAVE_AFTER = 50_000
"""Changes of anything (tags, say) after which a map that stayed as it is is saved: the next start reads that many."""


class MapIndex:
    """The map of one store. Safe from any thread; one at a time makes the next.

    What is on disk is the one picture of all processes: whoever finds another layout there goes on with that.
    """

    def __init__(self, store: Store, meaning: MeaningIndex, folder: Path) -> None:
        self._store = store
        self._meaning = meaning
        self._backlog = Backlog(store)
        self._files = AtlasFiles(folder / "map.npz")
        self._atlas: Atlas | None = None
        self._saved_at = 0
        self._lock = threading.Lock()
        self._file_lock = threading.Lock()

    def ready(self) -> Atlas | None:
        """The map as it stands now, if bringing it up to date is a matter of a moment; else None: use `current`."""
        atlas = self._open()
        position = self._store.change_seq()
        if atlas is None or not self._meaning.catch_up(position, limit=AT_ONCE):
            return None
        if not self._fits(atlas) or self._backlog.exceeds(atlas.position, position, AT_ONCE):
            return None
        return self.current()

    def current(self, tell: Tell = lambda percent, message: None) -> Atlas | None:
        """The map with everything committed before this call; None when no sample says anything."""
        with self._lock:
            position = self._store.change_seq()
            atlas = self._open()
            if atlas is not None and atlas.position >= position:
                return atlas
            self._read(position, tell)
            atlas = self._open()
            if atlas is None or not self._fits(atlas):
                return self._keep(self._made(position, tell))
            if atlas.position >= position:
                return atlas
            atlas, moved = self._caught_up(atlas, position)
            return self._keep(atlas, moved=moved)

    def _read(self, position: int, tell: Tell) -> None:
        """Vectors for all texts: the long part, the first time."""
        total = self._store.count()

        def each() -> None:
            tell(round(READING * self._meaning.indexed(position, total) / max(total, 1)), "reading texts")

        each()
        self._meaning.catch_up(position, each=each)

    def _open(self) -> Atlas | None:
        with self._file_lock:
            if self._files.changed():
                saved = self._files.load(self._atlas)
                if saved is not None and saved is not self._atlas and self._is_of_this_store(saved):
                    self._atlas, self._saved_at = saved, saved.position
            return self._atlas

    def _keep(self, atlas: Atlas | None, *, moved: bool = True) -> Atlas | None:
        """Go on with a map. It is saved when something stands elsewhere, or once in many changes of other things."""
        with self._file_lock:
            self._atlas = atlas
            if atlas is not None and (moved or atlas.position - self._saved_at > SAVE_AFTER):
                self._files.save(atlas)
                self._saved_at = atlas.position
        return atlas

    def _is_of_this_store(self, atlas: Atlas) -> bool:
        return atlas.position <= self._store.change_seq() and atlas.size <= self._store.max_row() + 1

    def _fits(self, atlas: Atlas) -> bool:
        encoder = self._meaning.encoder
        return encoder is not None and atlas.fits(encoder.mark, self._store.count())

    def _caught_up(self, atlas: Atlas, position: int) -> tuple[Atlas, bool]:
        """The map with all that changed up to `position`, and whether anything of it stands elsewhere now."""
        moved = False
        while atlas.position < position:
            found, reached = changed(self._store, atlas.position, position, CHANGES)
            reached = min(reached, position)  # vectors are known up to there
            rows = np.array(found, np.int64)
            atlas = atlas.placed(rows, self._meaning.vectors(rows), reached) if found else atlas.at(reached)
            moved = moved or bool(found)
        return atlas, moved

    def _made(self, position: int, tell: Tell) -> Atlas | None:
        rows = self._meaning.rows()
        encoder = self._meaning.encoder
        if encoder is None or not len(rows):
            return None
        vectors = self._meaning.vectors(rows)
        return made(rows, vectors, self._texts, encoder=encoder.mark, position=position, tell=tell)

    def _texts(self, rows: Sequence[int]) -> list[Text]:
        """What is said in these rows, as words."""
        found = self._store.texts(list(rows)) if rows else ()
        return [as_text(sample.text, sample.language or "") for _, sample in found]
