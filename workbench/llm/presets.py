"""Endpoints that many people have: what their settings usually are, so that a person fills in only what is missing.

The addresses are the defaults that each product's own documentation names.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from workbench.errors import InvalidInput, UnknownName

PLACEHOLDER = "YOUR-RESOURCE"
"""Stands in an address for what only the person knows."""


@dataclass(frozen=True, slots=True)
class Preset:
    """A kind of endpoint.

    `base_url` is where it usually is, "" when that differs everywhere; `local` whether it runs on this machine or in
    one's own network; `key_variable` the environment variable that usually holds its key, "" when it needs none;
    `example` a name of a model as this endpoint spells it; `help` what else to know.
    """

    name: str
    title: str
    base_url: str
    local: bool
    key_variable: str
    example: str
    help: str

    @property
    def needs_key(self) -> bool:
        """Whether it answers only with a key."""
        return bool(self.key_variable)

    def as_dict(self) -> dict[str, Any]:
        """The preset as plain JSON."""
        names = ("name", "title", "base_url", "local", "key_variable", "example", "help")
        return {**{name: getattr(self, name) for name in names}, "needs_key": self.needs_key}


PRESETS = (
    Preset(
        "openai",
        "OpenAI",
        "https://api.openai.com/v1",
        local=False,
        key_variable="OPENAI_API_KEY",
        example="gpt-4.1-mini",
        help="Texts leave this machine, and every answer costs money.",
    ),
    Preset(
        "azure",
        "Azure OpenAI",
        f"https://{PLACEHOLDER}.openai.azure.com/openai/v1",
        local=False,
        key_variable="AZURE_OPENAI_API_KEY",
        example="gpt-4.1-mini",
        help="Put the name of your resource into the address. The model is the name of your deployment.",
    ),
    Preset(
        "vllm",
        "vLLM",
        "http://localhost:8000/v1",
        local=True,
        key_variable="",
        example="Qwen/Qwen3-8B",
        help="The model is the name it was started with. A key is needed only if it was started with --api-key.",
    ),
    Preset(
        "ollama",
        "Ollama",
        "http://localhost:11434/v1",
        local=True,
        key_variable="",
        example="qwen3:8b",
        help="The model is a name that “ollama list” shows.",
    ),
    Preset(
        "llamacpp",
        "llama.cpp",
        "http://localhost:8080/v1",
        local=True,
        key_variable="",
        example="default",
        help="llama-server answers with the model it was started with, whatever name is given here.",
    ),
    Preset(
        "lmstudio",
        "LM Studio",
        "http://localhost:1234/v1",
        local=True,
        key_variable="",
        example="qwen3-8b",
        help="Start its local server first. The model is the name that its list of models shows.",
    ),
    Preset(
        "other",
        "Another service",
        "",
        local=False,
        key_variable="",
        example="",
        help="Any address that speaks the OpenAI chat interface; with most it ends in /v1.",
    ),
)


def preset(name: str) -> Preset:
    """The preset of that name; raises `UnknownName`."""
    for known in PRESETS:
        if known.name == name:
            return known
    raise UnknownName.among("preset", name, [known.name for known in PRESETS])


def filled(settings: Mapping[str, Any]) -> dict[str, Any]:
    """The settings with what their "preset" usually has where they say nothing; the preset itself is not kept."""
    given = {name: value for name, value in settings.items() if value is not None and value != ""}
    if "preset" not in given:
        return given
    chosen = preset(str(given.pop("preset")))
    usual: dict[str, Any] = {}
    if "base_url" not in given and chosen.base_url:
        usual = {"base_url": chosen.base_url, **({"local": True} if chosen.local else {})}
    if chosen.key_variable and not given.keys() & {"key_variable", "key_service"}:
        usual["key_variable"] = chosen.key_variable
    if not {**usual, **given}.get("base_url"):
        raise InvalidInput(f"the preset {chosen.name} has no address of its own", hint="give a base_url too")
    return {**usual, **given}


def check_filled(base_url: str) -> None:
    """Raises `InvalidInput` when an address still holds the placeholder of its preset."""
    if PLACEHOLDER in base_url.upper():
        raise InvalidInput(
            f"the address still holds {PLACEHOLDER}", hint="put the name of your own resource in its place"
        )
