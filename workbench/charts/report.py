"""Charts where people look rather than read: each is a pure function from a samples frame to a plotly figure.

Text from data is escaped, because plotly renders a few HTML tags inside its labels.
"""

from __future__ import annotations

import html
from collections.abc import Callable

import pandas as pd
import plotly.graph_objects as go

REAL, SYNTHETIC = "#2f6f9f", "#d9822b"
"""The two colours, told apart also by colour-blind people and by pattern."""

_UNTAGGED = "not tagged"


def domains(frame: pd.DataFrame) -> go.Figure:
    """How many samples each domain has, real and synthetic stacked; the largest at the top."""
    values = frame["domain"].fillna(_UNTAGGED) if "domain" in frame else pd.Series(_UNTAGGED, index=frame.index)
    counts = pd.crosstab(values, frame["synthetic"])
    counts = counts.loc[counts.sum(axis=1).sort_values().index]
    figure = go.Figure(
        [
            _bar(counts.get(synthetic, pd.Series(0, index=counts.index)), synthetic=synthetic, across=True)
            for synthetic in (False, True)
        ]
    )
    figure.update_layout(barmode="stack", height=max(260, 90 + 22 * len(counts)))
    return _titled(figure, "Domains", x="samples")


def naturalness(frame: pd.DataFrame) -> go.Figure:
    """Share of each point of the naturalness scale, real beside synthetic, in per cent of the tagged ones."""
    values = frame["naturalness"] if "naturalness" in frame else pd.Series(dtype=float)
    figure = go.Figure()
    for synthetic in (False, True):
        group = pd.to_numeric(values[frame["synthetic"] == synthetic].dropna(), errors="coerce").dropna()
        shares = 100 * group.value_counts(normalize=True).reindex(range(1, 6), fill_value=0.0)
        if len(group):
            figure.add_trace(_bar(shares.round(1), synthetic=synthetic, across=False))
    return _titled(figure, "Naturalness", x="1 not a conversation – 5 natural", y="% of the tagged")


def real_against_synthetic(frame: pd.DataFrame) -> go.Figure:
    """Per language how much is real and how much synthetic."""
    counts = pd.crosstab(frame["language"].fillna("unknown"), frame["synthetic"])
    figure = go.Figure(
        [
            _bar(counts.get(synthetic, pd.Series(0, index=counts.index)), synthetic=synthetic, across=False)
            for synthetic in (False, True)
        ]
    )
    figure.update_layout(barmode="stack")
    return _titled(figure, "Real and synthetic", x="language", y="samples")


def generation_depth(frame: pd.DataFrame) -> go.Figure:
    """How many generations away from people's own text: 0 is real; deep piles are a sign of collapse to come."""
    counts = frame["depth"].value_counts().sort_index()
    colours = [REAL if depth == 0 else SYNTHETIC for depth in counts.index]
    figure = go.Figure(go.Bar(x=[str(d) for d in counts.index], y=counts.tolist(), marker={"color": colours}))
    return _titled(figure, "Generation depth", x="generations away from real text", y="samples")


CHARTS: dict[str, Callable[[pd.DataFrame], go.Figure]] = {
    "domains": domains,
    "naturalness": naturalness,
    "real and synthetic": real_against_synthetic,
    "generation depth": generation_depth,
}
"""Every chart of the report, by the name it is shown under."""


def describe(figure: go.Figure) -> str:
    """A chart in words, for people who do not see it: its title and every bar's value."""
    lines = [str(figure.layout.title.text)]
    for trace in figure.data:
        across = trace.orientation == "h"
        names, values = (trace.y, trace.x) if across else (trace.x, trace.y)
        told = ", ".join(f"{name}: {value:g}" for name, value in zip(names, values, strict=True) if value)
        lines.append(f"{trace.name + ': ' if trace.name else ''}{told or 'nothing'}")
    return html.unescape("\n".join(lines))


def _bar(values: pd.Series, *, synthetic: bool, across: bool) -> go.Bar:
    names = [html.escape(str(name)) for name in values.index]
    numbers = [float(value) for value in values]
    x, y = (numbers, names) if across else (names, numbers)
    marker = {"color": SYNTHETIC if synthetic else REAL, "pattern": {"shape": "/" if synthetic else ""}}
    name = "synthetic" if synthetic else "real"
    return go.Bar(x=x, y=y, orientation="h" if across else "v", name=name, marker=marker)


def _titled(figure: go.Figure, title: str, *, x: str = "", y: str = "") -> go.Figure:
    figure.update_layout(
        title={"text": title, "x": 0.02},
        template="none",
        margin={"l": 8, "r": 8, "t": 44, "b": 40},
        legend={"orientation": "h", "x": 1, "xanchor": "right", "y": 1.02, "yanchor": "bottom"},
        bargap=0.25,
    )
    figure.update_xaxes(title=x, automargin=True, type="linear" if title == "Domains" else "category")
    figure.update_yaxes(title=y, automargin=True)
    return figure
