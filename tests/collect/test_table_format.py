from __future__ import annotations

import io

import openpyxl
import pytest

from workbench.collect import preview
from workbench.errors import CollectError

TURNS = "conversation_id,turn,speaker,text,score\nc1,1,Patient,Hello,5\nc1,2,Doctor,Good day,5\nc2,1,Patient,Hi,4\n"


def test_one_row_per_turn(write, read):
    (first, second), problems = read(write("a.csv", TURNS))
    assert problems == []
    assert [(turn.role, turn.content, turn.name) for turn in first.turns] == [
        ("user", "Hello", None),
        ("assistant", "Good day", None),
    ]
    assert (first.record_id, first.extra, second.row, second.line) == ("c1", {"score": "5"}, 3, 4)


def test_rows_are_put_in_their_order(write, read):
    (parsed,), _ = read(write("a.csv", "conversation_id,turn,role,text\nc,10,user,last\nc,9,user,first\n"))
    assert [turn.content for turn in parsed.turns] == ["first", "last"]


def test_a_bad_row_keeps_its_conversation_out_and_says_so(write, read):
    table = "conversation_id,role,text\na,user,hi\na,,who?\nb,user,good\n"
    (parsed,), (problem,) = read(write("a.csv", table))
    assert parsed.record_id == "b"
    assert (problem.row, problem.line, problem.field) == (2, 3, "role")
    assert "conversation of 2 rows" in problem.hint


def test_a_conversation_in_two_places_is_told(write, read):
    parsed, (problem,) = read(write("a.csv", "conversation_id,role,text\na,user,1\nb,user,2\na,user,3\n"))
    assert len(parsed) == 2
    assert (problem.row, problem.field) == (3, "conversation_id")


def test_many_line_cell_holds_a_transcript(write, read):
    table = 'ID,dialogue\n1,"Doctor: How are you?\nPatient: Tired.\nVery tired."\n2,"Doctor: Next\nPatient: Me"\n'
    (first, second), _ = read(write("a.csv", table))
    assert [(turn.role, turn.name, turn.content) for turn in first.turns] == [
        ("assistant", "Doctor", "How are you?"),
        ("user", "Patient", "Tired.\nVery tired."),
    ]
    assert (second.row, second.line) == (2, 5)


def test_text_with_a_colon_is_not_a_transcript(write, read):
    (parsed,), _ = read(write("a.csv", 'text\n"Note: one\nTime: two"\n'))
    assert len(parsed.turns) == 1


def test_question_and_answer(write, read):
    (parsed,), _ = read(write("a.csv", "question;answer;source\nWhen?;Monday, at 7;web\n"))
    assert [turn.content for turn in parsed.turns] == ["When?", "Monday, at 7"]
    assert parsed.extra == {"source": "web"}


def test_mapping_overrides_the_proposal(write, read):
    path = write("a.csv", "text,note\nwrong,right\n")
    (parsed,), _ = read(path, options={"mapping": {"text": "note"}})
    assert parsed.turns[0].content == "right"
    assert parsed.extra == {"text": "wrong"}


def test_preview_shows_columns_and_mapping(write):
    shown = preview(write("a.csv", TURNS))
    assert shown.columns == ("conversation_id", "turn", "speaker", "text", "score")
    assert shown.mapping == {"role": "speaker", "content": "text", "conversation": "conversation_id", "order": "turn"}


@pytest.mark.parametrize("mapping", [{"text": "nowhere"}, {"nonsense": "text"}])
def test_a_mapping_that_cannot_be_is_refused(write, read, mapping):
    with pytest.raises(CollectError) as caught:
        read(write("a.csv", "text\nx\n"), format="table", options={"mapping": mapping})
    assert caught.value.hint


def test_roles_given_by_a_person(write, read):
    path = write("a.csv", "conversation_id,speaker,text\na,Bob,1\na,Eve,2\n")
    (parsed,), _ = read(path, options={"roles": {"Bob": "assistant", "Eve": "user"}})
    assert [turn.role for turn in parsed.turns] == ["assistant", "user"]


def test_more_cells_than_columns_is_a_problem(write, read):
    (parsed,), (problem,) = read(write("a.csv", "text,label\nAAA,x,y\nBBB,x\n"))
    assert parsed.turns[0].content == "BBB"
    assert (problem.row, problem.line, problem.found) == (1, 2, "3 cells where the header has 2")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "gb18030", "cp1252"])
def test_encodings(write, read, encoding):
    words = "café déjà vu, garçon à l'hôtel, très élégant" if encoding == "cp1252" else "你好，我想预约明天的检查"
    path = write("a.csv", ("question;answer\n" + f"{words};{words}\n" * 20).encode(encoding))
    parsed, problems = read(path)
    assert problems == []
    assert parsed[0].turns[0].content == words


def test_tab_separated(write, read):
    (parsed,), _ = read(write("a.tsv", "question\tanswer\na, b\tc\n"))
    assert parsed.turns[0].content == "a, b"


def workbook(*rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    other = book.create_sheet("Second")
    other.append(["text"])
    other.append(["from the second sheet"])
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def test_workbook_reads_values_and_never_formulas(write, read):
    path = write("a.xlsx", workbook(["id", "question", "answer"], [1, "When?", "=1+1"], [None] * 3, [2, "Why?", 7.0]))
    (parsed,), (problem,) = read(path)
    assert (parsed.row, parsed.record_id, parsed.turns[1].content) == (2, "2", "7")
    assert (problem.row, problem.field) == (1, "answer")  # a formula that was never calculated holds nothing


def test_sheet_by_name(write, read):
    (parsed,), _ = read(write("a.xlsx", workbook(["text"], ["x"])), options={"sheet": "Second"})
    assert parsed.turns[0].content == "from the second sheet"
    with pytest.raises(CollectError, match="no sheet 'Third'"):
        read(write("a.xlsx", workbook(["text"], ["x"])), options={"sheet": "Third"})


def test_a_quote_never_closed_is_told_and_the_rows_after_it_are_read(write, read):
    table = 'ID,text\n1,"fine,\nreally"\n2,"left open\n3,good\n4,"quoted ""good"""\n'
    parsed, (problem,) = read(write("a.csv", table))
    assert [item.turns[0].content for item in parsed] == ["fine,\nreally", "good", 'quoted "good"']
    assert (problem.row, problem.line, problem.found) == (2, 4, "a quote that is never closed")


def test_a_quote_never_closed_after_a_closed_one_in_the_same_row_is_found(write, read):
    table = 'ID,text,answer\n1,"a\nb","c\n2,x,y\n3,z,w\n'
    parsed, (problem,) = read(write("a.csv", table))
    assert [item.record_id for item in parsed] == ["2", "3"]
    assert problem.line == 3


def test_a_quote_never_closed_in_the_header_is_told(write, read):
    with pytest.raises(CollectError, match="line 1 is never closed"):
        read(write("a.csv", 'ID,"text\n1,x\n2,y\n'), format="table")


def test_a_lone_quote_inside_a_cell_is_text(write, read):
    parsed, problems = read(write("a.csv", 'ID,text\n1,a 5" pipe\n2,the last 5" pipe'))
    assert [item.turns[0].content for item in parsed] == ['a 5" pipe', 'the last 5" pipe']
    assert problems == []
