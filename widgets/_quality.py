"""Measuring: commands and widget."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Any

from widgets import _jobs
from widgets._open import title_of
from widgets._panel import Panel, bundle
from widgets._work import result_of
from workbench.records import to_record
from workbench.text import snippet

MOST_SHOWN = 12
"""Examples shown of one check, of duplicates, of personal data; further ones are counted and can be browsed."""

MOST_IDS = 200
"""Ids handed to Browse as a query."""


def commands(ws: Any) -> dict[str, Callable[..., Any]]:
    """Commands ``quality.*``."""

    def measure(query: str = "") -> dict[str, Any]:
        ws.count(query)  # a query that cannot be read is answered at once, not by a failed job
        return {"job": ws.background("Measure quality", lambda control: measured(ws, query)).id}

    return {
        "quality.plotly": plotly_source,
        "quality.measure": measure,
        "quality.report": lambda job: result_of(ws, job),
        "quality.agreement": lambda query="": agreements(ws, query),
        "quality.duplicates": lambda query="": duplicates(ws, query),
        "quality.personal": lambda query="": personal(ws, query),
    }


def plotly_source() -> dict[str, str]:
    """The JavaScript of the installed plotly: the page loads it once, and nothing from the network."""
    from plotly.offline import get_plotlyjs

    return {"source": get_plotlyjs()}


def measured(ws: Any, query: str) -> dict[str, Any]:
    """A report as the page draws it."""
    report = ws.evaluate(query)
    return {
        "query": query,
        "summary": to_record(report.summary),
        "figures": {name: safe_figure(figure.to_plotly_json()) for name, figure in report.figures.items()},
        "checks": check_views(report.findings),
    }


def check_views(findings: Sequence[Any]) -> list[dict[str, Any]]:
    """Findings by check, the gravest first: how many samples, how grave, and some examples."""
    groups: dict[str, list[Any]] = defaultdict(list)
    for finding in findings:
        groups[finding.check].append(finding)
    views = [_check_view(check, found) for check, found in groups.items()]
    return sorted(
        views, key=lambda view: (-view["severities"]["problem"], -view["severities"]["warning"], view["check"])
    )


def _check_view(check: str, found: list[Any]) -> dict[str, Any]:
    worst_first = sorted(found, key=lambda finding: finding.score)
    ids = list(dict.fromkeys(finding.sample for finding in worst_first if finding.sample))
    severities = {name: sum(item.severity == name for item in found) for name in ("problem", "warning", "info")}
    return {
        "check": check,
        "severities": severities,
        "samples": len(ids),
        "ids": ids[:MOST_IDS],
        "examples": worst_first[:MOST_SHOWN],
    }


def agreements(ws: Any, query: str) -> list[dict[str, Any]]:
    """For each scheme how far people agree."""
    return [
        {"scheme": scheme.name, "title": scheme.title, **to_record(ws.agreement(scheme.name, query))}
        for scheme in ws.schemes()
    ]


def duplicates(ws: Any, query: str) -> dict[str, Any]:
    """Groups that say exactly the same."""
    groups = [list(getattr(group, "ids", group)) for group in ws.duplicates(query)]
    shown = groups[:MOST_SHOWN]
    titles = {sample.id: title_of(sample) for sample in ws.samples([group[0] for group in shown])} if shown else {}
    return {
        "groups": len(groups),
        "extra": sum(len(group) - 1 for group in groups),
        "shown": [{"ids": group[:MOST_IDS], "title": titles[group[0]]} for group in shown],
    }


def personal(ws: Any, query: str) -> dict[str, Any]:
    """Personal data by kind, with masked examples: the page never receives what was found."""
    groups: dict[str, list[Any]] = defaultdict(list)
    for finding in ws.personal_data(query):
        groups[finding.check].append(finding)
    kinds = [_kind_view(kind, found) for kind, found in sorted(groups.items())]
    return {"found": sum(kind["found"] for kind in kinds), "kinds": kinds}


def _kind_view(kind: str, found: list[Any]) -> dict[str, Any]:
    ids = list(dict.fromkeys(finding.sample for finding in found if finding.sample))
    examples = [{"sample": item.sample, "masked": masked(item.value)} for item in found[:MOST_SHOWN]]
    return {"kind": kind, "found": len(found), "samples": len(ids), "ids": ids[:MOST_IDS], "examples": examples}


def masked(value: str) -> str:
    """A found value with its middle hidden: its ends are enough to recognise it, and not enough to use it."""
    text = snippet(value, 60)
    keep = 1 if len(text) < 8 else 2
    return text[:keep] + "•" * max(3, len(text) - 2 * keep) + (text[-keep:] if len(text) > 2 * keep else "")


_HARMLESS = re.compile(r"&lt;(br/?|/?b|/?i|/?extra)>")
"""Tags that charts use in their own templates and that can do no more than break a line."""


def safe_figure(value: Any) -> Any:
    """A figure as plain JSON in which no text can be markup: plotly draws some tags."""
    if isinstance(value, dict):
        return {str(key): safe_figure(item) for key, item in value.items() if key != "template"}
    if isinstance(value, str):
        return _HARMLESS.sub(r"<\1>", value.replace("<", "&lt;"))
    if hasattr(value, "tolist"):
        return safe_figure(value.tolist())
    if isinstance(value, (list, tuple)):
        return [safe_figure(item) for item in value]
    return value


class QualityBoard(Panel):
    """Numbers, charts, findings and agreement for a query.

    Example:
        ``QualityBoard(ws)``
    """

    answers = (commands, _jobs.commands)

    _esm = bundle("quality")
