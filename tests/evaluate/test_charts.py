from __future__ import annotations

from builders import a_sample
from workbench.charts import CHARTS, describe
from workbench.frames import samples_frame
from workbench.model import Generated, Tag

SYNTHETIC = Generated(("s_p",), "paraphrase", "1", "run", "d", 2)


def _frame():
    samples = [
        a_sample("a", "b", id="s_1"),
        a_sample("c", "d", id="s_2"),
        a_sample("e", "f", id="s_3", origin=SYNTHETIC),
    ]
    tags = [
        Tag("s_1", "domain", "health/<b>lab", "ana"),
        Tag("s_1", "naturalness", 4, "ana"),
        Tag("s_1", "naturalness", 5, "ben"),
        Tag("s_3", "naturalness", 2, "ana"),
    ]
    return samples_frame(samples, tags)


def test_the_frame_has_one_row_per_sample_and_the_people_s_consensus():
    frame = _frame()
    assert list(frame["naturalness"]) == [4, None, 2]
    assert list(frame["depth"]) == [0, 0, 2]


def test_every_chart_draws_and_tells_its_numbers_in_words():
    told = {name: describe(draw(_frame())) for name, draw in CHARTS.items()}
    assert "real: health/<b>lab: 1, not tagged: 1" in told["domains"]
    assert "0: 2, 2: 1" in told["generation depth"]
    assert "4: 100" in told["naturalness"]


def test_text_from_data_is_escaped_in_charts():
    assert "<b>lab" not in CHARTS["domains"](_frame()).to_json().replace("\\u003c", "<")


def test_charts_draw_without_any_tag():
    assert all(draw(samples_frame([a_sample()])) for draw in CHARTS.values())
