"""An answer in JSON that reached its length limit says so: the expert reads why nothing came of the row."""

from __future__ import annotations

import pytest

from tests.llm.endpoint import completion, endpoint
from workbench.errors import ModelError
from workbench.llm import Message, Request
from workbench.llm.openai_compatible import OpenAICompatible

SCHEMA = {"type": "object", "properties": {"turns": {"type": "array"}}, "required": ["turns"]}


@pytest.mark.parametrize(("reason", "said"), [("length", "reached its length limit"), ("stop", "valid JSON")])
def test_why_json_is_broken(reason, said):
    body = completion('{"turns": ["Hello')
    body["choices"][0]["finish_reason"] = reason
    with endpoint(lambda handler, _: handler.send_json(body)) as server:
        model = OpenAICompatible(server.url, "m", local=True)
        with pytest.raises(ModelError, match=said) as caught:
            model.reply(Request((Message("user", "Write."),), schema=SCHEMA))
    assert caught.value.raw == '{"turns": ["Hello'
    assert caught.value.tokens == (11, 5)
