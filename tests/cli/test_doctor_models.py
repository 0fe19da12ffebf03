"""The doctor looks at every connected model, each under its short name, and asks none of them a question."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

import workbench as wb
from workbench.cli import main
from workbench.doctor import examine
from workbench.doctor.diagnosis import Diagnosis

KEY = "key-canary-7d41f0c2"
LOOKING = import_module("workbench.doctor.models")  # the package has a function of that name
PATIENCE = 60.0
"""Seconds for an endpoint that answers, however busy the machine is."""


@pytest.fixture(autouse=True)
def _patience(monkeypatch):
    monkeypatch.setattr(LOOKING, "REACH_SECONDS", PATIENCE)


@contextmanager
def listing(*names: str, status: int = 200, key: str = "", pause: float = 0.0, together: int = 1) -> Iterator[Any]:
    """An endpoint with a list of models, or an error in its place; `asked` has the paths of all its requests.

    It answers when so many requests as `together` are there, and after `pause` seconds.
    """
    all_here = threading.Barrier(together)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            server.asked.append(self.path)
            all_here.wait(PATIENCE)
            time.sleep(pause)
            wrong = bool(key) and self.headers.get("Authorization") != f"Bearer {key}"
            told = (
                {"error": {"message": "no"}} if wrong or status != 200 else {"data": [{"id": name} for name in names]}
            )
            body = json.dumps(told).encode()
            self.send_response(401 if wrong else status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_POST = do_GET

        def log_message(self, *_: Any) -> None:
            pass

    server: Any = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.asked, server.daemon_threads = [], True
    server.url = f"http://127.0.0.1:{server.server_port}/v1"
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


def told(folder: Path) -> dict[str, Diagnosis]:
    return {one.what: one for one in examine(folder) if one.what.startswith("model ")}


def connected(folder: Path, **models: dict[str, Any]) -> Path:
    with wb.open(folder, author="ana") as ws:
        for name, settings in models.items():
            ws.set_model(settings, name)
    return folder


def test_every_connected_model_has_a_line_and_none_is_asked_a_question(tmp_path):
    with listing("small-1", "big-9-2026") as one, listing("other-1") as two:
        folder = connected(
            tmp_path / "w",
            main={"base_url": one.url, "model": "small-1"},
            big={"base_url": one.url, "model": "big-9"},
            wrong={"base_url": two.url, "model": "nowhere-7"},
        )
        found = told(folder)
        assert list(found) == ["model main", "model big", "model wrong"]
        assert {name: item.state for name, item in found.items()} == {
            "model main": "ok", "model big": "ok", "model wrong": "warn",
        }  # fmt: skip
        assert found["model main"].found == f"small-1 at {one.url} answers"
        assert found["model wrong"].found == f"nowhere-7 at {two.url} is not in the endpoint's list: other-1"
        assert "as the endpoint lists it" in found["model wrong"].mend
        assert {*one.asked, *two.asked} == {"/v1/models"}


def test_a_key_that_is_missing_or_not_accepted_is_told_and_never_shown(tmp_path, monkeypatch):
    with listing("m", key=KEY) as server:
        place = {"base_url": server.url, "model": "m"}
        folder = connected(
            tmp_path / "w",
            main={**place, "key_variable": "RIGHT_KEY"},
            gone={**place, "key_variable": "NO_KEY"},
            old={**place, "key_variable": "OLD_KEY"},
            none=place,
        )
        monkeypatch.setenv("RIGHT_KEY", KEY)
        monkeypatch.setenv("OLD_KEY", "key-canary-of-before")
        found = told(folder)
    assert {name: item.state for name, item in found.items()} == {
        "model main": "ok", "model gone": "fail", "model old": "fail", "model none": "fail",
    }  # fmt: skip
    assert "the variable NO_KEY holds no key" in found["model gone"].found
    assert "does not accept the key (401)" in found["model old"].found
    assert "the settings name none" in found["model none"].found
    assert all(item.mend for name, item in found.items() if name != "model main")
    assert "canary" not in str(found)


@pytest.mark.parametrize(
    ("status", "state", "says"),
    [(404, "warn", "has no list of its models"), (403, "fail", "forbids this"), (503, "warn", "answered 503")],
)
def test_what_an_endpoint_answers_instead_of_its_list_is_told(tmp_path, status, state, says):
    with listing(status=status) as server:
        (found,) = told(connected(tmp_path / "w", main={"base_url": server.url, "model": "m"})).values()
    assert (found.state, says in found.found, bool(found.mend)) == (state, True, True)


def test_all_are_looked_at_together(tmp_path):
    with listing("m", together=8) as server:
        models = {f"m{n}": {"base_url": server.url, "model": "m"} for n in range(8)}
        found = told(connected(tmp_path / "w", **models))
    assert {found[f"model {name}"].state for name in models} == {"ok"}, "one after the other none would be answered"


def test_one_that_does_not_answer_is_not_waited_for_for_long(tmp_path, monkeypatch):
    monkeypatch.setattr(LOOKING, "REACH_SECONDS", 0.5)
    with listing("m", pause=PATIENCE) as slow:
        (found,) = told(connected(tmp_path / "w", main={"base_url": slow.url, "model": "m"})).values()
    assert (found.state, "within 0.5 s" in found.found, "charged" in found.mend) == ("warn", True, False)


def test_an_endpoint_that_is_down_and_a_model_file_that_is_gone_fail_beside_one_that_is_well(tmp_path, capsys):
    file = tmp_path / "tiny.gguf"
    file.write_bytes(b"GGUF")
    with listing("m") as server:
        folder = connected(
            tmp_path / "w",
            main={"base_url": server.url, "model": "m"},
            down={"base_url": "http://127.0.0.1:1/v1", "model": "m"},
            file={"path": str(file)},
        )
        file.unlink()
        found = told(folder)
        assert main(["doctor", "-w", str(folder)]) == 1
    assert [item.state for item in found.values()] == ["ok", "fail", "fail"]
    assert "nothing answers at http://127.0.0.1:1/v1" in found["model down"].found
    assert "there is no model file" in found["model file"].found
    assert "fail  model down: m at http://127.0.0.1:1/v1" in capsys.readouterr().out
