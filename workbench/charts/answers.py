"""Charts that answer a question: counts with the query behind each, drawn as bars or as a grid.

The same values are a plotly figure, a table for people who do not see it, and buttons: every part carries the query
that finds exactly the samples it counts.
"""

from __future__ import annotations

import html
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import plotly.graph_objects as go

Shape = Literal["grid", "bars"]

COLOURS = ("#2f6f9f", "#d9822b", "#3b8a4f", "#8d3c93", "#6b7280")
PATTERNS = ("", "/", "x", ".", "-")
"""One for each group, so that colour is not the only sign."""


@dataclass(frozen=True, slots=True)
class Part:
    """One bar or cell: `count` samples, and the `query` that finds them.

    `pick` names what is looked up in the journal instead, where no query can say it.
    """

    row: str
    group: str
    count: int
    query: str = ""
    pick: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to one question: `sentence` says it in words, `parts` in numbers, by `rows` and `groups`."""

    name: str
    question: str
    sentence: str
    shape: Shape
    rows: tuple[str, ...]
    groups: tuple[str, ...]
    parts: tuple[Part, ...]
    values: Mapping[str, int]

    def __repr__(self) -> str:
        return f"<Answer to {self.question!r}: {self.told}>"

    @property
    def told(self) -> str:
        """The sentence with its numbers."""
        return self.sentence.format(**self.values)

    @property
    def figure(self) -> go.Figure:
        """The chart, usable alone in a notebook cell."""
        figure = _grid(self) if self.shape == "grid" else _bars(self)
        figure.update_layout(
            title={"text": html.escape(self.question), "x": 0.02},
            template="none",
            margin={"l": 8, "r": 8, "t": 44, "b": 8},
            height=90 + 24 * max(len(self.rows), 4),
            legend={"orientation": "h", "x": 0, "y": 1, "yanchor": "bottom"},
        )
        figure.update_xaxes(automargin=True)
        figure.update_yaxes(automargin=True, autorange="reversed", type="category")
        return figure


def _grid(answer: Answer) -> go.Figure:
    """Cells with their numbers; an empty one says 0 on the ground of the page."""
    found = {(part.row, part.group): part for part in answer.parts}
    cells = [[found.get((row, group)) for group in answer.groups] for row in answer.rows]
    counts = [[cell.count if cell else 0 for cell in line] for line in cells]
    figure = go.Figure(
        go.Heatmap(
            z=[[count**0.5 for count in line] for line in counts],
            x=[html.escape(group) for group in answer.groups],
            y=[html.escape(row) for row in answer.rows],
            text=counts,
            texttemplate="%{text}",
            customdata=[[answer.parts.index(cell) if cell else -1 for cell in line] for line in cells],
            colorscale=[[0, "rgba(47,111,159,0)"], [0.001, "rgba(47,111,159,0.16)"], [1, "rgba(47,111,159,0.62)"]],
            showscale=False,
            xgap=2,
            ygap=2,
            hoverinfo="skip",
        )
    )
    figure.update_xaxes(side="top", type="category", showgrid=False, zeroline=False)
    figure.update_yaxes(showgrid=False, zeroline=False)
    return figure


def _bars(answer: Answer) -> go.Figure:
    figure = go.Figure()
    for place, group in enumerate(answer.groups):
        parts = [(at, part) for at, part in enumerate(answer.parts) if part.group == group]
        figure.add_trace(
            go.Bar(
                x=[part.count for _, part in parts],
                y=[html.escape(part.row) for _, part in parts],
                customdata=[at for at, _ in parts],
                orientation="h",
                name=html.escape(group),
                hoverinfo="skip",
                marker={"color": COLOURS[place % 5], "pattern": {"shape": PATTERNS[place % 5]}},
            )
        )
    figure.update_layout(barmode="stack", bargap=0.3, showlegend=len(answer.groups) > 1)
    figure.update_xaxes(side="bottom")  # rows read from the top turn the axis around
    figure.update_yaxes(categoryorder="array", categoryarray=[html.escape(row) for row in answer.rows])
    return figure
