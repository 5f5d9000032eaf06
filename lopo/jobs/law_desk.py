"""The verb `lopo law`: explain one case, compute a file of cases, what changed, what is not sure, and a drawing."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from lopo.basics.refusal import Refused
from lopo.jobs.law_files import compute_file
from lopo.law import LAW
from lopo.law.decision import Answer, Decision, Json
from lopo.law.differences import Difference, differences
from lopo.law.engine import Law
from lopo.law.errors import CaseError, LawDefect
from lopo.law.explanation import as_html
from lopo.law.graph import svg
from lopo.law.marked_yaml import read_marked
from lopo.law.reforms import read_reform
from lopo.law.tables import FAULTS
from lopo.law.wording import ENGLISH, INDONESIAN

FORMS = ("text", "json", "html")


def main(argv: Sequence[str] | None = None) -> int:
    """Run one verb of the law; 0 when it was done, 2 when the call or the case is refused."""
    chosen = _parser().parse_args(argv)
    try:
        sys.stdout.write(chosen.verb(chosen, chosen_law(chosen)))
    except CaseError as problem:
        sys.stderr.write(f"lopo law: {problem.message} ({problem.code})\n")
        return 2
    except (Refused, LawDefect, OSError) as problem:
        sys.stderr.write(f"lopo law: {problem}\n")
        return 2
    return 0


def chosen_law(chosen: argparse.Namespace) -> Law:
    """The law, or the law with the reform that was named; LawDefect or OSError when that cannot be read."""
    return read_reform(chosen.reform, LAW).applied_to(LAW) if getattr(chosen, "reform", None) else LAW


def _explain(chosen: argparse.Namespace, law: Law) -> str:
    decision = law.decide(chosen.target, read_facts(chosen.facts, law), chosen.on)
    return _said(decision, chosen.form, chosen.language)


def _said(decision: Decision, form: str, language: str) -> str:
    if form == "json":
        return decision.to_json() + "\n"
    if form == "html":
        return as_html(decision, language) + "\n"
    return "\n".join([*decision.sentences(language), ""])


def read_facts(path: Path, law: Law) -> dict[str, Answer | None]:
    """Facts by name from a YAML or JSON file, each name once.

    LawDefect with file and line for what is no such file, UnknownFact or WrongType as the law says.
    """
    stored: dict[str, Json] = {}
    for name, entry in read_marked(path).mapping().items():
        value = entry.scalar()
        stored[name] = value if value is None or isinstance(value, int | str) else str(value)  # a day as ISO text
    return law.read_facts(stored)


def _compute(chosen: argparse.Namespace, law: Law) -> str:
    done = compute_file(law, chosen.target, chosen.on_column, chosen.source, chosen.out)
    lines = [f"{done.rows} baris, {done.answered} dengan jawaban; tertulis di {chosen.out}"]
    lines += [f"baris {row} tanpa jawaban: {why}" for row, why in done.unanswered]
    if (more := done.rows - done.answered - len(done.unanswered)) > 0:
        lines.append(f"dan {more} baris lain tanpa jawaban; lihat kolom {FAULTS}")
    return "\n".join([*lines, ""])


def _diff(chosen: argparse.Namespace, law: Law) -> str:
    found = differences(law, chosen.before, chosen.after)
    if not found:
        return f"Tidak ada yang berubah antara {chosen.before} dan {chosen.after}.\n"
    return "".join(_line(one) for one in found)


def _line(one: Difference) -> str:
    change = {
        "baru": f"baru: {one.after}",
        "dihapus": f"dihapus (sebelumnya {one.before})",
        "berubah": f"{one.before} -> {one.after}",
        "sumber": "angkanya tetap, sumbernya lain",
    }[one.how]
    return f"{one.kind} {one.name} - {one.label}: {change} ({one.source}; {one.status})\n"


def _open_questions(_: argparse.Namespace, law: Law) -> str:
    found = law.open_questions()
    lines = [
        f"{one.status}: {one.name} - {one.label} ({one.source}){f'. {one.note}' if one.note else ''}" for one in found
    ]
    return "\n".join([*lines, f"{len(found)} hal masih perlu dipastikan oleh ahli hukum.", ""])


def _graph(chosen: argparse.Namespace, law: Law) -> str:
    drawing = svg(law, chosen.target, chosen.on, chosen.language)
    if chosen.out is None:
        return drawing
    chosen.out.write_text(drawing, encoding="utf-8")
    return f"tertulis di {chosen.out}\n"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="lopo law", description="Hukum JKK dan JKM menurut hari.")
    verbs = parser.add_subparsers(required=True, metavar="VERB")
    explain = verbs.add_parser("explain", help="decide one case and say why")
    explain.add_argument("target", nargs="+", help="what to decide, such as jkm_total")
    explain.add_argument("--on", type=a_day, required=True, metavar="DAY")
    explain.add_argument("--facts", type=Path, required=True, metavar="FILE", help="YAML or JSON with the facts")
    explain.add_argument("--form", choices=FORMS, default="text")
    _language(explain)
    explain.set_defaults(verb=_explain)
    compute = verbs.add_parser("compute", help="decide every row of a csv or parquet file")
    compute.add_argument("target", nargs="+")
    compute.add_argument("--on-column", required=True, metavar="COLUMN", help="column with the legal day of each row")
    compute.add_argument("--in", dest="source", type=Path, required=True, metavar="FILE")
    compute.add_argument("--out", type=Path, required=True, metavar="FILE")
    compute.set_defaults(verb=_compute)
    for verb in (explain, compute):
        verb.add_argument("--reform", type=Path, metavar="FILE", help="decide by the law with these other numbers")
    diff = verbs.add_parser("diff", help="what changed between two days")
    diff.add_argument("before", type=a_day, metavar="DAY1")
    diff.add_argument("after", type=a_day, metavar="DAY2")
    diff.set_defaults(verb=_diff)
    verbs.add_parser("open-questions", help="what a lawyer must still confirm").set_defaults(verb=_open_questions)
    graph = verbs.add_parser("graph", help="the rules behind a target as SVG")
    graph.add_argument("target")
    graph.add_argument("--on", type=a_day, required=True, metavar="DAY")
    graph.add_argument("--out", type=Path, metavar="FILE")
    _language(graph)
    graph.set_defaults(verb=_graph)
    again = verbs.add_parser("replay", help="decide all stored decisions again (needs the database)", add_help=False)
    again.set_defaults(verb=_elsewhere)
    return parser


def _elsewhere(_: argparse.Namespace, __: Law) -> str:
    raise Refused("perlu_basis_data", "Keputusan tersimpan dibaca dari basis data: panggil sebagai `lopo law replay`.")


def replay_parser() -> argparse.ArgumentParser:
    """How `lopo law replay` is called; read before the database is started."""
    parser = argparse.ArgumentParser(
        prog="lopo law replay", description="Decide all stored decisions again and name each that would change."
    )
    parser.add_argument("--on", type=a_day, metavar="DAY", help="only decisions made up to this day (default: all)")
    parser.add_argument("--reform", type=Path, metavar="FILE", help="decide by the law with these other numbers")
    parser.add_argument("--form", choices=("text", "json"), default="text")
    return parser


def a_day(text: str) -> date:
    """A day such as 2025-07-01; argparse says what is wrong with any other text."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} bukan hari; tulis seperti 2025-07-01") from error


def _language(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--language", choices=(INDONESIAN, ENGLISH), default=INDONESIAN)


if __name__ == "__main__":
    sys.exit(main())
