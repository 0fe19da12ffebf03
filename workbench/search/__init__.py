"""Room: search. One query over fields, words and meaning; beside the store, and always rebuildable from it."""

from __future__ import annotations

from workbench.search.index import Index
from workbench.search.meaning import Atlas
from workbench.search.results import BuildRows, Facet, FacetValue, FieldInfo, Hit, Progress, Result, Why

__all__ = ["Atlas", "BuildRows", "Facet", "FacetValue", "FieldInfo", "Hit", "Index", "Progress", "Result", "Why"]
