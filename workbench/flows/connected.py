"""The models of a workspace, each under a short name: the usual one, and those that a person connected beside it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from workbench.errors import InvalidInput, UnknownName
from workbench.flows.models import check_settings
from workbench.llm.keys import looks_like_key
from workbench.model import Json
from workbench.store.base import Store

MAIN = "main"
"""The short name of the workspace's own model, which is used wherever none is named."""

_OWN, _FURTHER = "model", "models"
_NAME = re.compile(r"[^\W_][\w.-]{0,31}")
_LONGEST_NAME = 32


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
    """Keep the settings of a model under a short name. Raises `InvalidInput`, `UnknownName` (for a preset).

    Only the workspace's own may have neither address nor file: it is the small demo model then.
    """
    kept = check_settings(settings)
    if name == MAIN:
        store.set_setting(_OWN, kept)
        return

    def added(held: Json) -> Json:
        if name not in held:
            _check_name(name)
            _check_unlike(name, (MAIN, *held))
        if kept.keys().isdisjoint({"base_url", "path"}):
            raise InvalidInput(f"the model {name} has no address", hint=f"give one; only {MAIN} can go without")
        return {**held, name: kept}

    _change(store, added)


def disconnect(store: Store, name: str) -> None:
    """Forget a connected model; runs that name it are refused from now on. Raises `InvalidInput`, `UnknownName`."""
    if name == MAIN:
        raise InvalidInput("the workspace's own model cannot be removed", hint="connect another one in its place")
    settings_of(store, name)
    _change(store, lambda held: {other: settings for other, settings in held.items() if other != name})


def _check_name(name: str) -> None:
    if looks_like_key(name):  # never repeated: it may be the key itself
        raise InvalidInput("this looks like a key, not like a name", hint="put the key into a variable or the keyring")
    hint = "a letter or digit first, then up to 31 letters, digits, points, dashes and underscores, without spaces"
    if len(name) > _LONGEST_NAME:  # nor this: keys have many shapes, and nearly all are longer than a name
        raise InvalidInput("this is too long for the name of a model", hint=hint)
    if not _NAME.fullmatch(name):
        raise InvalidInput(f"a model cannot be called {name!r}", hint=hint)


def _check_unlike(name: str, known: Iterable[str]) -> None:
    """Raise `InvalidInput` for a name that a person would take for a known one: in other case, or full-width."""
    alike = next((other for other in known if _folded(other) == _folded(name)), None)
    if alike is not None:
        raise InvalidInput(
            f"the name {name} is nearly that of the model {alike}", hint="choose one that is easily told from it"
        )


def _folded(name: str) -> str:
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())


def _change(store: Store, change: Callable[[Json], Json]) -> None:
    """Change the further models; two notebooks that do so at once lose nothing."""
    while True:
        held = store.setting(_FURTHER)
        if store.replace_setting(_FURTHER, held, change(held or {})):
            return
