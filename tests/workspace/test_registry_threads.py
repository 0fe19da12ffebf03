"""A registry that several threads ask first answers all of them whole."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass

from workbench.registry import Registry


@dataclass(frozen=True)
class Entry:
    name: str


def slow() -> tuple[Entry, ...]:
    time.sleep(0.05)
    return (Entry("a"), Entry("b"))


def test_nobody_sees_a_registry_half_loaded():
    registry, found = Registry("thing", slow), []
    threads = [threading.Thread(target=lambda: found.append(registry.names())) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [["a", "b"]] * 4


def test_what_is_loaded_may_register_more():
    def builtins() -> tuple[Entry, ...]:
        registry.register(Entry("b"), module="m")
        return (Entry("a"),)

    registry: Registry[Entry] = Registry("thing", builtins)
    assert registry.names() == ["a", "b"]
