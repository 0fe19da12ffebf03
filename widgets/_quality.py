"""Measuring: commands and widget."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Any

from widgets import _jobs, _tags, _tidy
from widgets._open import title_of
from widgets._panel import Panel, bundle
from widgets._work import result_of
from workbench.clean.personal_data import CHECK as PERSONAL_DATA
from workbench.clean.personal_data import TITLES
from workbench.records import to_record
from workbench.text import snippet

MOST_SHOWN = 12
"""Examples shown of one check, of duplicates, of personal data; further ones are counted and can be browsed."""

SEVERITIES = ("problem", "warning", "info")
MOST_IDS = 200
"""Ids handed to Browse as a query."""


def commands(ws: Any) -> dict[str, Callable[..., Any]]:
    """Commands ``quality.*``."""

    def measure(query: str = "") -> dict[str, Any]:
        ws.count(query)  # a query that cannot be read is answered at once, not by a failed job
        return {"job": ws.evaluate_job(query).id}

    def questions(query: str = "") -> dict[str, Any]:
        ws.count(query)
        return {"job": ws.background("Count", lambda _: ws.questions(query)).id}

    def pick(pick: str) -> dict[str, Any]:
        picked = ws.select_done(pick)
        return {"query": f"{picked.query} state:*" if picked else "", "count": picked.count if picked else 0}

    return {
        "quality.questions": questions,
        "quality.answers": lambda job: [answer_view(answer) for answer in result_of(ws, job)],
        "quality.pick": pick,
        "quality.alike": lambda: {"job": ws.alike_job().id},
        "quality.plotly": plotly_source,
        "quality.count": lambda query="": {"count": ws.count(query)},
        "quality.measure": measure,
        "quality.report": lambda job, query="": report_view(result_of(ws, job), query),
        "quality.duplicates": lambda query="": duplicates(ws, query),
    }


def plotly_source() -> dict[str, str]:
    """The JavaScript of the installed plotly: the page loads it once, and nothing from the network."""
    from plotly.offline import get_plotlyjs

    return {"source": get_plotlyjs()}


def report_view(report: Any, query: str) -> dict[str, Any]:
    """A report as the page draws it. Charts come with their words, for people who do not see them."""
    from workbench.charts import describe

    personal = [finding for finding in report.findings if finding.check == PERSONAL_DATA]
    return {
        "query": query,
        "count": report.count,
        "summary": to_record(report.summary),
        "figures": [
            {"name": name, "figure": safe_figure(figure.to_plotly_json()), "words": describe(figure)}
            for name, figure in report.figures.items()
        ],
        "checks": check_views([finding for finding in report.findings if finding.check != PERSONAL_DATA]),
        "personal": personal_views(personal),
        "agreement": [agreement_view(item) for item in report.agreement],
    }


def answer_view(answer: Any) -> dict[str, Any]:
    """A chart that answers a question: its numbers with their queries, and the figure."""
    return {
        "name": answer.name,
        "question": answer.question,
        "sentence": answer.sentence,
        "values": dict(answer.values),
        "shape": answer.shape,
        "rows": list(answer.rows),
        "groups": list(answer.groups),
        "parts": [
            {"row": p.row, "group": p.group, "count": p.count, "query": p.query, "pick": p.pick} for p in answer.parts
        ],
        "figure": safe_figure(answer.figure.to_plotly_json()),
    }


def agreement_view(agreement: Any) -> dict[str, Any]:
    """Agreement on one scheme; `percent` and `alpha` are None where they are not defined."""
    return {
        "scheme": agreement.scheme,
        "authors": list(agreement.authors),
        "units": agreement.units,
        "percent": agreement.percent,
        "alpha": agreement.alpha,
        "confusions": [list(item) for item in agreement.confusions[:MOST_SHOWN]],
        "disputed": list(agreement.disputed[:MOST_IDS]),
        "disputed_count": len(agreement.disputed),
    }


def check_views(findings: Sequence[Any]) -> list[dict[str, Any]]:
    """Findings by check, the gravest first: how many samples, how grave, and some examples."""
    groups: dict[str, list[Any]] = defaultdict(list)
    for finding in findings:
        groups[finding.check].append(finding)
    views = [{"check": check, **_group(found)} for check, found in groups.items()]
    return sorted(
        views, key=lambda view: (-view["severities"]["problem"], -view["severities"]["warning"], view["check"])
    )


def _group(found: list[Any]) -> dict[str, Any]:
    worst_first = sorted(found, key=lambda finding: finding.score)
    ids = list(dict.fromkeys(finding.sample for finding in worst_first if finding.sample))
    return {
        "found": len(found),
        "severities": {name: sum(item.severity == name for item in found) for name in SEVERITIES},
        "samples": len(ids),
        "ids": ids[:MOST_IDS],
        "examples": [
            {"sample": item.sample, "severity": item.severity, "message": snippet(item.message, 160)}
            for item in worst_first[:MOST_SHOWN]
        ],
    }


def duplicates(ws: Any, query: str) -> dict[str, Any]:
    """Groups that say exactly the same."""
    groups = [list(group.samples) for group in ws.duplicates(query)]
    shown = groups[:MOST_SHOWN]
    titles = {sample.id: title_of(sample) for sample in ws.samples([group[0] for group in shown])} if shown else {}
    return {
        "groups": len(groups),
        "extra": sum(len(group) - 1 for group in groups),
        "shown": [{"ids": group[:MOST_IDS], "title": titles[group[0]]} for group in shown],
    }


def personal_views(findings: Sequence[Any]) -> list[dict[str, Any]]:
    """Personal data by kind, the most frequent first. Findings say what they saw with its middle masked."""
    kinds: dict[str, list[Any]] = defaultdict(list)
    for finding in findings:
        kinds[finding.value].append(finding)
    return sorted(
        ({"kind": kind, "title": TITLES.get(kind, kind), **_group(found)} for kind, found in kinds.items()),
        key=lambda view: -view["found"],
    )


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

    answers = (commands, _tidy.commands, _jobs.commands, _tags.commands)

    _esm = bundle("quality")
