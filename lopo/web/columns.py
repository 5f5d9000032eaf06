"""The page on which an officer shows what the columns of a sheet mean: guessed, shown, corrected, remembered."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lopo.basics.refusal import Refused
from lopo.targeting import actions, queries
from lopo.targeting.batch.guess import guess, preview
from lopo.targeting.batch.headers import UNUSED, fingerprint, headless
from lopo.targeting.batch.lists import Row
from lopo.targeting.queries import SheetTop
from lopo.web import cells
from lopo.web.door import Visitor, desk
from lopo.web.refusals import NOT_ALLOWED
from lopo.web.works import Job, begin

MEANINGS: dict[str, str | Promise] = {
    "nama": _("Nama"),
    "nik": _("NIK"),
    "no_kk": _("Nomor KK"),
    "tgl_lahir": _("Tanggal lahir"),
    "tempat_lahir": _("Tempat lahir"),
    "tempat_lahir+tgl_lahir": _("Tempat dan tanggal lahir"),
    "jenis_kelamin": _("Jenis kelamin"),
    "nama_ibu": _("Nama ibu kandung"),
    "alamat": _("Alamat"),
    "kelurahan": _("Kelurahan"),
    "rt": _("RT"),
    "rw": _("RW"),
    "rt+rw": _("RT/RW dalam satu kolom"),
    "pekerjaan": _("Pekerjaan"),
    "pekerjaan_2": _("Pekerjaan kedua"),
    "lokasi_pekerjaan": _("Lokasi pekerjaan"),
    "penghasilan": _("Penghasilan"),
    "hp": _("Nomor HP"),
    "email": _("Surel"),
    "kode_paket": _("Kode paket"),
    "bulan_iuran": _("Bulan iuran"),
    "no": _("Nomor urut"),
    "keterangan": _("Keterangan"),
    UNUSED: _("tidak dipakai"),
}
_MOST_COLUMNS = 60
_SAMPLES = 3
_PREVIEWED = 8
_HEADER_CELLS = 4
_LONG_NUMBER = 10
_PREVIEW = ("nama", "nik", "tgl_lahir", "pekerjaan")


@dataclass(frozen=True)
class ColumnAsked:
    """One column on the page: its place, letter and title, some of its cells, and the meaning chosen."""

    at: int
    letter: str
    title: str
    samples: tuple[str, ...]
    chosen: str


@dataclass(frozen=True)
class Chosen:
    """What stands in the form: the line of the header (0 none) and the meaning of each column by place."""

    header_line: int
    meanings: dict[int, str]

    def columns(self) -> tuple[tuple[int, tuple[str, ...]], ...]:
        """Give the columns that mean something, as readings keep them."""
        return tuple((at, tuple(said.split("+"))) for at, said in sorted(self.meanings.items()) if said)


@desk("lists.receive")
def columns(request: HttpRequest, who: Visitor, list_id: int) -> HttpResponse:
    """Show the top of a sheet with the meaning of each column, to be corrected, previewed and remembered."""
    tops = queries.sheet_tops(list_id, who.areas("lists.receive"))
    detail = queries.list_detail(list_id, who.areas("lists.receive"))
    if not tops or detail is None:
        raise Http404
    asked = request.POST if request.method == "POST" else request.GET
    place = int(asked["lembar"]) if asked.get("lembar", "").isdigit() else 0
    top = tops[place] if place < len(tops) else tops[0]
    chosen = _chosen(request.POST, top) if request.method == "POST" else _first_choice(top)
    problem = ""
    if request.method == "POST" and request.POST.get("aksi") in ("simpan", "lewati"):
        try:
            return _remember(request.POST["aksi"], who, (list_id, detail.row.file), top, chosen)
        except Refused as refusal:
            if refusal.code == NOT_ALLOWED:
                raise PermissionDenied from refusal
            problem = refusal.sentence
    context = {
        "list": detail, "tops": [(at, one.sheet, at == tops.index(top)) for at, one in enumerate(tops)],
        "place": tops.index(top), "top": top, "columns": _asked(top, chosen), "chosen": chosen, "problem": problem,
        "header_choices": _header_choices(top), "meanings": MEANINGS.items(), "preview": _preview(top, chosen),
        "preview_heads": [MEANINGS[name] for name in _PREVIEW],
    }  # fmt: skip
    return render(request, "columns.html", context, status=422 if problem else 200)


def _remember(aksi: str, who: Visitor, which: tuple[int, str], top: SheetTop, chosen: Chosen) -> HttpResponse:
    """Keep the reading and read the list again in the background."""
    rows = tuple(line for _, line in top.lines)
    header = next((line for number, line in top.lines if number == chosen.header_line), ())
    found = fingerprint(header) if chosen.header_line else headless(rows)
    skipped = aksi == "lewati"
    if skipped and not chosen.header_line:
        guessed = guess(top.lines).header_line
        found = fingerprint(next((line for number, line in top.lines if number == guessed), ())) or headless(rows)
    reading = actions.NewReading(found, () if skipped else chosen.columns(), skipped)
    list_id, file = which
    actions.remember_readings(by=who.officer, on=who.on, list_id=list_id, readings=(reading,))
    return begin(who, Job("lopo.read_again", gettext("Membaca ulang %(file)s") % {"file": file}, {"list_id": list_id}))


def _chosen(asked: QueryDict, top: SheetTop) -> Chosen:
    """Take the form as it was sent; anything that is no choice of ours is left out."""
    lines = {number for number, _ in top.lines}
    given = asked.get("kepala", "")
    header = int(given) if given.isdigit() else 0
    if asked.get("aksi") == "tebak":
        below = tuple((number, line) for number, line in top.lines if number >= header)
        return Chosen(header if header in lines else 0, _joined(guess(below).meanings))
    said = {at: asked.get(f"k{at}", "") for at in range(_width(top))}
    meanings = {at: meaning for at, meaning in said.items() if meaning in MEANINGS}
    return Chosen(header if header in lines else 0, meanings)


def _first_choice(top: SheetTop) -> Chosen:
    """Begin with how the sheet was read, else with a guess."""
    if top.header_line is not None and top.columns:
        return Chosen(top.header_line, {at: "+".join(said) for at, said in top.columns if "+".join(said) in MEANINGS})
    guessed = guess(top.lines)
    return Chosen(guessed.header_line, _joined(guessed.meanings))


def _joined(meanings: tuple[tuple[str, ...], ...]) -> dict[int, str]:
    return {at: "+".join(said) for at, said in enumerate(meanings) if "+".join(said) in MEANINGS}


def _width(top: SheetTop) -> int:
    widest = max((at + 1 for _, line in top.lines for at, cell in enumerate(line) if cell), default=0)
    return min(_MOST_COLUMNS, widest)


def _asked(top: SheetTop, chosen: Chosen) -> list[ColumnAsked]:
    header: tuple[str, ...] = next((line for number, line in top.lines if number == chosen.header_line), ())
    below = [line for number, line in top.lines if number > chosen.header_line]
    found = []
    for at in range(_width(top)):
        samples = [_shown(line[at]) for line in below if at < len(line) and line[at]]
        title = header[at] if at < len(header) else ""
        said = chosen.meanings.get(at, "")
        found.append(ColumnAsked(at, _letter(at), title, tuple(samples[:_SAMPLES]), said))
    return found


def _header_choices(top: SheetTop) -> list[tuple[int, str]]:
    """Give the lines that may be the header, each with its first cells."""
    lines = [(number, [cell for cell in line if cell]) for number, line in top.lines]
    return [(number, " | ".join(_shown(cell) for cell in line[:_HEADER_CELLS])[:80]) for number, line in lines if line]


def _preview(top: SheetTop, chosen: Chosen) -> list[tuple[Row, list[tuple[str | Promise, str]]]]:
    rows = preview(top.lines, chosen.header_line, chosen.columns())[:_PREVIEWED]
    return [(row, [(MEANINGS[name], _shown(getattr(row.fields, name, ""))) for name in _PREVIEW]) for row in rows]


def _shown(cell: str) -> str:
    """Give a cell short, a long number in it masked."""
    digits = "".join(letter for letter in cell if letter.isdigit())
    return cells.masked(digits) if len(digits) >= _LONG_NUMBER else cell[:60]


def _letter(at: int) -> str:
    """Name a column as a spreadsheet does: A, B, ... AA."""
    return (_letter(at // 26 - 1) if at >= 26 else "") + chr(65 + at % 26)
