"""The models of a workspace, each under a short name: the usual one, and those that a person connected beside it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from workbench.errors import InvalidInput, UnknownName
from workbench.flows.models import check_settings
from workbench.llm.keys import looks_like_key
from workbench.model import Json
from workbench.store.base import Store

MAIN = "main"
"""The short name of the workspace's own model, which is used wherever none is named."""

_OWN, _FURTHER = "model", "models"
_NAME = re.compile(r"\w[\w.-]{0,31}")


def connected(store: Store) -> dict[str, Json]:
    """The settings of every model by its short name, the workspace's own first."""
    return {MAIN: store.setting(_OWN) or {}, **(store.setting(_FURTHER) or {})}


def settings_of(store: Store, name: str = MAIN) -> Json:
    """The settings of one model. Raises `UnknownName` for a name under which none is connected."""
    known = connected(store)
    if name not in known:
        raise UnknownName.among("model", name, list(known))
    return known[name]


def connect(store: Store, settings: Mapping[str, Any], name: str = MAIN) -> None:
    """Keep the settings of a model under a short name. Raises `InvalidInput`, `UnknownName` (for a preset)."""
    kept = check_settings(settings)
    if name == MAIN:
        store.set_setting(_OWN, kept)
        return
    _check_name(name)
    _change(store, lambda held: {**held, name: kept})


def disconnect(store: Store, name: str) -> None:
    """Forget a connected model; runs that name it are refused from now on. Raises `InvalidInput`, `UnknownName`."""
    if name == MAIN:
        raise InvalidInput("the workspace's own model cannot be removed", hint="connect another one in its place")
    settings_of(store, name)
    _change(store, lambda held: {other: settings for other, settings in held.items() if other != name})


def _check_name(name: str) -> None:
    if looks_like_key(name):  # never repeated: it may be the key itself
        raise InvalidInput("this looks like a key, not like a name", hint="put the key into a variable or the keyring")
    if not _NAME.fullmatch(name):
        raise InvalidInput(
            f"a model cannot be called {name!r}",
            hint="up to 32 letters, digits, points, dashes and underscores, without spaces",
        )


def _change(store: Store, change: Callable[[Json], Json]) -> None:
    """Change the further models; two notebooks that do so at once lose nothing."""
    while True:
        held = store.setting(_FURTHER)
        if store.replace_setting(_FURTHER, held, change(held or {})):
            return
