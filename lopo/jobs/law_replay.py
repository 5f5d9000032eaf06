"""The verb `lopo law replay`: all stored decisions decided once more, and what each that differs differs by."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from lopo.basics.money import rupiah_text
from lopo.claims.queries import Changed, OtherAnswer, Replay, replay
from lopo.jobs.law_desk import chosen_law, replay_parser
from lopo.law.errors import LawDefect
from lopo.law.origins import Origin

NO_LAW = "-"


def main(argv: Sequence[str] | None = None) -> int:
    """Decide all again and say what differs; 0 when it was done (whatever differs), 2 when the call is refused."""
    chosen = replay_parser().parse_args(argv)
    try:
        law = chosen_law(chosen)
    except (LawDefect, OSError) as problem:
        sys.stderr.write(f"lopo law: {problem}\n")
        return 2
    again = replay(chosen.on or date.max, law)
    sys.stdout.write(_as_json(again) if chosen.form == "json" else said(again))
    return 0


def said(again: Replay) -> str:
    """What came out, as lines: each decision that differs with its answers and where the difference begins."""
    lines = [line for one in again.changed for line in _lines(one)]
    by_other = f", {again.other_law} di antaranya semula diputus dengan naskah hukum lain" if again.other_law else ""
    lines.append(f"{again.decided} keputusan diputus ulang{by_other}; {len(again.changed)} akan lain hasilnya.")
    if again.before != again.after:
        lines.append(f"Jumlah manfaat semua keputusan: {rupiah_text(again.before)} -> {rupiah_text(again.after)}.")
    return "\n".join([*lines, ""])


def _lines(one: Changed) -> list[str]:
    new = f"edisi {one.new_edition or NO_LAW} ({one.new_hash[:12] or NO_LAW})"
    head = f"{one.case_code} ({one.state}), menurut hukum {one.legal_day}: "
    return [
        f"{head}edisi {one.edition} ({one.law_hash[:12]}) -> {new}",
        *(f"  {_answer(answer)}" for answer in one.answers),
        *(f"  karena {_origin(origin)}" for origin in one.origins),
    ]


def _answer(one: OtherAnswer) -> str:
    before, after = (
        rupiah_text(int(text)) if text.lstrip("-").isdecimal() else text or "(tidak ada)"
        for text in (one.before, one.after)
    )
    return f"{one.what}: {before} -> {after}"


def _origin(one: Origin) -> str:
    change = f"{one.before or '(tidak ada)'} -> {one.after or '(tidak ada)'}"
    if one.before == one.after:
        change = "isi tabelnya lain"
    return f"{one.kind} {one.name} - {one.label}: {change} ({one.source}; {one.status})"


def _as_json(again: Replay) -> str:
    return json.dumps(asdict(again), ensure_ascii=False, default=_plain, indent=2) + "\n"


def _plain(value: Any) -> str:  # noqa: ANN401 - days and identifiers
    return value.isoformat() if isinstance(value, date) else str(value)
