"""Real files in the form their source publishes them."""

from __future__ import annotations

import pytest

from workbench.errors import CollectError
from workbench.flows.collect import collect
from workbench.store import open_store

GOOD = [
    ("abcd/abcd_sample.json", "turn-list", 3, 0),
    ("alpaca/identity.json", "alpaca", 91, 0),
    ("chatgpt_export/example-conversation.json", "chatgpt", 2, 0),
    ("crosswoz/val.first5.json", "crosswoz", 5, 0),
    ("csv/banking77_train.first200.csv", "table", 200, 0),
    ("csv/mts_dialog_validation.csv", "table", 100, 0),
    ("doccano/example.utf16.csv", "table", 3, 0),
    ("doccano/intent_detection.example.jsonl", "table", 2, 0),
    ("doccano/sequence_labeling.example.jsonl", "table", 3, 0),
    ("doccano/sequence_to_sequence.example.json", "table", 3, 0),
    ("doccano/text_classification.example.csv", "table", 3, 0),
    ("doccano/text_classification.example.invalid.2.csv", "table", 2, 1),
    ("doccano/text_classification.example.jsonl", "table", 3, 0),
    ("messages_with_parts/v1_sft.first60.jsonl", "openai-chat", 60, 0),
    ("multiwoz22/original_examples.json", "sgd", 5, 0),
    ("oasst/en_tree.first60.jsonl", "oasst", 360, 0),
    ("openai_chat/chatml_toy.jsonl", "openai-chat", 3, 0),
    ("openai_chat/made_from_sgd.60.jsonl", "openai-chat", 60, 0),
    ("preference_pairs/dpo_en.first40.json", "preference", 80, 0),
    ("prodigy_spacy/emerson_annotated_text.jsonl", "table", 30, 0),
    ("prodigy_spacy/textcat_docs_issues.first100.jsonl", "table", 100, 0),
    ("sgd/dialogues_001.first8.json", "sgd", 8, 0),
    ("sharegpt/dummy_conversation.json", "sharegpt", 500, 0),
    ("sharegpt/glaive_toolcall_en.first60.json", "sharegpt", 60, 0),
    ("taskmaster/tm1_sample.json", "turn-list", 1, 0),
    ("taskmaster/tm4_data_00.first4.json", "turn-list", 4, 0),
    ("telegram/test_batch_export.json", "turn-list", 1, 0),
    ("telegram/test_single_export.json", "turn-list", 1, 0),
    ("topical_chat/valid_rare.first3.json", "turn-list", 3, 0),
]
UNKNOWN = [
    ("doccano/sequence_labeling.example.conll", "'JAPAN'"),
    ("label_studio/export_json_min.data.json", "'annotations'"),
    ("label_studio/previous_export.json", "'annotations'"),
    ("sgd/schema.json", "'service_name'"),
]


@pytest.fixture
def store(tmp_path):
    store = open_store(tmp_path)
    yield store
    store.close()


@pytest.mark.parametrize(("name", "format", "good", "bad"), GOOD)
def test_real_file(corpora, store, name, format, good, bad):
    report = collect(store, corpora / "original_formats" / name, author="ana")
    assert (report.format, report.imported + report.duplicates, report.problems) == (format, good, bad)
    assert report.read == report.imported + report.duplicates + report.problems
    assert all(problem.hint and problem.found and problem.row for problem in store.problems(report.import_id))


@pytest.mark.parametrize(("name", "seen"), UNKNOWN)
def test_file_without_conversations_is_refused_with_what_was_seen(corpora, store, name, seen):
    with pytest.raises(CollectError, match=seen) as caught:
        collect(store, corpora / "original_formats" / name, author="ana")
    assert "openai-chat" in caught.value.hint


@pytest.mark.parametrize(
    ("folder", "samples", "license"), [("sgd", 1500, "CC-BY-SA-4.0"), ("crosswoz", 500, "Apache-2.0")]
)
def test_corpus_folder(corpora, store, folder, samples, license):
    report = collect(store, corpora / folder, author="ana")
    assert (report.imported, report.problems, report.source.license) == (samples, 0, license)
    sample = store.get(store.ids_of([1])[0])
    assert {"domain", "license", "meta"} <= set(sample.extra)
