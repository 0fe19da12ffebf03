from __future__ import annotations


def message(text, role="assistant", replies=(), **more):
    return {"message_id": text, "text": text, "role": role, "replies": list(replies), **more}


def tree(*replies, **more):
    prompt = message("q", "prompter", replies, lang="en", **more)
    return {"message_tree_id": "tree", "tree_state": "ready_for_export", "prompt": prompt}


def test_best_ranked_path_is_the_sample_and_others_are_branches(write, read):
    record = tree(message("second", rank=1), message("first", rank=0, replies=[message("thanks", "prompter")]))
    (main, branch), problems = read(write("a.jsonl", [record]))
    assert problems == []
    assert [turn.content for turn in main.turns] == ["q", "first", "thanks"]
    assert [turn.content for turn in branch.turns] == ["q", "second"]
    assert (branch.branch_of, branch.branch_at) == (main.id, "t2")
    assert (main.record_id, main.language, main.extra) == ("tree", "en", {"tree_state": "ready_for_export"})


def test_only_paths_with_a_synthetic_message_are_synthetic(write, read):
    (main, branch), _ = read(write("a.jsonl", [tree(message("a", rank=0), message("b", rank=1, synthetic=True))]))
    assert (main.synthetic, branch.synthetic) == (False, True)


def test_labels_of_a_message_are_kept(write, read):
    (main,), _ = read(write("a.jsonl", [tree(message("a", labels={"quality": {"value": 0.7, "count": 3}}))]))
    assert main.turns[1].extra["labels"]["quality"]["value"] == 0.7


def test_bad_reply_names_its_path(write, read):
    bad = tree({"role": "assistant", "text": 5})
    parsed, problems = read(write("a.jsonl", [tree(message("a")), bad]))
    assert len(parsed) == 1
    assert problems[0].field == "prompt.replies[0].text"


def test_a_tree_with_too_many_paths_is_quarantined(write, read):
    parsed, problems = read(write("a.jsonl", [tree(message("a")), tree(*(message(str(n)) for n in range(1_001)))]))
    assert len(parsed) == 1
    assert "1000 paths" in problems[0].found


def test_chatgpt_export_keeps_the_current_path_and_the_branch(write, read):
    def node(key, parent, children, role, text):
        said = {"author": {"role": role}, "content": {"content_type": "text", "parts": [text]}}
        return {"id": key, "parent": parent, "children": children, "message": said}

    mapping = {
        "root": node("root", None, ["1"], "system", ""),
        "1": node("1", "root", ["2", "3"], "user", "hi"),
        "2": node("2", "1", [], "assistant", "old"),
        "3": node("3", "1", [], "assistant", "new"),
    }
    (main, branch), _ = read(write("conversations.json", [{"id": "c", "current_node": "3", "mapping": mapping}]))
    assert [turn.content for turn in main.turns] == ["hi", "new"]
    assert (branch.turns[1].content, branch.branch_at) == ("old", "t2")


def test_sgd_keeps_frames_and_services(write, read):
    turns = [{"speaker": "USER", "utterance": "hi", "frames": [1]}, {"speaker": "SYSTEM", "utterance": "hello"}]
    (parsed,), _ = read(write("dialogues_001.json", [{"dialogue_id": "1_0", "services": ["Bus"], "turns": turns}]))
    assert [turn.role for turn in parsed.turns] == ["user", "assistant"]
    assert parsed.turns[0].extra == {"frames": [1]}
    assert (parsed.record_id, parsed.extra) == ("1_0", {"services": ["Bus"]})


def test_crosswoz_is_keyed_by_dialogue(write, read):
    turns = [{"role": "usr", "content": "你好", "dialog_act": []}, {"role": "sys", "content": "您好", "dialog_act": []}]
    document = {"11290": {"messages": turns, "goal": [1]}, "7": {"messages": turns[:1], "goal": []}}
    (first, second), problems = read(write("val.json", document))
    assert problems == []
    assert (first.record_id, first.language, first.extra) == ("11290", "zh", {"goal": [1]})
    assert (second.row, second.line) == (2, 16) or second.line > first.line
