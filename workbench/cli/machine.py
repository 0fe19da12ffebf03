"""Verbs about this machine rather than about conversations: they need no open workspace."""

from __future__ import annotations

import os
from argparse import REMAINDER, ArgumentParser, Namespace
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from workbench.cli.verb import DEFAULT_WORKSPACE, DONE, FAILED, say, tell


@dataclass(frozen=True, slots=True)
class _Plain:
    """A verb without a workspace."""

    name: str
    help: str
    configure: Callable[[ArgumentParser], None]
    run: Callable[[Namespace], int]


def _doctor_arguments(parser: ArgumentParser) -> None:
    here = os.environ.get("WORKBENCH_WORKSPACE", DEFAULT_WORKSPACE)
    parser.add_argument("-w", "--workspace", default=here, help=f"also look at this workspace (default {here})")
    parser.add_argument("--json", action="store_true", help="print JSON, one value a line")


def _doctor(arguments: Namespace) -> int:
    from workbench.doctor import examine

    findings = examine(Path(arguments.workspace))
    for finding in findings:
        mend = f"  -> {finding.mend}" if finding.mend else ""
        tell(arguments, finding, [f"{finding.state:<5} {finding.what}: {finding.found}{mend}"])
    return FAILED if any(finding.state == "fail" for finding in findings) else DONE


def _serve_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--file", metavar="GGUF", help="another model file (default: the demo model)")
    parser.add_argument("--port", type=int, default=0, help="port on loopback (default: a free one)")


def _serve(arguments: Namespace) -> int:
    from workbench.llm.local import serve

    return serve(arguments.file, port=arguments.port, say=say)


def _bench_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("options", nargs=REMAINDER, help="what to measure; the suite explains its options itself")


def _bench(arguments: Namespace) -> int:
    from workbench.bench.main import main

    return main(arguments.options[1:] if arguments.options[:1] == ["--"] else arguments.options)


VERBS = (
    _Plain("doctor", "look whether this machine and workspace are in order", _doctor_arguments, _doctor),
    _Plain("serve-model", "serve the local model on loopback, OpenAI-compatible", _serve_arguments, _serve),
    _Plain("bench", "measure, and print the budget table", _bench_arguments, _bench),
)
