"""One server process, started once, that has imported what the crash tests need and forks a child for every kill.

A child is there within milliseconds, and it has nothing open: no database, no thread.
"""

from __future__ import annotations

import multiprocessing

FORKS = multiprocessing.get_context("forkserver")
FORKS.set_forkserver_preload(
    [
        "pytest",
        "tests.builders",
        "tests.flows.approving",
        "tests.llm.endpoint",
        "workbench.collect.formats",
        "workbench.flows.approving",
        "workbench.flows.collect",
        "workbench.flows.decide",
        "workbench.flows.following",
        "workbench.flows.generate",
        "workbench.flows.release",
        "workbench.generate.recipes",
        "workbench.llm.openai_compatible",
        "workbench.llm.scripted",
        "workbench.release.formats",
        "workbench.store.sqlite",
        "workbench.workspace",
    ]
)
