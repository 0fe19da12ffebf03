"""Nearness in meaning: texts as vectors, made on this machine from the workspace's own texts, searched exactly."""

from __future__ import annotations

from workbench.search.meaning.index import MeaningIndex

__all__ = ["MeaningIndex"]
