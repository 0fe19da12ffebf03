"""Verbs about this machine rather than about conversations: they need no open workspace."""

from __future__ import annotations

import json
import os
import secrets
import subprocess
import sys
from argparse import REMAINDER, ArgumentParser, Namespace
from pathlib import Path
from subprocess import DEVNULL, PIPE

from workbench.cli.verb import DEFAULT_WORKSPACE, DONE, FAILED, Plain, say, tell
from workbench.errors import InvalidInput, ModelUnreachable


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
    from workbench.llm.local import demo_file

    file = Path(arguments.file).expanduser() if arguments.file else demo_file()
    if not file.is_file():
        raise InvalidInput(f"there is no model file {file}", hint="name a .gguf file")
    key = secrets.token_urlsafe(16)
    command = [sys.executable, "-m", "workbench.llm.serve", str(file), str(arguments.port)]
    with subprocess.Popen(
        command, stdin=PIPE, stdout=PIPE, stderr=DEVNULL, text=True, start_new_session=True
    ) as server:
        assert server.stdin is not None  # both are pipes
        assert server.stdout is not None
        print(key, file=server.stdin, flush=True)
        answer = next((line for line in server.stdout if line.startswith('{"address"')), None)
        if answer is None:
            raise ModelUnreachable(f"{file.name} cannot be served", hint="is it a GGUF model, is the port free?")
        say(f"base_url {json.loads(answer)['address']}/v1   key {key}   (Ctrl-C stops it)", now=True)
        try:
            return server.wait()
        except KeyboardInterrupt:
            return DONE
        finally:
            server.stdin.close()  # the server ends when its standard input does


def _bench_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("options", nargs=REMAINDER, help="what to measure; the suite explains its options itself")


def _bench(arguments: Namespace) -> int:
    from workbench.bench.main import main

    return main(arguments.options[1:] if arguments.options[:1] == ["--"] else arguments.options)


VERBS = (
    Plain("doctor", "look whether this machine and workspace are in order", _doctor_arguments, _doctor),
    Plain("serve-model", "serve the local model on loopback, OpenAI-compatible", _serve_arguments, _serve),
    Plain("bench", "measure, and print the budget table", _bench_arguments, _bench),
)
