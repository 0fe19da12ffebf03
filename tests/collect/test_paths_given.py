from __future__ import annotations

import pytest

import workbench as wb
from workbench.errors import InvalidInput


@pytest.mark.parametrize("verb", ["collect", "preview", "add_document"])
def test_an_empty_path_is_not_the_current_folder(tmp_path, monkeypatch, verb):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.jsonl").write_text('{"messages": [{"role": "user", "content": "x"}]}')
    ws = wb.open(tmp_path / "workspace", author="ana")
    with pytest.raises(InvalidInput, match="no path"):
        getattr(ws, verb)("")
    ws.close()
