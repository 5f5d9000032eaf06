"""How a row and a person agree and what the registers say, in words; what differs is marked letter by letter."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from difflib import SequenceMatcher
from typing import Any

from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from lopo.people.batch.likelihood import REGISTER_MODEL
from lopo.people.batch.waterfall import percent, signed, steps_of
from lopo.web.cells import DOT, day_text

LEVELS: dict[str, dict[str, str | Promise]] = {
    "nik_level": {
        "sama": _("NIK sama"),
        "potong": _("NIK sama sejauh 15 angka; angka terakhir dipotong lembar kerja"),
        "satu": _("NIK berbeda satu angka"),
        "dua": _("NIK berbeda dua angka, atau dua angka tertukar"),
        "kosong": _("NIK tidak tertulis"),
        "lain": _("NIK lain"),
    },
    "name_level": {
        "sama": _("nama sama"),
        "ejaan": _("nama sama dengan ejaan atau urutan lain"),
        "singkat": _("nama disingkat"),
        "singkat_mirip": _("nama disingkat dan mirip"),
        "mirip": _("nama mirip"),
        "lain": _("nama lain"),
    },
    "born_level": {
        "sama": _("tanggal lahir sama"),
        "sama_umum": _("tanggal lahir sama, tetapi tanggal yang dipakai bila tidak diketahui"),
        "tukar": _("tanggal dan bulan lahir tertukar"),
        "bagian": _("tanggal lahir sama dua dari tiga bagian"),
        "kosong": _("tanggal lahir tidak tertulis"),
        "lain": _("tanggal lahir lain"),
    },
}
MARKS: dict[str, str | Promise] = {
    "same_kk": _("nomor KK sama"),
    "other_kk": _("nomor KK lain"),
    "same_place": _("kelurahan sama"),
    "other_sex": _("jenis kelamin lain"),
}
AGREE = ("sama", "potong", "ejaan")
_PLAIN_ENDS = 4


def levels_said(levels: dict[str, Any]) -> list[tuple[str, str]]:
    """Say how a row and a person agree: each with its tone (fine, wait, urgent, plain)."""
    said = []
    for name, words in LEVELS.items():
        level = str(levels.get(name) or "")
        if level in words:
            said.append((_tone(level), str(words[level])))
    tones = {"same_kk": "fine", "same_place": "fine", "other_kk": "wait", "other_sex": "urgent"}
    said += [(tones[name], str(word)) for name, word in MARKS.items() if levels.get(name)]
    return said


def likelihood_said(levels: dict[str, Any]) -> tuple[str, tuple[str, ...]]:
    """Say how likely it is the person, and what each comparison adds; empty for a screening that did not ask."""
    if "steps" not in levels:
        return "", ()
    language = 0 if (get_language() or "id").startswith("id") else 1
    steps = steps_of(levels["steps"], REGISTER_MODEL.words)
    total = signed(sum(step.bits for step in steps), language)
    said = [step.told(language) for step in steps if step.level != "kosong"]
    model = gettext("model: %(name)s") % {"name": levels["model"]} if "model" in levels else ""
    told = (*said, gettext("jumlah: %(n)s") % {"n": total}, *([model] if model else []))
    return percent(levels["match_probability"], language), told


def _tone(level: str) -> str:
    if level in AGREE:
        return "fine"
    return {"lain": "urgent", "kosong": "plain"}.get(level, "wait")


def registers_said(facts: dict[str, Any], stands_in: str, family_decile: int | None) -> list[tuple[str, str]]:
    """Say what the registers know of a person: each with its tone."""
    said: list[tuple[str, str]] = []
    if stands_in != "penduduk":
        said.append(("urgent", gettext("tidak ada di data kependudukan kota")))
    days: tuple[tuple[str, Callable[[str], str]], ...] = (
        ("tgl_meninggal", lambda day: gettext("meninggal %(day)s menurut akta") % {"day": day}),
        ("tgl_pindah", lambda day: gettext("pindah keluar %(day)s") % {"day": day}),
        ("aktif_pu_sejak", lambda day: gettext("peserta BPJS penerima upah sejak %(day)s") % {"day": day}),
        ("aktif_bpu_sejak", lambda day: gettext("peserta BPJS mandiri sejak %(day)s") % {"day": day}),
    )
    for name, words in days:
        if facts.get(name):
            said.append(("urgent", words(day_text(date.fromisoformat(facts[name])))))
    if facts.get("terdaftar_asn"):
        said.append(("urgent", gettext("ASN, TNI atau Polri")))
    if facts.get("alamat_di_luar"):
        said.append(("urgent", gettext("alamatnya di luar wilayah program")))
    if facts.get("entri_ragu"):
        said.append(("wait", gettext("ada entri register yang mungkin miliknya, belum pasti")))
    return [*said, _decile_said(facts, family_decile)]


def _decile_said(facts: dict[str, Any], family_decile: int | None) -> tuple[str, str]:
    decile = facts.get("desil")
    if decile is not None:
        outside = decile > (facts.get("desil_program") or decile)
        return ("urgent" if outside else "fine", gettext("desil %(n)d") % {"n": decile})
    if family_decile is not None:
        return ("wait", gettext("desil tidak diketahui; keluarganya desil %(n)d") % {"n": family_decile})
    return ("wait", gettext("desil tidak diketahui"))


def apart(written: str, known: str, *, hide: bool = False) -> tuple[SafeString, SafeString]:
    """Write two texts with the letters that differ marked; with `hide` only the ends of numbers are readable.

    What differs is marked under the dots too, so that two masked numbers can be compared. Beside nothing nothing is
    marked.
    """
    if not written or not known:
        return _whole(written, hide=hide), _whole(known, hide=hide)
    matcher = SequenceMatcher(None, written.upper(), known.upper(), autojunk=False)
    left, right = [], []
    for kind, a, b, c, d in matcher.get_opcodes():
        left.append((kind != "equal", _shown(written, a, b, hide=hide)))
        right.append((kind != "equal", _shown(known, c, d, hide=hide)))
    return _written(left), _written(right)


def _whole(text: str, *, hide: bool) -> SafeString:
    return format_html("{}", _shown(text, 0, len(text), hide=hide) or "–")


def _shown(text: str, start: int, end: int, *, hide: bool) -> str:
    if not hide or len(text) <= 2 * _PLAIN_ENDS:
        return text[start:end]
    return "".join(
        text[at] if at < _PLAIN_ENDS or at >= len(text) - _PLAIN_ENDS else DOT for at in range(start, end)
    )  # fmt: skip


def _written(parts: list[tuple[bool, str]]) -> SafeString:
    pieces = (format_html("<mark>{}</mark>", text) if differs else text for differs, text in parts if text)
    return format_html_join("", "{}", ((piece,) for piece in pieces)) or mark_safe("–")
