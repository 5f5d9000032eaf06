"""One row in doubt beside the persons it may be: answered with a key, taken back until checked, checked by another."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from lopo.targeting.actions import settling
from lopo.targeting.queries import doubts as queries
from lopo.targeting.queries.doubts import Doubt, LikelyRow, SettlingRow
from lopo.targeting.queries.programmes import ProgrammeRow, programme_of_row
from lopo.targeting.reasons import texts_of
from lopo.web import cells
from lopo.web.door import Visitor, desk
from lopo.web.doubt_naming import found_persons
from lopo.web.doubt_words import apart, levels_said, likelihood_said, registers_said
from lopo.web.doubts import asked_text, filters_of, places, wanted
from lopo.web.frame import area_name, crumbs
from lopo.web.rows import reason_sentence, to_do
from lopo.web.table import Ask, ask
from lopo.web.whole_nik import reveal
from lopo.web.words import mark_of

SEEN: tuple[tuple[str, str | Promise], ...] = (
    ("data", _("data di layar saja")),
    ("ktp", _("KTP atau fotonya")),
    ("kk", _("kartu keluarga")),
    ("temu", _("bertemu orangnya")),
)


@dataclass(frozen=True)
class Line:
    """One thing that the row and a person both say: its title, both sides with what differs marked, whether it does."""

    title: str
    written: SafeString
    known: SafeString
    differs: bool


@dataclass(frozen=True)
class Card:
    """One person as the page shows him; `open` is False for somebody who lives outside the officer's area."""

    place: int
    name: str
    lines: tuple[Line, ...]
    levels: tuple[tuple[str, str], ...]
    registers: tuple[tuple[str, str], ...]
    score: int
    likely: str
    steps: tuple[str, ...]
    open: bool
    nik_end: str
    chosen: bool
    needs_decile: bool
    entry: bool
    family_decile: int | None


def _found(who: Visitor, row_id: int) -> tuple[ProgrammeRow, Doubt]:
    programme = programme_of_row(row_id)
    found = queries.doubt(row_id, places(who))
    if programme is None or found is None:
        raise Http404
    return programme, found


@desk("doubt.settle", "doubt.check")
def doubt(request: HttpRequest, who: Visitor, row_id: int) -> HttpResponse:
    """Show one row and whom it may be; a whole NIK only for a reason, which the diary keeps."""
    programme, found = _found(who, row_id)
    whole = reveal(request, who, "targeting.row", row_id, found.area_code)
    asked = ask(request, filters_of(who, programme.id))
    waits = found.open_answer
    mine = waits is not None and waits.made_by_id == who.officer.id
    everywhere = who.may_in("doubt.settle", programme.area_code) or who.may_in("doubt.check", programme.area_code)
    chosen = waits.nik if waits else ""
    cards = tuple(_card(who, found, one, everywhere=everywhere, whole=whole, chosen=chosen) for one in found.persons)
    may_answer = waits is None and found.verdict == "perlu_cek" and who.may_in("doubt.settle", found.area_code)
    search = " ".join(request.GET.get("siapa", "").split())
    context: dict[str, Any] = {
        "doubt": found,
        "cards": cards,
        "reasons": [(text, reason_sentence(text), to_do(text)) for text in texts_of(found.reasons)],
        "waits": waits,
        "mine": mine,
        "may_answer": may_answer,
        "asked_name": search,
        "residents": found_persons(who, search) if may_answer else (),
        "may_check": waits is not None and not mine and who.may_in("doubt.check", found.area_code),
        "may_open": waits is None and found.standing_answer and who.may_in("doubt.settle", found.area_code),
        "needs_decile": any(card.needs_decile for card in cards),
        "has_entry": any(card.entry for card in cards),
        "may_see_nik": who.may_in("people.see_nik", found.area_code),
        "whole": whole,
        "seen": SEEN,
        "seen_said": dict(SEEN).get(waits.seen, "") if waits else "",
        "deciles": range(1, 11),
        "progress": queries.doubts_progress(places(who), programme.id),
        "last": queries.last_answer(who.officer.id, programme.id),
        "tail": asked_text(asked),
        "crumbs": crumbs(found.area_code),
    }
    return render(request, "doubt.html", context)


def _card(who: Visitor, found: Doubt, one: LikelyRow, *, everywhere: bool, whole: bool, chosen: str) -> Card:
    seen = everywhere or who.may_in("people.read", one.area_code)
    family = one.levels.get("desil_keluarga")
    likely, steps = likelihood_said(one.levels)
    return Card(
        place=one.place,
        name=one.name if seen else cells.name_masked(one.name),
        lines=tuple(_lines(found, one, whole=whole)) if seen else (),
        levels=tuple(levels_said(one.levels)),
        registers=tuple(registers_said(one.facts, one.stands_in, family)) if seen else (),
        score=one.score,
        likely=likely,
        steps=steps,
        open=seen,
        nik_end=one.nik[-4:] if seen else "",
        chosen=bool(chosen) and chosen == one.nik,
        needs_decile=one.facts.get("desil") is None,
        entry=bool(one.facts.get("entri_ragu")),
        family_decile=family if seen else None,
    )


