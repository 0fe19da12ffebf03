"""The map of the samples as a figure for a notebook cell."""

from __future__ import annotations

import html
from collections.abc import Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go

COLOURS = ("#4477aa", "#ee6677", "#228833", "#ccbb44", "#66ccee", "#aa3377", "#d9822b", "#6b6b6b", "#9a9a9a", "#c4c4c4")
"""Told apart by colour-blind people as well (Paul Tol's bright scheme, with an orange)."""
SHAPES = (
    "circle",
    "square",
    "triangle-up",
    "diamond",
    "cross",
    "x",
    "triangle-down",
    "pentagon",
    "star",
    "circle-open",
)


def map_figure(x: Any, y: Any, groups: Any, names: Sequence[str], *, title: str) -> go.Figure:
    """Points by group; `groups` holds each point's place in `names`. Empty groups have no trace."""
    figure = go.Figure()
    for place, name in enumerate(names):
        own = np.flatnonzero(np.asarray(groups) == place)
        if len(own):
            marker = {"size": 5, "opacity": 0.75, "color": COLOURS[place % 10], "symbol": SHAPES[place % 10]}
            label = f"{html.escape(name)} ({len(own)})"
            figure.add_trace(go.Scattergl(x=x[own], y=y[own], mode="markers", name=label, marker=marker))
    figure.update_traces(hoverinfo="skip")
    figure.update_layout(
        title={"text": f"Samples by meaning, coloured by {html.escape(title)}", "x": 0.02},
        template="none",
        hovermode=False,
        dragmode="lasso",
        uirevision="map",
        height=560,
        margin={"l": 8, "r": 8, "t": 44, "b": 8},
    )
    figure.update_xaxes(visible=False)
    figure.update_yaxes(visible=False, scaleanchor="x")
    return figure
