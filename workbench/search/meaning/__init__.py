"""Nearness in meaning: texts as vectors, made on this machine from the workspace's own texts, searched exactly."""

from __future__ import annotations

from workbench.search.meaning.atlas import Atlas
from workbench.search.meaning.index import MeaningIndex
from workbench.search.meaning.mapping import MapIndex

__all__ = ["Atlas", "MapIndex", "MeaningIndex"]
