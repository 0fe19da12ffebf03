"""The map, the figures of quality, slices and exports, as the calls they are."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from widgets._code_text import Args, Raw, call


def exported(args: Args) -> str:
    """A build to files; a relative folder is below the workspace's folder of exports."""
    out = str(args["out"]).strip()
    if out.startswith("~"):
        return f"from pathlib import Path\n{_export(args, Raw(f'Path({out!r}).expanduser()'))}"
    return _export(args, out if Path(out).is_absolute() else Raw(f"ws.path / 'exports' / {out!r}"))


def _export(args: Args, out: Any) -> str:
    return call("export", _build(args["build"]), out, to=list(args["to"]), options=args.get("options") or None)


def _build(build: str) -> Raw:
    return Raw(f"next(build for build in ws.builds() if build.id == {build!r})")


def _last_build(name: str) -> Raw:
    return Raw(f"ws.builds({name!r})[-1]")


def _on_map(args: Args) -> str:
    how = None if args.get("how", "new") == "new" else args["how"]
    region = None if args.get("region") is None else Raw(repr(args["region"]))
    return call("select_on_map", args.get("query", ""), outline=args.get("outline"), region=region, how=how)


def _picture(args: Args) -> str:
    colour = args.get("colour", "domain")
    return call("map", args.get("query", ""), colour=None if colour == "domain" else colour)


DOES: dict[str, Callable[[Args], str]] = {
    "browse.save": lambda a: call("slice", a["name"].strip(), a["query"]),
    "slice.save": lambda a: call("slice", a["name"].strip(), a["where"], title=a.get("title", "").strip()),
    "browse.remove": lambda a: call("remove_slice", a["name"]),
    "slice.remove": lambda a: call("remove_slice", a["name"]),
    "slice.freeze": lambda a: f"build = {call('freeze', a['name'])}",
    "release.export": exported,
    "map.select": lambda a: _on_map(a),
    "map.clear": lambda a: call("clear_selection"),
    "quality.pick": lambda a: call("select_done", a["pick"]),
}

FINDS: dict[str, Callable[[Args], str]] = {
    "map.picture": lambda a: f"picture = {_picture(a)}",
    "map.selection": lambda a: call("selection"),
    "quality.questions": lambda a: f"answers = {call('questions', a.get('query', ''))}",
    "quality.measure": lambda a: f"report = {call('evaluate', a.get('query', ''))}",
    "quality.alike": lambda a: call("measure_alike"),
    "quality.duplicates": lambda a: call("duplicates", a.get("query", "")),
    "slice.compare": lambda a: call("compare_builds", _build(a["old"]), _build(a["new"])),
    "slice.now": lambda a: call("difference", _last_build(a["name"])),
    "release.preview": lambda a: call("preview_export", _build(a["build"]), a["to"], options=a.get("options") or None),
}
