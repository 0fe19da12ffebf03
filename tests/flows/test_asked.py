"""What a model was asked for a draft: kept once, read as blocks, compared word by word, and never given away."""

from __future__ import annotations

from itertools import count

import pytest

import workbench as wb
from workbench.errors import NotFound
from workbench.generate.templates import template
from workbench.llm import ScriptedModel
from workbench.store.connection import Database

SECRET = "Mrs Quillfeather"


@pytest.fixture
def ws(tmp_path):
    with wb.open(tmp_path / "w.workspace", author="ana") as opened:
        file = tmp_path / "said.jsonl"
        file.write_text(
            f'{{"messages":[{{"role":"user","content":"Is {SECRET} in today?"}},'
            '{"role":"assistant","content":"Yes, until noon."}]}\n'
        )
        opened.collect(file)
        yield opened


def drafts_of(ws, recipe="answer", **params):
    numbers = count(1)
    model = ScriptedModel(lambda request: f"Line {next(numbers)} of what I say.")
    run = ws.generate(recipe, "", params, model=model, seed=3).wait(20)
    return ws.drafts(run.id), model


def text_rows(ws):
    database = Database(ws.path / "workbench.db")
    (number,) = database.one("SELECT count(*) FROM prompt_text")
    database.close()
    return number


def test_a_draft_says_what_was_asked_block_by_block(ws):
    (draft,), model = drafts_of(ws, variants=1, instructions="Be kind.")
    (asked,) = ws.prompts(draft.id)
    assert (asked.call.id, asked.turns, asked.missing) == (draft.calls[0], (draft.turns[-1].id,), "")
    assert asked.prompt.texts() == [(one.role, one.content) for one in model.history[0].messages]
    assert [(block.role, block.name) for block in asked.blocks] == [("system", "system"), ("user", "task")]
    filled = {part.place: part.text for block in asked.blocks for part in block.parts if part.place}
    assert (filled["instructions"], filled["language"]) == ("Be kind.", "the same language as the text")
    assert filled["conversation"] == f"user: Is {SECRET} in today?"
    assert ws.prompts(draft.calls[0])[0].prompt == asked.prompt


def test_the_form_of_the_answer_is_a_block_too(ws):
    (draft,), _ = drafts_of(ws, "paraphrase", variants=1, who="user")
    assert all(block.name != "schema" for block in ws.prompts(draft.id)[0].blocks)
    model = ScriptedModel(lambda request: '{"user": {}}')
    run = ws.generate("role_cards", "", {"variants": 1}, model=model).wait(20)
    (lost,) = ws.drafts(run.id, "failed")
    assert ws.prompts(lost.id)[0].blocks[-1].name == "schema"


def test_what_calls_share_is_kept_once(ws):
    drafts_of(ws, variants=2)
    before = text_rows(ws)
    drafts, _ = drafts_of(ws, variants=20)
    assert text_rows(ws) == before, "the same conversation and instructions: only seeds and marks are new"
    assert len({ws.prompts(draft.id)[0].prompt.settings["seed"] for draft in drafts}) == 20


def test_texts_that_another_process_wrote_are_not_written_twice(ws):
    drafts_of(ws, variants=1)
    before = text_rows(ws)
    with wb.open(ws.path, author="ben") as other:
        (draft,), _ = drafts_of(other, variants=1)
        assert other.prompts(draft.id)[0].prompt
    assert text_rows(ws) == before


def test_two_drafts_are_compared_word_by_word(ws):
    (first,), _ = drafts_of(ws, variants=1, instructions="Be kind.")
    (second,), _ = drafts_of(ws, variants=1, instructions="Be brief.")
    (diff,) = ws.prompt_diff(first.id, second.id)
    assert [(block.name, block.how) for block in diff.blocks] == [("system", "changed"), ("task", "same")]
    changed = [(part.kind, part.text) for part in diff.blocks[0].parts if part.kind != "same"]
    assert changed == [("removed", "kind"), ("added", "brief")]
    assert [draft.id for draft in ws.prompts_alike(first.id)] == [second.id]


def test_blocks_of_one_side_alone_are_told(ws):
    (short,), _ = drafts_of(ws, "paraphrase", variants=1, who="user")
    (long,), _ = drafts_of(ws, "paraphrase", variants=1)
    first, more = ws.prompt_diff(short.id, long.id)
    assert {block.how for block in first.blocks} == {"same"}
    assert more.old is None
    assert [(block.name, block.how) for block in more.blocks] == [("system", "added"), ("task", "added")]


def test_a_draft_without_a_model_was_asked_nothing(ws):
    run = ws.generate("noise", "", {}).wait(20)
    assert ws.prompts(ws.drafts(run.id)[0].id) == []


def test_nobody_knows_what_an_unknown_draft_was_asked(ws):
    with pytest.raises(NotFound):
        ws.prompts("d_none")
    with pytest.raises(NotFound, match="no call 9999"):
        ws.prompts(9999)


def changed(ws, sql):
    database = Database(ws.path / "workbench.db")
    database.rows(sql)
    assert database.changed() > 0
    database.close()


def test_calls_from_before_prompts_were_kept_say_so(ws):
    (draft,), _ = drafts_of(ws, variants=1)
    changed(ws, "UPDATE call SET prompt = NULL")
    (asked,) = ws.prompts(draft.id)
    assert (asked.prompt, asked.missing, asked.blocks) == (None, "older", ())


def test_a_kept_text_that_does_not_fit_the_hash_is_not_shown_as_what_was_asked(ws):
    (draft,), _ = drafts_of(ws, variants=1, instructions="Be kind and brief, Zoë.")
    changed(ws, "UPDATE prompt_text SET data = 'Be kind to all.' WHERE typeof(data) = 'text' AND data LIKE 'Be kind%'")
    assert ws.prompts(draft.id)[0].missing == "damaged"


def test_a_database_of_before_keeps_its_calls(tmp_path):
    from workbench.store.migrations import MIGRATIONS, migrate

    folder = tmp_path / "w.workspace"
    folder.mkdir()
    database = Database(folder / "workbench.db")
    before = next(at for at, one in enumerate(MIGRATIONS) if one.name == "what models were asked")
    migrate(database, lambda: 1, MIGRATIONS[:before])
    database.rows("INSERT INTO call VALUES (1, 'r', 0, 'h', 'e', 'm', 'done', 1, 2, 3, 4, NULL, '', '{}', 0)")
    database.close()
    with wb.open(folder, author="ana") as ws:
        (asked,) = ws.prompts(1)
        assert (asked.call.request_hash, asked.missing) == ("h", "older")


def test_what_was_asked_stays_at_home(ws, tmp_path):
    """A slice without the parent gives nothing of the parent away, in any format, although its prompt held it."""
    (draft,), _ = drafts_of(ws, variants=1, instructions="Answer as Mr Thistlewood would.")
    ws.accept([draft.id], turns=[wb.Turn("t1", "user", "Is she in?"), wb.Turn("t2", "assistant", "Until noon.")])
    ws.slice("made", "origin:generated")
    ws.export(ws.freeze("made"), tmp_path / "out", to=["workbench", "openai-chat"])
    written = b"".join(path.read_bytes() for path in (tmp_path / "out").rglob("*") if path.is_file())
    assert b"Until noon." in written
    assert template("answer")["task"][:40].encode() not in written
