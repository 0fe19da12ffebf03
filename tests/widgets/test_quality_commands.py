from __future__ import annotations

from typing import Any

import pytest

from tests.widgets.asking import asker, finished
from widgets import QualityBoard
from widgets._quality import check_views, personal_views, safe_figure
from workbench.model import Finding
from workbench.workspace import Workspace, open_workspace


@pytest.fixture
def call(ws: Workspace) -> Any:
    return asker(ws, QualityBoard)


def measured(ws: Workspace, call: Any, query: str = "") -> Any:
    return call("quality.report", job=finished(ws, call("quality.measure", query=query)), query=query)


def finding(
    check: str = "length", severity: Any = "problem", score: float = 0.0, sample: str = "s_1", **more: Any
) -> Finding:
    return Finding(check, score, severity, f"{check} of {sample}", sample, **more)


def test_a_report_has_numbers_charts_and_words(ws: Workspace, call: Any) -> None:
    report = measured(ws, call)
    assert report["summary"]["samples"] == 3
    assert {"name", "figure", "words"} <= set(report["figures"][0])


def test_a_query_that_finds_nothing_gives_an_empty_report(ws: Workspace, call: Any) -> None:
    report = measured(ws, call, "id:nothing")
    assert (report["count"], report["figures"]) == (0, [])


def test_a_query_that_cannot_be_read_is_told_before_any_job(ws: Workspace, call: Any) -> None:
    before = len(ws.jobs())
    assert call("quality.measure", query="naturalness>=")["code"] == "query"
    assert call("quality.count", query="naturalness>=")["code"] == "query"
    assert len(ws.jobs()) == before


def test_agreement_of_two_people_is_shown_with_what_they_dispute(ws: Workspace, call: Any) -> None:
    first, second, _ = ws.ids()
    ws.tag([first, second], "naturalness", 5)
    with open_workspace(ws.path, author="ben") as other:
        other.tag([first], "naturalness", 5)
        other.tag([second], "naturalness", 2)
    (item,) = measured(ws, call)["agreement"]
    assert (item["scheme"], item["percent"], item["disputed"]) == ("naturalness", 50.0, [second])


def test_findings_are_grouped_with_the_gravest_check_first() -> None:
    views = check_views([finding("roles", "warning"), finding("length"), finding("length", "info", 0.9, "s_2")])
    assert [view["check"] for view in views] == ["length", "roles"]
    assert views[0]["severities"] == {"problem": 1, "warning": 0, "info": 1}
    assert views[0]["ids"] == ["s_1", "s_2"]


def test_many_findings_are_counted_and_a_few_are_sent() -> None:
    (view,) = check_views([finding(sample=f"s_{number}") for number in range(500)])
    assert (view["found"], view["samples"]) == (500, 500)
    assert len(view["examples"]) == 12
    assert len(view["ids"]) == 200


def test_personal_data_is_grouped_by_kind() -> None:
    views = personal_views([finding(value="email"), finding(value="phone"), finding(value="phone", sample="s_2")])
    assert [(view["kind"], view["found"]) for view in views] == [("phone", 2), ("email", 1)]


def test_personal_data_reaches_the_page_only_masked(ws: Workspace, call: Any, tmp_path: Any) -> None:
    file = tmp_path / "mail.jsonl"
    file.write_text('{"messages":[{"role":"user","content":"Write to maria.silva@example.org please"}]}')
    ws.collect(file, format="openai-chat")
    report = measured(ws, call)
    assert report["personal"]
    assert "maria.silva@example.org" not in str(report)


def test_exact_duplicates_are_told_with_their_titles(ws: Workspace, call: Any, tmp_path: Any) -> None:
    file = tmp_path / "again.jsonl"
    line = '{"id":"%s","messages":[{"role":"user","content":"Twice the same"}]}'
    file.write_text("\n".join(line % name for name in "ab"))
    ws.collect(file, format="openai-chat")
    found = call("quality.duplicates")
    assert (found["groups"], found["extra"]) == (1, 1)
    assert found["shown"][0]["title"] == "Twice the same"


def test_no_duplicates_is_an_answer_too(call: Any) -> None:
    assert call("quality.duplicates") == {"groups": 0, "extra": 0, "shown": []}


def test_plotly_is_the_installed_one_and_asks_nobody(call: Any) -> None:
    source = call("quality.plotly")["source"]
    assert "Plotly" in source[-400:]


def test_no_text_of_a_figure_is_markup() -> None:
    figure = {"data": [{"y": ["<a href='javascript:alert(1)'>x</a>"], "x": (1, 2)}], "layout": {"template": {"big": 1}}}
    assert safe_figure(figure) == {
        "data": [{"y": ["&lt;a href='javascript:alert(1)'>x&lt;/a>"], "x": [1, 2]}],
        "layout": {},
    }


def test_a_charts_own_line_breaks_stay() -> None:
    assert safe_figure("%{x}<br>%{y}<extra></extra>") == "%{x}<br>%{y}<extra></extra>"


def test_numpy_values_become_lists() -> None:
    np = pytest.importorskip("numpy")
    assert safe_figure({"x": np.array([1, 2])}) == {"x": [1, 2]}


def test_questions_are_answered_by_a_job_and_each_part_leads_to_browse(ws: Workspace, call: Any) -> None:
    ws.tag(ws.ids()[:2], "domain", "health/lab")
    answers = call("quality.answers", job=finished(ws, call("quality.questions")))
    assert [answer["name"] for answer in answers] == [
        "coverage", "domains", "sources", "alike", "disagreement", "week", "people",
    ]  # fmt: skip
    parts = [part for answer in answers for part in answer["parts"] if part["count"]]
    assert parts
    for part in parts:
        query = part["query"] or call("quality.pick", pick=part["pick"])["query"]
        assert ws.count(query) > 0, part


def test_a_question_over_an_unreadable_query_is_told_at_once(call: Any) -> None:
    assert call("quality.questions", query="naturalness>=")["code"] == "query"
    assert call("quality.pick", pick="nothing")["code"] == "invalid_input"


def test_near_duplicates_are_measured_when_asked_for_and_each_bar_finds_them(ws: Workspace, call: Any) -> None:
    def answer() -> dict[str, Any]:
        answers = call("quality.answers", job=finished(ws, call("quality.questions")))
        return next(item for item in answers if item["name"] == "alike")

    assert (answer()["parts"], answer()["values"]["unknown"]) == ([], 3)
    finished(ws, call("quality.alike"))
    assert (answer()["values"]["known"], answer()["values"]["unknown"]) == (3, 0)
    for part in answer()["parts"]:
        assert call("quality.count", query=part["query"])["count"] == part["count"]
