"""kill -9 right after a person has sent again what was maybe charged: the run tells of every doubt, and sends none.

The endpoint is a real HTTP server of this process that counts for itself what it was asked.
"""

from __future__ import annotations

import signal
from pathlib import Path
from typing import Any

import pytest

import workbench as wb
from tests.builders import a_sample
from tests.crash.forks import heard_until_killed
from tests.crash.killer import Killer
from tests.crash.test_crash_ledger import IN_DOUBT, MOMENTS, RECIPES, Dying, reply
from tests.llm.endpoint import endpoint
from widgets._generate import cost_of
from workbench.errors import InvalidInput, ModelError
from workbench.flows.generate import resume_run
from workbench.jobs import Jobs
from workbench.llm.openai_compatible import OpenAICompatible
from workbench.store import open_store

pytestmark = pytest.mark.crash


def send_again_until_killed(pipe: Any, folder: Path, url: str, run: str, draft: str, moment: str) -> None:
    """Send one row again, and no other; die at this moment of its first call."""
    store: Any = Dying(open_store(folder), moment, 1)
    resume_run(
        store, Jobs(), run, author="ana", model=OpenAICompatible(url, "m"), send_again=[draft], only=[draft]
    ).wait(30)


@pytest.mark.parametrize("recipe", list(RECIPES))
@pytest.mark.parametrize("moment", MOMENTS)
def test_every_doubt_of_a_row_that_is_sent_again_and_again_is_told(tmp_path: Path, moment: str, recipe: str) -> None:
    killer = Killer(reply)
    with wb.open(tmp_path, author="ana") as ws, endpoint(killer) as server:
        run, doubts = a_run_with_a_doubt(ws, server.url, recipe), 1
        for _ in range(2):
            (doubt,) = ws.drafts(run, "in_doubt")
            killer.left = 1 if moment == "sent, not answered" else 0
            heard_until_killed(send_again_until_killed, tmp_path, server.url, run, doubt.id, moment, begin=killer.watch)
            assert killer.process.exitcode == -signal.SIGKILL
            doubts += moment in IN_DOUBT
            check(ws, run, doubts)
        asked = killer.count(server)
        with pytest.raises(InvalidInput, match="complete"):
            ws.resume(run)
        assert killer.count(server) == asked
        (doubt,) = ws.drafts(run, "in_doubt")
        ws.resume(run, send_again=[doubt.id], only=[doubt.id]).wait(30)
        assert ws.run(run).counts.get("in_doubt", 0) == 0
        assert cost_of(ws.call_counts(run))["states"].get("in_doubt", 0) == doubts


class Losing(OpenAICompatible):
    """Its first request is sent, and the answer lost on the way."""

    def __init__(self, url: str) -> None:
        super().__init__(url, "m")
        self._lost = False

    def reply(self, request: Any, **more: Any) -> Any:
        answer = super().reply(request, **more)
        if not self._lost:
            self._lost = True
            raise ModelError("no complete answer", maybe_charged=True)
        return answer


def a_run_with_a_doubt(ws: wb.Workspace, url: str, recipe: str) -> str:
    """A run of one conversation, the answer to whose first request was lost."""
    with ws._store.write("ana", "import") as writer:
        writer.add_samples([a_sample("When do you open?", "At nine.", id="s0")])
    ws.set_model({"base_url": url, "model": "m", "local": True, "in_flight": 1})
    run = ws.generate(recipe, ["s0"], RECIPES[recipe], model=Losing(url)).wait(30)
    assert run.counts["in_doubt"] == 1
    return ws.resume(run.id).wait(30).id if run.counts.get("failed") else run.id


def check(ws: wb.Workspace, run: str, doubts: int) -> None:
    """The run accounts for each row once, and tells of each call that was maybe charged."""
    found = ws.run(run)
    assert sum(found.counts.values()) == found.requested
    assert (found.state, found.counts["in_doubt"]) == ("done", 1), "nothing is left to go on with"
    states = cost_of(ws.call_counts(run))["states"]
    assert states["in_doubt"] == doubts
    assert "sent" not in states
