"""Keys come from a variable or the keyring when they are needed, and what is wrong with them is told in words."""

from __future__ import annotations

import logging
import sys

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends.fail import Keyring as NoKeyring
from keyring.errors import InitError, KeyringError, KeyringLocked

from tests.llm.endpoint import KEY, endpoint, well
from workbench.errors import ModelError
from workbench.llm import Message, Request
from workbench.llm.keys import key_in_environment, key_in_keyring, looks_like_key
from workbench.llm.openai_compatible import OpenAICompatible

ASK = Request((Message("user", "When does it open?"),))


class InMemory(KeyringBackend):
    """A keyring of one process. `broken` is raised instead of an answer."""

    priority = 1

    def __init__(self, broken: Exception | None = None) -> None:
        super().__init__()
        self.entries: dict[tuple[str, str], str] = {}
        self.broken = broken

    def get_password(self, service, username):
        if self.broken:
            raise self.broken
        return self.entries.get((service, username))

    def set_password(self, service, username, password):
        self.entries[service, username] = password


@pytest.fixture
def use():
    before = keyring.get_keyring()
    yield lambda backend: (keyring.set_keyring(backend), backend)[1]
    keyring.set_keyring(before)


def test_the_key_of_the_keyring_goes_to_the_endpoint_and_nowhere_else(use, caplog):
    use(InMemory()).set_password("gateway", "ana", KEY)
    caplog.set_level(logging.DEBUG)
    with endpoint(well) as server:
        model = OpenAICompatible(server.url, "m", key=key_in_keyring("gateway", "ana"))
        model.reply(ASK)
    assert server.requests[0][0]["authorization"] == f"Bearer {KEY}"
    assert KEY not in repr(model) + repr(vars(model)) + caplog.text


def test_a_key_that_is_changed_in_the_keyring_is_used_at_once(use):
    backend, read = use(InMemory()), key_in_keyring("gateway", "ana")
    backend.set_password("gateway", "ana", "first")
    assert read() == "first"
    backend.set_password("gateway", "ana", "second")
    assert read() == "second"


@pytest.mark.parametrize(
    ("backend", "says", "hint"),
    [
        (InMemory(), "no key for ana at gateway", "keyring set gateway ana"),
        (NoKeyring(), "no keyring", "environment variable"),
        (InMemory(KeyringLocked("locked")), "locked", "unlock"),
        (InMemory(InitError("dismissed")), "locked", "unlock"),
        (InMemory(KeyringError(f"entry {KEY}")), "cannot be read", "environment variable"),
        (InMemory(OSError("bus")), "cannot be read", "environment variable"),
    ],
    ids=["empty", "none", "locked", "dismissed", "broken", "no bus"],
)
def test_a_keyring_without_the_key_says_what_to_do(use, backend, says, hint):
    use(backend)
    with pytest.raises(ModelError, match=says) as caught:
        key_in_keyring("gateway", "ana")()
    assert hint in caught.value.hint
    assert KEY not in str(caught.value)


def test_a_keyring_that_is_not_installed_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "keyring", None)
    with pytest.raises(ModelError, match="not installed") as caught:
        key_in_keyring("gateway", "ana")()
    assert "curation-workbench[keys]" in caught.value.hint


@pytest.mark.parametrize("key", ["ключ-7d41f0c2", "two words-7d41", "7d41\nf0c2"])
def test_what_no_header_can_hold_is_told_without_repeating_it(monkeypatch, use, key):
    monkeypatch.setenv("TEST_MODEL_KEY", key)
    use(InMemory()).set_password("gateway", "ana", key)
    for read in (key_in_environment("TEST_MODEL_KEY"), key_in_keyring("gateway", "ana")):
        with pytest.raises(ModelError, match="cannot be a key") as caught:
            read()
        assert "7d41" not in str(caught.value)


def test_what_looks_like_a_key():
    assert looks_like_key("sk-proj-0123456789abcdef")
    assert not any(looks_like_key(name) for name in ("OPENAI_API_KEY", "key-of-the-organisation", "ana", "hf"))
