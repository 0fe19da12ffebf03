"""The kernel that is begun before the page asks: one that no page would find does not stay behind."""

from __future__ import annotations

import asyncio
import logging
from types import SimpleNamespace

import pytest
from jupyter_server.services.contents.largefilemanager import AsyncLargeFileManager
from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager
from jupyter_server.services.sessions.sessionmanager import SessionManager

from widgets.lab import ahead, shelf


def broken(*_, **__):
    raise RuntimeError("no room on the disk")


@pytest.fixture
def server(tmp_path):
    """What of a Jupyter server begins kernels, with a real one behind it."""
    shelf.put_notebooks(tmp_path)
    root = str(tmp_path)
    kernels = AsyncMappingKernelManager(root_dir=root, connection_dir=root)
    sessions = SessionManager(kernel_manager=kernels, contents_manager=AsyncLargeFileManager(root_dir=root))
    return SimpleNamespace(
        root_dir=root, kernel_manager=kernels, session_manager=sessions, log=logging.getLogger("a server")
    )


def begun(server, *before):
    """Begin one, after these were awaited; the kernels that are there then, and the kernel of each session."""

    async def all_of_it():
        for one in before:
            await one()
        await ahead.begin(server, shelf.APPLICATION)
        there = server.kernel_manager.list_kernel_ids()
        found = [one["kernel"]["id"] for one in await server.session_manager.list_sessions()]
        await server.kernel_manager.shutdown_all(now=True)
        return there, found

    return asyncio.run(all_of_it())


def test_the_notebook_that_opens_first_has_a_kernel(server):
    there, found = begun(server)
    assert len(there) == 1
    assert found == there


@pytest.mark.parametrize(
    ("part", "step"), [("session_manager", "create_session"), ("kernel_manager", "_finish_kernel_start")]
)
def test_where_a_step_fails_no_kernel_stays_and_the_log_says_why(server, monkeypatch, caplog, part, step):
    monkeypatch.setattr(getattr(server, part), step, broken)
    assert begun(server) == ([], [])
    assert "no room on the disk" in caplog.text


def test_a_page_that_was_faster_keeps_its_kernel_and_no_other_stays(server):
    asked = {"path": shelf.APPLICATION, "name": "workbench.ipynb", "type": "notebook"}
    there, found = begun(server, lambda: server.session_manager.create_session(**asked))
    assert len(there) == 1
    assert found == there


def test_a_notebook_that_was_changed_has_none(server, tmp_path):
    (tmp_path / shelf.APPLICATION).write_text("{}", "utf-8")
    assert begun(server) == ([], [])
