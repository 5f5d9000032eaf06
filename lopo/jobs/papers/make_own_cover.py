"""Sets one member's own cover on a sheet that he keeps: in large type, with what it gives today and why."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any, Final

from lopo.basics.calendar import date_long, date_text
from lopo.basics.money import rupiah_text
from lopo.basics.refusal import Refused
from lopo.financing.queries import StripMonth
from lopo.financing.queries.own_cover import OwnCover, own_cover
from lopo.jobs.papers.keeping import PDF, file_name, keep_once
from lopo.jobs.papers.offices import REPORT_TO, office_of
from lopo.jobs.papers.setting import set_pdf
from lopo.law.decision import Decision, Step
from lopo.law.heirs import ORDER_SOURCE
from lopo.staff import queries as staff
from lopo.staff.actions import Paper

_TOLD: Final = {
    "penuh": "Anda terlindungi penuh.",
    "masa_tunggu": "Anda terlindungi. Santunan kematian belum penuh.",
    "gugur": "Perlindungan Anda gugur karena iuran terlalu lama tidak dibayar.",
    "belum": "Perlindungan Anda belum mulai.",
    "berakhir": "Kepesertaan Anda dalam program ini sudah berakhir.",
}
_NEXT: Final = {
    "penuh": "Simpan kartu Anda. Tidak ada yang perlu Anda bayar.",
    "masa_tunggu": "Sampai penuh, kematian yang bukan karena kerja hanya dibayar biaya pemakamannya.",
    "gugur": "Tanyakan ke kelurahan apakah pemerintah mendaftarkan Anda lagi.",
    "belum": "Tanyakan ke kelurahan kapan nomor peserta terbit dan iuran pertama dibayar.",
    "berakhir": "Tanyakan ke kelurahan siapa yang meneruskan iuran Anda.",
}
_IN_ARREARS: Final = "Berobat karena kecelakaan kerja tetap dijamin. Tanyakan ke kelurahan kapan iuran dibayar."
_CARE: Final = "berobat sampai sembuh, tanpa batas biaya"


def make_own_cover(*, by: staff.Officer, on: date, person_id: int, membership_id: int) -> uuid.UUID:
    """Keep the sheet of one member about himself and give its id. Needs `coverage.read` where he lives.

    Refused: no such member, or a membership that is not his.
    """
    found = own_cover(person_id, on=on)
    if found is None or found.membership_id != membership_id:
        raise Refused("belum_peserta", "Orang ini belum menjadi peserta.")
    staff.require(by, "coverage.read", on=on, area_code=found.area_code)
    name = f"{file_name('perlindungan', str(membership_id), on.isoformat())}.pdf"
    paper = Paper("perlindungan", "coverage.membership", membership_id, name, PDF, own_cover_pdf(found))
    return keep_once(by=by, on=on, paper=paper)


def own_cover_pdf(own: OwnCover) -> bytes:
    """Give the sheet as PDF on A5, with its structure for screen readers."""
    data = {
        "office": office_of(own.area_code).data(),
        "name": own.name,
        "kpj": own.kpj,
        "dated": date_long(own.on),
        "state": _TOLD.get(own.state, f"Iuran Anda belum dibayar {len(own.cover.unpaid)} bulan."),
        "next": _NEXT.get(own.state, _IN_ARREARS),
        "until": _until(own),
        "gives": _gives(own),
        "report_to": REPORT_TO,
        "order_source": ORDER_SOURCE,
        "months": [[one.month.text(), _month(one), one.payer_name if one.paid_on else ""] for one in own.months],
        "unsure": bool(own.death.open_questions or own.at_work.open_questions),
    }
    return set_pdf("own_cover", data, on=own.on, tagged=True)


def _until(own: OwnCover) -> list[list[str]]:
    rows = [["Iuran dibayar sampai", own.paid_until.text() if own.paid_until else "belum ada"]]
    if own.lapses_on is not None:
        rows.append(["Hak gugur bila tidak dibayar lagi", f"sesudah {date_text(own.lapses_on)}"])
    if own.cover.full_from is not None and own.care:
        rows.append(["Santunan kematian penuh", f"mulai {date_text(own.cover.full_from)}"])
    return rows


def _gives(own: OwnCover) -> list[dict[str, Any]]:
    care = _CARE if own.care else "belum ada"
    return [
        {"what": "Kecelakaan saat bekerja", "gives": care, "why": "PP 44/2015 Pasal 25, Lampiran III"},
        {"what": "Meninggal karena kecelakaan kerja", **_amount(own.at_work, own.work_parts, own.settled.jkk_settled)},
        {"what": "Meninggal karena sebab lain", **_amount(own.death, own.death_parts, own.settled.jkm_settled)},
    ]


def _amount(decision: Decision, parts: tuple[Step, ...], settled: int) -> dict[str, str]:
    """Give an amount with what it is made of and why it is not more, each with its article.

    Where arrears hold a part back the sum after they are paid stands beside it.
    """
    made_of = [f"{one.label} {one.text()} ({one.source})" for one in parts if one.value]
    why_less = [f"{one.sentence} ({one.article})" for one in decision.reasons]
    now = decision.amount(decision.targets[0])
    later = f"; {rupiah_text(settled)} setelah tunggakan dilunasi" if settled > now else ""
    return {"gives": f"{rupiah_text(now)}{later}", "why": "; ".join([*made_of, *why_less])}


def _month(one: StripMonth) -> str:
    if one.paid_on is not None:
        return f"dibayar {date_text(one.paid_on)}" + (", terlambat" if one.late else "")
    words = {"mendatang": "belum tiba", "ditagih": f"jatuh tempo {date_text(one.due_on)}", "bukan": "bukan peserta"}
    return words.get(one.kind, "gugur" if one.kind == "gugur" else "belum dibayar")
