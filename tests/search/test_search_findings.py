"""What checks found, as a field of the query language and as a facet."""

from __future__ import annotations

import pytest

import workbench as wb
from builders import a_sample
from workbench.errors import QueryError


@pytest.fixture
def ws(tmp_path):
    with wb.open(tmp_path / "w", author="ana") as opened:
        with opened._store.write("ana", "add") as writer:
            writer.add_samples(
                [
                    a_sample("Write to ana.lopez@example.org please.", "I will, today, thank you.", id="s_mail"),
                    a_sample("How long does a blood test take?", "About two days, as a rule.", id="s_calm"),
                ]
            )
        yield opened


def test_nothing_is_said_about_what_nobody_looked_at(ws):
    assert ws.ids("finding:personal-data") == []
    assert ws.ids("-finding:personal-data") == []
    assert len(ws.ids("finding:unknown")) == 2
    facet = next(facet for facet in ws.facets() if facet.field == "finding")
    assert [(value.value, value.count) for value in facet.values] == [("unknown", 2)]


def test_after_the_look_findings_are_found_by_check_and_by_kind(ws):
    looked = ws.look_job().wait(60)
    assert (looked.samples, looked.with_findings >= 1) == (2, True)
    assert ws.ids("finding:personal-data") == ["s_mail"]
    assert ws.ids("finding:personal-data/email") == ["s_mail"]
    assert ws.ids("-finding:personal-data") == ["s_calm"]
    assert ws.ids("finding:unknown") == []
    facet = next(facet for facet in ws.facets() if facet.field == "finding")
    counts = {value.value: value.count for value in facet.values}
    assert counts["personal-data"] == counts["personal-data/email"] == 1


def test_a_changed_text_is_not_looked_at_until_the_next_look(ws):
    ws.look_job().wait(60)
    ws.edit("s_mail", turn="t1", text="Write to me, please.", base_revision=1)
    assert ws.ids("finding:personal-data") == []
    assert ws.ids("finding:unknown") == ["s_mail"]
    assert ws.look_job().wait(60).samples == 1
    assert set(ws.ids("-finding:personal-data")) == {"s_mail", "s_calm"}


def test_a_name_no_check_has_is_a_mistake_with_its_place(ws):
    ws.look_job().wait(60)
    with pytest.raises(QueryError) as caught:
        ws.ids("-finding:personal_data")
    assert caught.value.start == len("-finding:")
    assert "personal-data" in str(caught.value.hint)


def test_another_process_sees_what_was_found(ws):
    with wb.open(ws.path, author="bo") as other:
        assert other.ids("finding:personal-data") == []
        ws.look_job().wait(60)
        assert other.ids("finding:personal-data") == ["s_mail"]


@pytest.mark.parametrize("broken", [b"not an archive", b"", b"PK\x03\x04 cut off"])
def test_a_damaged_file_says_nothing_and_is_made_again(ws, broken):
    ws.look_job().wait(60)
    (ws.path / "index" / "findings.npz").write_bytes(broken)
    assert len(ws.ids("finding:unknown")) == 2
    assert ws.look_job().wait(60).samples == 2
    assert ws.ids("finding:personal-data") == ["s_mail"]


def test_authors_are_counted_once_per_sample(ws):
    ws.tag(["s_mail", "s_calm"], "tier", "raw")
    ws.tag(["s_mail"], "naturalness", 4)
    with wb.open(ws.path, author="bo") as other:
        other.tag(["s_mail"], "naturalness", 2)
    facet = next(facet for facet in ws.facets() if facet.field == "by")
    assert [(value.value, value.count) for value in facet.values] == [("ana", 2), ("bo", 1)]
    facet = next(facet for facet in ws.facets("tier:raw naturalness:2") if facet.field == "by")
    assert [(value.value, value.count) for value in facet.values] == [("ana", 1), ("bo", 1)]


def test_a_scale_is_listed_in_its_own_order(ws):
    ws.tag(["s_mail"], "naturalness", 4)
    ws.tag(["s_calm"], "naturalness", 1)
    facet = next(facet for facet in ws.facets() if facet.field == "naturalness")
    assert [value.value for value in facet.values] == ["1", "4"]
