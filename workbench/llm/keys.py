"""Where the key of an endpoint comes from: an environment variable, or the operating system's keyring.

A source reads the key when a request is about to be sent and keeps nothing: no object, setting or file of ours has it.
"""

from __future__ import annotations

import os
import re
import shlex
from collections.abc import Callable

from workbench.errors import ModelError

KeySource = Callable[[], str]
"""Gives the key; raises `ModelError` that says why there is none."""

_LIKE_A_KEY = re.compile(r"(sk|gsk|hf|key|pk|xai|nvapi)[-_](?=[\w-]*\d)[\w-]{12,}")


def key_in_environment(variable: str) -> KeySource:
    """Reads the key from an environment variable."""

    def read() -> str:
        key = os.environ.get(variable, "").strip()
        if not key:
            raise ModelError(f"the variable {variable} holds no key", hint=f"set {variable} and restart the notebook")
        return _sendable(key, variable)

    return read


def key_in_keyring(service: str, user: str) -> KeySource:
    """Reads the key from the entry of `user` at `service` in the operating system's keyring (extra ``keys``)."""

    def read() -> str:
        key = _entry(service, user).strip()
        if not key:
            raise ModelError(
                f"the keyring holds no key for {user} at {service}",
                hint=f"put it there once, in a terminal: keyring set {shlex.quote(service)} {shlex.quote(user)}",
            )
        return _sendable(key, service)

    return read


def looks_like_key(text: str) -> bool:
    """Whether somebody put a key where the name of its place belongs."""
    return _LIKE_A_KEY.match(text) is not None


def _entry(service: str, user: str) -> str:
    """What the keyring has, "" for nothing. Its own errors are not passed on: nobody knows what is in them."""
    try:
        import keyring
        from keyring.errors import InitError, KeyringError, KeyringLocked, NoKeyringError
    except ImportError:
        raise ModelError(
            "the package keyring is not installed",
            hint='pip install "curation-workbench[keys]", or put the key into an environment variable',
        ) from None
    try:
        return keyring.get_password(service, user) or ""
    except NoKeyringError:
        raise ModelError(
            "this machine has no keyring that can be used",
            hint="start the keyring of your desktop, or put the key into an environment variable",
        ) from None
    except (KeyringLocked, InitError):
        raise ModelError("the keyring is locked", hint="unlock it and try again") from None
    except (KeyringError, OSError, RuntimeError) as exc:
        raise ModelError(
            f"the keyring cannot be read: {type(exc).__name__}",
            hint="open it with the tool of your desktop, or put the key into an environment variable",
        ) from None


def _sendable(key: str, place: str) -> str:
    """The key; raises `ModelError` when no header can hold it, as the client's own error would show it."""
    if not re.fullmatch(r"[!-~]+", key):
        raise ModelError(
            f"what is kept in {place} cannot be a key", hint="a key has no spaces and no accents; copy it again"
        )
    return key
