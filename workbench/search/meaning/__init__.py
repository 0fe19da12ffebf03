"""Nearness in meaning: texts as vectors, exact search among them."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from workbench.search.codes import Array, Mask
from workbench.store.base import Store


class MeaningIndex:
    """Rows by nearness in meaning."""

    def __init__(self, store: Store, folder: Path) -> None:
        self.version = 0

    def near_text(self, text: str, within: Mask) -> tuple[Array, Array]:
        """The rows of `within` nearest to a text, and their similarities."""
        return np.zeros(0, np.int64), np.zeros(0, np.float32)
