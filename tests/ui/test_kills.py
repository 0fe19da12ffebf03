"""kill -9 of the kernel and of the browser while answers are given: what the screen said was saved is there.

Six in a test run; ``WORKBENCH_KILLS=100`` or ``workbench bench ui --kills 100`` for all.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from widgets.bench.kills import Book, kill_round

KILLS = int(os.environ.get("WORKBENCH_KILLS", "6"))

pytestmark = [pytest.mark.crash, pytest.mark.timeout(60 + 40 * KILLS)]


def test_the_book_knows_what_must_be_there():
    book = Book()
    for sample, value in (("a", 1), ("b", 2), ("a", 3)):
        book.try_(sample, value)
    book.save()
    book.try_("a", 4)
    book.try_("c", 5)
    assert book.possible() == {"a": {3, 4}, "b": {2}}


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="finds the processes under /proc")
def test_nothing_the_screen_called_saved_is_lost_and_the_screen_comes_back(browser, tmp_path):
    report = kill_round(browser, tmp_path, KILLS)
    assert (report.kills, report.lost) == (KILLS, 0)
    assert report.acknowledged > KILLS
    assert report.back < 60
