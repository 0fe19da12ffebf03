"""`workbench app`: the application under Voila, as a process that leaves nothing behind."""

from __future__ import annotations

import signal
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.lab.started import SECONDS, Started, children, starting
from widgets.lab import app
from widgets.lab.command import COMMAND as LAB
from workbench import WorkbenchError


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., Started]]:
    pytest.importorskip("voila", reason="pip install 'curation-workbench[app]'")
    with starting(tmp_path, "app", 19600) as run:
        yield run


def status_of(address: str) -> int:
    class Stay(urllib.request.HTTPRedirectHandler):
        def redirect_request(self, *_: object) -> None:
            return None

    try:
        return urllib.request.build_opener(Stay).open(address).status
    except urllib.error.HTTPError as exc:
        return exc.code


def test_ctrl_c_stops_it_and_its_server(start):
    process, address = start("--token", "given")
    assert address.endswith("/?token=given")
    servers = children(process)
    assert not [word for server in servers for word in server.cmdline() if "given" in word]
    process.send_signal(signal.SIGINT)
    assert process.wait(SECONDS) == 0
    assert not [server for server in servers if server.is_running()]


def test_a_stranger_without_the_token_sees_no_page(start):
    _, address = start("--token", "given")
    base = address.split("?")[0]
    assert status_of(base) in {302, 403}
    assert status_of(f"{base}?token=guessed") in {302, 403}


def test_a_missing_voila_is_told_with_the_way_to_it(tmp_path, monkeypatch):
    monkeypatch.setattr(app, "find_spec", lambda name: None)
    with pytest.raises(WorkbenchError, match=r"Voila is not installed.*curation-workbench\[app\]"):
        app.COMMAND.run(None)  # type: ignore[arg-type]


def test_it_takes_the_arguments_of_lab():
    from argparse import ArgumentParser

    given = []
    for command in (LAB, app.COMMAND):
        parser = ArgumentParser()
        command.configure(parser)
        given.append({action.dest for action in parser._actions})
    assert given[1] - given[0] == {"dark"}
    assert given[0] <= given[1]


def test_it_listens_on_loopback_and_shows_no_traceback():
    settings = app.settings(port=1, token="t")
    assert settings["Voila"]["ip"] == "127.0.0.1"
    assert settings["VoilaConfiguration"]["show_tracebacks"] is False
    assert settings["VoilaConfiguration"]["file_denylist"] == [".*"]


def test_its_page_asks_no_other_machine_for_a_font():
    template = (app.HERE / "share" / "voila" / "templates" / app.TEMPLATE / "index.html.j2").read_text("utf-8")
    assert "http" not in template
