"""The command `lopo`: starts what is needed, then hands over to one verb."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module

from lopo.basics.refusal import Refused
from lopo.postgres import PostgresUnavailable

Verb = Callable[[argparse.Namespace], int]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one verb; give its exit code (2 for a call that cannot be understood or a rule that says no)."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    if words[:1] in (["screen"], ["synth"]):
        return int(import_module(f"lopo.jobs.{words[0]}").main(words[1:]))
    if words[:2] == ["law", "replay"]:
        return _replay(words[2:])
    if words[:1] == ["linkage"]:
        return _linkage(words[1:])
    if words[:1] in (["poverty"], ["appoint"]):
        return _on_this_day({"poverty": "poverty", "appoint": "appointing"}[words[0]], words[1:])
    if words[:1] == ["law"]:
        return int(import_module("lopo.jobs.law_desk").main(words[1:]))
    if words[:1] == ["test-copy"]:
        return _test_copy(words[1:])
    chosen = _parser().parse_args(words)
    try:
        return int(chosen.verb(chosen))
    except (Refused, PostgresUnavailable) as problem:
        sys.stderr.write(f"lopo: {problem}\n")
        return 2


def _replay(words: Sequence[str]) -> int:
    """Decide stored decisions again: the one verb of the law that reads the database."""
    import_module("lopo.jobs.law_desk").replay_parser().parse_args(words)  # --help and mistakes, before anything starts
    try:
        import_module("lopo.jobs.serve").prepare()
    except PostgresUnavailable as problem:
        sys.stderr.write(f"lopo: {problem}\n")
        return 2
    return int(import_module("lopo.jobs.law_replay").main(words))


def _linkage(words: Sequence[str]) -> int:
    """Train a model of linkage; only `--database` starts the database."""
    verb = import_module("lopo.jobs.linkage")
    if not verb.parser().parse_args(words).database:
        return int(verb.main(words))
    try:
        import_module("lopo.jobs.serve").prepare()
    except PostgresUnavailable as problem:
        sys.stderr.write(f"lopo: {problem}\n")
        return 2
    return int(verb.main(words, import_module("lopo.jobs.linkage_training").train_of_programme))


def _test_copy(words: Sequence[str]) -> int:
    """Write a copy of the database for trying out into an empty one."""
    try:
        import_module("lopo.jobs.serve").prepare()
    except PostgresUnavailable as problem:
        sys.stderr.write(f"lopo: {problem}\n")
        return 2
    return int(import_module("lopo.jobs.test_copy").main(words))


def _on_this_day(module: str, words: Sequence[str]) -> int:
    """Run a verb that writes to the database on the day at the door."""
    verb = import_module(f"lopo.jobs.{module}")
    verb.parser().parse_args(words)  # --help and mistakes, before anything starts
    try:
        import_module("lopo.jobs.serve").prepare()
    except PostgresUnavailable as problem:
        sys.stderr.write(f"lopo: {problem}\n")
        return 2
    return int(verb.main(words, on=import_module("lopo.web.door").today()))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="lopo", description="Perlindungan pekerja rentan, dari daftar sampai klaim.")
    verbs = parser.add_subparsers(required=True, metavar="VERB")
    demo = verbs.add_parser("demo", help="play the story of Kota Kupang 2025, then serve it")
    demo.add_argument("--no-serve", action="store_true", help="print the summary and exit")
    demo.add_argument("--json", action="store_true", help="print the summary as one JSON object")
    demo.add_argument("--lists", default="demo/lists", help="folder with usulan/ and acuan/")
    _address(demo)
    demo.set_defaults(verb=_demo)
    serve = verbs.add_parser("serve", help="serve the web and run the background work")
    _address(serve)
    serve.set_defaults(verb=_serve)
    verbs.add_parser("migrate", help="bring the tables up to date").set_defaults(verb=_migrate)
    verbs.add_parser("stop", help="stop the embedded database").set_defaults(verb=_stop)
    verbs.add_parser("screen", help="screen lists without a database: lopo screen --help", add_help=False)
    verbs.add_parser("synth", help="write an invented city: lopo synth --help", add_help=False)
    verbs.add_parser("linkage", help="train a model of linkage: lopo linkage train --help", add_help=False)
    verbs.add_parser("poverty", help="load poor people by kecamatan: lopo poverty --help", add_help=False)
    verbs.add_parser("appoint", help="appoint the first officers: lopo appoint --help", add_help=False)
    verbs.add_parser("test-copy", help="copy the database without its people: lopo test-copy --help", add_help=False)
    verbs.add_parser("law", help="ask the law without a database: lopo law --help", add_help=False)
    return parser


def _address(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)


def _demo(chosen: argparse.Namespace) -> int:
    serving = import_module("lopo.jobs.serve")
    serving.prepare()
    shown = import_module("lopo.demo.show")
    code = int(shown.play(lists=chosen.lists, as_json=chosen.json))
    if code or chosen.no_serve:
        serving.stop()
        return code
    os.environ.setdefault("LOPO_TODAY", shown.LAST_DAY.isoformat())
    shown.welcome(host=chosen.host, port=chosen.port)
    return int(serving.serve(host=chosen.host, port=chosen.port))


def _serve(chosen: argparse.Namespace) -> int:
    serving = import_module("lopo.jobs.serve")
    serving.prepare()
    return int(serving.serve(host=chosen.host, port=chosen.port))


def _migrate(_chosen: argparse.Namespace) -> int:
    import_module("lopo.jobs.serve").prepare()
    return 0


def _stop(_chosen: argparse.Namespace) -> int:
    stopped = import_module("lopo.jobs.serve").stop()
    sys.stderr.write("stopped\n" if stopped else "nothing was running\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