def _lines(found: Doubt, one: LikelyRow, *, whole: bool) -> Iterable[Line]:
    """Give what the row and the person say, side by side."""
    said = found.fields

    def line(title: str, written: object, known: str, *, hide: bool = False) -> Line:
        left, right = str(written or ""), known
        marked = apart(left, right, hide=hide and not whole)
        return Line(title, *marked, differs=bool(left) and left.upper() != right.upper())

    sexes = {"L": gettext("laki-laki"), "P": gettext("perempuan")}
    born = one.born.strftime("%d/%m/%Y") if one.born else ""
    yield line(gettext("Nama"), said.get("nama"), one.name)
    yield line("NIK", said.get("nik"), one.nik, hide=True)
    yield line(gettext("Tanggal lahir"), _day(str(said.get("tgl_lahir") or "")), born)
    if said.get("jenis_kelamin"):
        yield line(gettext("Jenis kelamin"), said["jenis_kelamin"], one.sex)
    else:
        yield Line(gettext("Jenis kelamin"), apart("", "")[0], SafeString(sexes.get(one.sex, "–")), differs=False)
    yield line(gettext("Nomor KK"), said.get("no_kk"), one.no_kk, hide=True)
    yield line(gettext("Kelurahan"), said.get("kelurahan"), area_name(one.area_code) if one.area_code else "")


def _day(text: str) -> str:
    """Give a day of three numbers (1968-09-06, 6/9/1968) as the registers' days are written here, else as it came."""
    parts = text.replace(".", "/").replace("-", "/").split("/")
    if len(parts) != 3 or not all(part.isdecimal() for part in parts):
        return text
    day = reversed(parts) if len(parts[0]) == 4 else parts
    return "/".join(part.zfill(2) for part in day)


@desk("doubt.settle")
@require_POST
def answer(request: HttpRequest, who: Visitor, row_id: int) -> HttpResponse:
    """Take an answer and go on to the next row."""
    programme, found = _found(who, row_id)
    given = request.POST
    kind = given.get("jawaban", "")
    place = given.get("orang", "")
    nik = next((one.nik for one in found.persons if str(one.place) == place), "") if kind == "sama" else ""
    decile = given.get("desil", "")
    said = settling.Answer(
        row_id, kind, nik, given.get("lihat", "") if kind == "sama" else "", " ".join(given.get("alasan", "").split()),
        int(decile) if kind == "sama" and decile.isdecimal() and len(decile) < 3 else None,
        kind == "sama" and given.get("entri") == "lain",
    )  # fmt: skip
    settling.answer_doubt(by=who.officer, on=who.on, answer=said)
    told = {
        "sama": gettext("Jawaban disimpan; petugas kedua akan memeriksa."),
        "beda": gettext("Disimpan sebagai bukan salah satu; petugas kedua akan memeriksa."),
        "tunda": gettext("Ditunda; baris ini datang lagi paling akhir."),
        "buka": gettext("Permintaan membuka lagi disimpan; petugas kedua akan memeriksa."),
    }
    messages.success(request, told.get(kind, gettext("Jawaban disimpan; petugas kedua akan memeriksa.")))
    return _onward(request, who, programme, row_id)


@desk("doubt.check")
@require_POST
def check(request: HttpRequest, who: Visitor, row_id: int) -> HttpResponse:
    """Agree with the answer of another officer, or send it back."""
    programme, found = _found(who, row_id)
    number = request.POST.get("jawaban", "")
    agree = request.POST.get("setuju") == "ya"
    one = next((one for one in found.answers if str(one.id) == number), None)
    if one is None:
        raise Http404
    note = " ".join(request.POST.get("catatan", "").split())
    done = settling.check_answer(by=who.officer, on=who.on, settling_id=one.id, agree=agree, note=note)
    messages.success(request, _outcome(one, done, agree=agree))
    return _onward(request, who, programme, row_id)


def _outcome(one: SettlingRow, done: settling.Checked, *, agree: bool) -> str:
    if not agree:
        return gettext("Dikembalikan; baris ini menunggu jawaban lagi.")
    if done.verdict == "diterima":
        return gettext("Disetujui. Menurut aturan program, orang ini diterima.")
    if done.verdict:
        words = "; ".join(reason_sentence(text) for text in texts_of(done.reasons))
        verdict = mark_of(done.verdict).word
        return gettext("Disetujui. Menurut aturan program: %(verdict)s. %(why)s") % {"verdict": verdict, "why": words}
    if one.answer == "buka":
        return gettext("Disetujui. Pemeriksaan berikutnya menanyakan baris ini lagi.")
    if one.answer == "beda":
        return gettext("Disetujui. Orang-orang ini tidak ditanyakan lagi untuk baris ini.")
    return gettext("Disetujui. Pemeriksaan berikutnya memakai jawaban ini.")


@desk("doubt.settle")
@require_POST
def take_back(request: HttpRequest, who: Visitor, row_id: int) -> HttpResponse:
    """Take back one's own answer and show the row again."""
    _programme, found = _found(who, row_id)
    number = request.POST.get("jawaban", "")
    if not any(str(one.id) == number for one in found.answers):
        raise Http404
    settling.take_back_answer(by=who.officer, on=who.on, settling_id=int(number))
    messages.success(request, gettext("Jawaban ditarik; baris ini dapat dijawab lagi."))
    return redirect("ragu_baris", row_id=row_id)


def _onward(request: HttpRequest, who: Visitor, programme: ProgrammeRow, row_id: int) -> HttpResponse:
    """Go to the next row of the same queue, back to the queue where none is left."""
    asked: Ask = ask(request, filters_of(who, programme.id))
    coming = queries.next_doubt(wanted(who, programme.id, asked), after=row_id)
    if coming is None or coming == row_id:
        return redirect(reverse("ragu") + asked_text(asked))
    return redirect(reverse("ragu_baris", args=[coming]) + asked_text(asked))
