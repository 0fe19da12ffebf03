"""The key of a run is nowhere afterwards: not in the workspace's files, the log, the errors or the objects."""

from __future__ import annotations

import logging

import keyring
import pytest

from tests.llm.endpoint import KEY, endpoint, well
from tests.llm.test_keys import InMemory
from workbench.workspace import open_workspace

CHAT = (
    '{"messages": [{"role": "user", "content": "When does it open?"}, {"role": "assistant", "content": "At seven."}]}'
)


@pytest.fixture
def in_keyring():
    before = keyring.get_keyring()
    keyring.set_keyring(InMemory())
    keyring.set_password("gateway", "ana", KEY)
    yield {"key_service": "gateway", "key_user": "ana"}
    keyring.set_keyring(before)


@pytest.fixture
def in_variable(monkeypatch):
    monkeypatch.setenv("TEST_MODEL_KEY", KEY)
    return {"key_variable": "TEST_MODEL_KEY"}


@pytest.mark.parametrize("place", ["in_keyring", "in_variable"])
def test_the_key_of_a_run_is_nowhere_afterwards(place, request, tmp_path, caplog):
    caplog.set_level(logging.DEBUG)
    (tmp_path / "chat.jsonl").write_text(CHAT, encoding="utf-8")
    with endpoint(echoing()) as server, open_workspace(tmp_path / "w", author="ana") as ws:
        ws.collect(tmp_path / "chat.jsonl")
        ws.set_model({"base_url": server.url, "model": "m", "in_flight": 1, **request.getfixturevalue(place)})
        model = ws.model()
        runs = [ws.generate("answer", ws.ids(), {"variants": 1}, seed=seed).wait() for seed in (1, 2)]
        told = repr([model, vars(model), ws.model_settings(), ws.drafts(), caplog.text, runs])
        calls = [call for run in runs for call in ws.calls(run.id)]
    sent = [headers["authorization"] for headers, _ in server.requests]
    assert [call.state for call in calls] == ["done", "failed"]
    assert sent == [f"Bearer {KEY}"] * 2
    assert KEY not in told + repr(calls)
    kept = {path.name: path.read_bytes() for path in (tmp_path / "w").rglob("*") if path.is_file()}
    assert "workbench.db" in kept
    assert [name for name, data in kept.items() if KEY.encode() in data] == []


def echoing():
    """The first request gets an answer, the others an error that repeats the key."""
    count = iter(range(1000))

    def behave(handler, body):
        if next(count) == 0:
            well(handler, body)
        else:
            handler.send_json({"error": {"message": f"bad key {handler.headers['Authorization']}"}}, status=401)

    return behave
