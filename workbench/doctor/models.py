"""Whether each connected model can be asked, under the name a person gave it. No question is sent: nothing is charged.

An endpoint is asked for the list of its models, with the key that runs would send: that tells a wrong address, a wrong
key and a wrong name.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from workbench.doctor.diagnosis import Diagnosis
from workbench.errors import ModelError, ModelUnreachable, WorkbenchError
from workbench.flows.connected import MAIN, connected
from workbench.flows.models import model_from_settings
from workbench.llm.answering import another_model
from workbench.model import Json
from workbench.store import open_store

REACH_SECONDS = 3.0
AT_ONCE = 16
MOST_NAMED = 8
"""Models of an endpoint's list that are told."""


def models(workspace: Path) -> Iterator[Diagnosis]:
    """A line for each connected model, the workspace's own first. They are looked at together, in `REACH_SECONDS`."""
    try:
        known = _connected(workspace)
    except WorkbenchError as exc:
        yield Diagnosis("models", "warn", f"the workspace does not tell which: {exc.message}", exc.hint)
        return
    with ThreadPoolExecutor(AT_ONCE) as pool:
        yield from pool.map(_look, known.keys(), known.values())


def _connected(workspace: Path) -> Mapping[str, Json]:
    if not (workspace / "workbench.db").is_file():
        return {MAIN: {}}
    with contextlib.closing(open_store(workspace)) as store:
        return connected(store)


def _look(short: str, settings: Json) -> Diagnosis:
    what = f"model {short}"
    try:
        if "base_url" in settings:
            return _endpoint(short, settings)
        return Diagnosis(what, "ok", f"{model_from_settings(settings).name}, on this machine")
    except WorkbenchError as exc:
        return Diagnosis(what, "fail" if settings else "warn", exc.message, exc.hint or _trying(short))


def _trying(short: str) -> str:
    return f"try it with `workbench model {short} --test`: that asks it a question"


def _endpoint(short: str, settings: Json) -> Diagnosis:
    from workbench.llm.openai_compatible import OpenAICompatible

    model = model_from_settings({**settings, "deadline": REACH_SECONDS})
    assert isinstance(model, OpenAICompatible)  # its settings have an address
    what, trying = f"model {short}", _trying(short)
    where = f"{model.name} at {model.endpoint}"
    try:
        listed = model.listed()
    except ModelUnreachable as exc:
        return Diagnosis(what, "fail", f"{where}: {exc.message}", exc.hint)
    except ModelError as exc:
        mend = trying if exc.maybe_charged else exc.hint or trying  # its words are about a question
        passing = exc.maybe_charged or exc.retry_after is not None
        return Diagnosis(what, "warn" if passing else "fail", f"{where}: {exc.message}", mend)
    if listed is None:
        mend = f"is the base URL right? With most servers it ends in /v1; {trying}"
        return Diagnosis(what, "warn", f"{where} answers, but has no list of its models", mend)
    if all(another_model(model.name, one, model.endpoint) for one in listed):
        mend = "use the name as the endpoint lists it; on Azure, the name of the deployment"
        return Diagnosis(what, "warn", f"{where} is not in the endpoint's list: {_some(listed)}", mend)
    return Diagnosis(what, "ok", f"{where} answers")


def _some(names: Sequence[str]) -> str:
    more = f" and {len(names) - MOST_NAMED:,} more" if len(names) > MOST_NAMED else ""
    return ", ".join(names[:MOST_NAMED]) + more or "it is empty"
