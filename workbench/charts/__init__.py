"""Charts where people look rather than read, as plotly figures. Text from data is escaped in all of them."""

from __future__ import annotations

from workbench.charts.answers import Answer, Part
from workbench.charts.map import map_figure
from workbench.charts.report import CHARTS, describe

__all__ = ["CHARTS", "Answer", "Part", "describe", "map_figure"]
