"""The real local model, served for real. Few tokens: it runs on any machine."""

from __future__ import annotations

import json
import time

import psutil
import pytest

from workbench.errors import ModelUnreachable
from workbench.llm import Message, Request
from workbench.llm.local import LocalModel, stop_local_servers

pytestmark = pytest.mark.local_model

ASK = Request((Message("user", "Name a colour."),), max_tokens=6, seed=3, temperature=0.2)


@pytest.fixture(scope="module")
def model():
    try:
        yield LocalModel()
    except ModelUnreachable as exc:
        pytest.skip(f"the local demo model is not installed: {exc.hint}")
    finally:
        stop_local_servers()


def test_it_answers_and_counts_tokens(model):
    reply = model.reply(ASK)
    assert reply.text.strip()
    assert reply.model == model.name == "SmolLM2-135M-Instruct"
    assert reply.prompt_tokens > 0
    assert 0 < reply.completion_tokens <= 6


def test_it_streams_what_it_answers(model):
    pieces = []
    reply = model.reply(ASK, on_text=pieces.append)
    assert len(pieces) > 1
    assert "".join(pieces) == reply.text


def test_it_keeps_to_a_schema(model):
    shape = {
        "type": "object",
        "properties": {"colour": {"type": "string", "enum": ["red", "blue"]}},
        "required": ["colour"],
        "additionalProperties": False,
    }
    reply = model.reply(Request(ASK.messages, max_tokens=24, seed=1, schema=shape))
    assert json.loads(reply.text)["colour"] in {"red", "blue"}


def test_the_server_refuses_those_without_the_key(model):
    import openai

    from workbench.llm.local import _server_of

    model.reply(ASK)
    stranger = openai.OpenAI(base_url=f"{_server_of(model._path).address}/v1", api_key="guess", max_retries=0)
    with pytest.raises(openai.AuthenticationError):
        stranger.chat.completions.create(model="m", messages=[{"role": "user", "content": "hi"}], max_tokens=1)


def test_the_server_ends_with_its_parent(model, tmp_path):
    import subprocess
    import sys

    code = (
        "import os, signal; from workbench.llm.local import LocalModel, _server_of; "
        "print(_server_of(LocalModel()._path).process.pid, flush=True); os.kill(os.getpid(), signal.SIGKILL)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=120, check=False)
    pid = int(done.stdout)
    deadline = time.monotonic() + 10
    while psutil.pid_exists(pid) and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE:
        assert time.monotonic() < deadline, "the server outlived its parent"
        time.sleep(0.05)


def test_a_missing_file_says_what_to_do(tmp_path):
    with pytest.raises(ModelUnreachable, match="gguf"):
        LocalModel(tmp_path / "none.gguf")
