"""The forms of a case - Formulir 3, 3a, 3b of JKK and 4 of JKM - filled as far as the case is known, as PDF.

They carry the questions of the forms in our own layout; what is not known stays a line to write on.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from lopo.basics.calendar import date_long
from lopo.basics.money import Rupiah, rupiah_text
from lopo.claims import queries as claims
from lopo.jobs.papers.setting import Office, set_pdf
from lopo.people import queries as people

REMARK: Final = "isian menurut formulir BPJS Ketenagakerjaan, tata letak Lopo"
Rows = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Section:
    """One part of a form: questions with answers ('' = to be written), and boxes to tick."""

    heading: str
    rows: Rows = ()
    checks: tuple[tuple[str, bool], ...] = ()


@dataclass(frozen=True, slots=True)
class FormPaper:
    """One form: its number, title and law, its parts, and who signs."""

    code: str
    title: str
    law: str
    sections: tuple[Section, ...]
    signers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """What a form is filled from."""

    case: claims.CasePage
    person: people.PersonRow
    office: Office


def form_pdf(paper: FormPaper, known: Known, *, on: date) -> bytes:
    """The form as PDF on A4, with its structure for screen readers."""
    data = {
        "office": known.office.data(),
        "code": paper.code,
        "title": paper.title,
        "law": paper.law,
        "case_code": known.case.code,
        "remark": REMARK,
        "sections": [
            {"heading": one.heading, "rows": [list(row) for row in one.rows], "checks": [list(c) for c in one.checks]}
            for one in paper.sections
        ],
        "signers": list(paper.signers),
    }
    return set_pdf("case_form", data, on=on, tagged=True)


def _day(day: date | None) -> str:
    return date_long(day) if day else ""


def _member(known: Known) -> Section:
    case, person = known.case, known.person
    home = "/".join(part for part in (person.rt and f"RT {person.rt}", person.rw and f"RW {person.rw}") if part)
    rows = (
        ("Nama peserta", case.name),
        ("NIK", case.nik),
        ("Nomor peserta (KPJ)", case.kpj or ""),
        ("Tanggal lahir", _day(person.born)),
        ("Jenis kelamin", {"L": "laki-laki", "P": "perempuan"}.get(person.sex, "")),
        ("Pekerjaan", person.occupation),
        ("Alamat", ", ".join(part for part in (home, person.area_name) if part)),
        ("Nomor telepon", person.phone),
        ("Program", case.programme),
    )
    return Section("Peserta", rows)


def _event(known: Known) -> Section:
    case = known.case
    moment = case.reported_at.strftime("%d-%m-%Y %H.%M") if case.reported_at else ""
    disease = case.cause == "penyakit"
    rows = (
        ("Tanggal diagnosis" if disease else "Tanggal kejadian", _day(case.event_on)),
        ("Jam kejadian", ""),
        ("Tempat kejadian", ""),
        ("Uraian kejadian", case.story),
        ("Dilaporkan oleh", case.source),
        ("Dilaporkan pada", moment),
        ("Diagnosis (ICD-10)", case.icd10),
        ("Nama dan alamat saksi", ""),
    )
    checks = (
        ("kecelakaan saat bekerja", False),
        ("kecelakaan di perjalanan kerja", False),
        ("penyakit akibat kerja", disease),
        ("kecelakaan lalu lintas", bool(case.guarantor)),
    )
    return Section("Kejadian", rows, checks)


def stage_one(known: Known) -> FormPaper:
    """Formulir 3 (KK1): the first report of an accident or a disease of work."""
    care = Section(
        "Perawatan pertama",
        (("Rumah sakit atau klinik", _first_hospital(known.case)), ("Keadaan korban", "")),
        (("rawat jalan", False), ("rawat inap", False), ("meninggal", known.case.died_on is not None)),
    )
    return FormPaper(
        "Formulir 3 / KK1", "Laporan tahap I kecelakaan kerja atau penyakit akibat kerja",
        "PP 44/2015 Pasal 44 ayat (1): paling lambat 2 x 24 jam", (_member(known), _event(known), care),
        ("Peserta atau keluarga", "Penerima laporan"),
    )  # fmt: skip


def _first_hospital(case: claims.CasePage) -> str:
    return case.invoices[0].provider if case.invoices else ""


def stage_two(known: Known) -> FormPaper:
    """Formulir 3a (KK2): the second report, which is the claim, with costs, days and losses."""
    case = known.case
    days = sum(one.days for one in case.incapacities)
    outcome = Section(
        "Akibat kejadian",
        (
            ("Dinyatakan sembuh atau menetap", _day(case.recovered_on)),
            ("Meninggal pada", _day(case.died_on)),
            ("Hari tidak dapat bekerja", f"{days} hari" if days else ""),
            ("Cacat yang menetap", ", ".join(f"{one.part.replace('_', ' ')} x {one.times}" for one in case.injuries)),
        ),
        (
            ("sembuh tanpa cacat", bool(case.recovered_on) and not case.injuries and not case.total_disability),
            ("cacat sebagian", bool(case.injuries) and not case.total_disability),
            ("cacat total tetap", case.total_disability),
            ("meninggal", case.died_on is not None),
        ),
    )
    costs = Section("Biaya yang diminta", _costs(case) or (("Biaya", ""),))
    receiver = next((heir.name for heir in case.heirs if heir.receives), "" if case.died_on else case.name)
    paid = Section("Penerima", (("Nama penerima", receiver), ("Bank dan nomor rekening", "")))
    return FormPaper(
        "Formulir 3a / KK2", "Laporan tahap II dan permohonan manfaat kecelakaan kerja",
        "PP 44/2015 Pasal 44 ayat (3) dan (5): paling lambat 2 x 24 jam sejak pernyataan dokter",
        (_member(known), outcome, costs, paid), ("Peserta atau ahli waris", "Penerima laporan"),
    )  # fmt: skip


def _costs(case: claims.CasePage) -> Rows:
    bills = [(f"{one.provider}, {one.number}", one.amount) for one in case.invoices if one.belongs]
    trips = [(f"Angkutan {one.mode}, {one.route}", one.amount) for one in case.trips]
    return tuple((label, rupiah_text(Rupiah(amount))) for label, amount in (*bills, *trips))


def doctor_letter(known: Known) -> FormPaper:
    """Formulir 3b (KK3): what the doctor says; only who and when is known beforehand."""
    case = known.case
    injuries = tuple((one.part.replace("_", " "), f"{one.permil // 10},{one.permil % 10} %") for one in case.injuries)
    medical = Section(
        "Pemeriksaan",
        (
            ("Tanggal pemeriksaan", ""), ("Diagnosis (ICD-10)", case.icd10), ("Tindakan", ""),
            ("Dirawat dari - sampai", ""), ("Tidak dapat bekerja dari - sampai", _off_work(case)),
        ),
    )  # fmt: skip
    verdict = Section(
        "Kesimpulan dokter",
        (("Sembuh atau menetap pada", _day(case.recovered_on)), *injuries, ("Perlu alat bantu", "")),
        (
            ("sembuh", False), ("cacat sebagian anatomis", False), ("cacat sebagian fungsi", False),
            ("cacat total tetap", case.total_disability), ("meninggal", case.died_on is not None),
            ("disarankan program kembali kerja", case.return_advised_on is not None),
        ),
    )  # fmt: skip
    return FormPaper(
        "Formulir 3b / KK3", "Surat keterangan dokter", "PP 44/2015 Pasal 44 ayat (5)",
        (_member(known), _event(known), medical, verdict), ("Dokter yang merawat",),
    )  # fmt: skip


def _off_work(case: claims.CasePage) -> str:
    return "; ".join(f"{_day(one.first_day)} - {_day(one.last_day)}" for one in case.incapacities)


def death_claim(known: Known) -> FormPaper:
    """Formulir 4: the application of the heirs for the death benefit, with its papers."""
    case = known.case
    receiver = next((one for one in case.heirs if one.receives), None)
    heir = Section(
        "Pemohon",
        (
            ("Nama", receiver.name if receiver else ""),
            ("NIK", receiver.nik if receiver else ""),
            ("Hubungan dengan peserta", receiver.relation.replace("_", " ") if receiver else ""),
            ("Tanggal lahir", _day(receiver.born if receiver else None)),
            ("Nomor telepon", ""),
            ("Bank dan nomor rekening atas nama sendiri", ""),
        ),
    )
    died = Section("Kematian", (("Meninggal pada", _day(case.died_on)), ("Nomor akta kematian", _certificate(case))))
    papers = Section(
        "Surat yang dilampirkan", (), tuple((one.label, one.received_on is not None) for one in case.papers)
    )
    return FormPaper(
        "Formulir 4", "Permohonan pembayaran jaminan kematian", "PP 44/2015 Pasal 40 ayat (3)",
        (_member(known), died, heir, papers), ("Pemohon", "Penerima berkas"),
    )  # fmt: skip


def _certificate(case: claims.CasePage) -> str:
    return case.source if case.opened_from == "akta_kematian" else ""


FORMS: Final[Mapping[str, Callable[[Known], FormPaper]]] = {
    "formulir_3": stage_one,
    "formulir_3a": stage_two,
    "formulir_3b": doctor_letter,
    "formulir_4": death_claim,
}


def forms_for(kind: str) -> tuple[str, ...]:
    """Which forms a case of the kind has."""
    return ("formulir_4",) if kind == "JKM" else ("formulir_3", "formulir_3a", "formulir_3b")
