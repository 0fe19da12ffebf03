"""Where the settings say the key is: an environment variable, or an entry of the operating system's keyring."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from workbench.errors import InvalidInput
from workbench.llm.keys import KeySource, key_in_environment, key_in_keyring, looks_like_key


def check_key_place(settings: Mapping[str, Any]) -> None:
    """Raises `InvalidInput`, which never repeats what was given: it may be the key itself."""
    variable, service, user = (settings.get(name) for name in ("key_variable", "key_service", "key_user"))
    if any(looks_like_key(str(part)) for part in (variable, service, user) if part):
        raise InvalidInput(
            "this looks like a key itself", hint="put the key into a variable or the keyring and give its name"
        )
    if variable and not re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]{0,63}", variable):
        raise InvalidInput(
            "key_variable is the name of an environment variable, not the key", hint="for example OPENAI_API_KEY"
        )
    if bool(service) != bool(user):
        raise InvalidInput(
            "an entry of the keyring has two names: key_service and key_user",
            hint="those it was stored under: keyring set SERVICE USER",
        )
    if variable and service:
        raise InvalidInput("the key is in a variable or in the keyring, not in both", hint="leave one of them empty")


def key_source(settings: Mapping[str, Any]) -> KeySource | None:
    """Reads the key when it is needed; None for an endpoint without one."""
    if "key_variable" in settings:
        return key_in_environment(settings["key_variable"])
    if "key_service" in settings:
        return key_in_keyring(settings["key_service"], settings["key_user"])
    return None
