"""Which models a workspace uses: its own, and further ones under short names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from workbench.workspace.base import WorkspaceBase

if TYPE_CHECKING:
    from workbench.llm.base import ChatModel, Reply
    from workbench.llm.presets import Preset

MAIN = "main"


class Connecting(WorkspaceBase):
    """The part of the workspace that knows its models. The name "main" is the workspace's own."""

    def models(self) -> dict[str, Mapping[str, Any]]:
        """The settings of every connected model by its short name, the workspace's own ("main") first."""
        from workbench.flows.connected import connected

        return dict(connected(self._store))

    def model(self, name: str = MAIN) -> ChatModel:
        """A model: the endpoint in its settings, else the local demo model. Raises `UnknownName`."""
        from workbench.flows.models import model_from_settings

        return model_from_settings(self.model_settings(name))

    def try_model(self, name: str = MAIN) -> Reply:
        """Ask a model as runs do: plainly, for an answer in pieces, and for JSON. Outside any run and ledger.

        Raises `ModelError` that says what failed, `UnknownName`. All of it takes at most the deadline of one call.
        """
        from workbench.flows.trying import tried

        return tried(self.model_settings(name))

    def model_settings(self, name: str = MAIN) -> Mapping[str, Any]:
        """Which endpoint and model are used; never a key, only the variable or keyring entry that holds it.

        Raises `UnknownName`.
        """
        from workbench.flows.connected import settings_of

        return settings_of(self._store, name)

    def model_label(self, name: str = MAIN) -> str:
        """Which model is used, in words; nothing is loaded or asked. Raises `UnknownName`."""
        from workbench.flows.models import model_label

        return model_label(self.model_settings(name))

    def model_presets(self) -> tuple[Preset, ...]:
        """Endpoints many people have; ``ws.set_model({"preset": "ollama", "model": "qwen3:8b"})`` uses one."""
        from workbench.llm.presets import PRESETS

        return PRESETS

    def set_model(self, settings: Mapping[str, Any], name: str = MAIN) -> None:
        """Choose the endpoint; an empty mapping means the local model. With a `name`, connect a further one under it.

        Recipes that ask several models name them so: ``params={"models": "main, large"}``.
        Settings: `preset` (see `model_presets`), `base_url`, `model`, `local`, where the key is (`key_variable`, or
        `key_service` and `key_user` of the keyring), `deadline` in seconds, `in_flight`, and the prices
        `usd_per_million_in` and `usd_per_million_out`. Raises `InvalidInput`, `UnknownName`.
        """
        from workbench.flows.connected import connect

        connect(self._store, settings, name)

    def remove_model(self, name: str) -> None:
        """Forget a connected model. What it wrote stays; a run that names it is not gone on with.

        Raises `UnknownName`, and `InvalidInput` for the workspace's own.
        """
        from workbench.flows.connected import disconnect

        disconnect(self._store, name)
