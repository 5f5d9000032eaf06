"""A small stage for claims and payments: one programme of 2025, members with their paid months, a family card."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from django.db import transaction

from lopo.claims import actions
from lopo.claims.models import Case, Paper
from lopo.coverage.models import Membership, PaidMonth
from lopo.people.models import Death, Person, Resident, Snapshot
from lopo.targeting.models import (
    Decree,
    DecreeName,
    Programme,
    ProposalList,
    ProposalRow,
    Screening,
    SourceFile,
    Verdict,
)
from tests.cast import Cast

ISSUED = date(2025, 7, 15)
READ = date(2026, 1, 5)
"""The day on which the death register of the second half is read."""
ON_TIME = {month: date(2025, month, 13) for month in (7, 8, 9, 10, 11, 12)}
LATE_SEPTEMBER = ON_TIME | {9: date(2025, 11, 12)}
OEBUFU = "53.71.04.1009"


def reference() -> str:
    return "00000000-0000-0000-0000-000000000001"


@dataclass
class Stage:
    """Programme, decree and registers; makes members on demand."""

    cast: Cast
    programme: Programme
    decree: Decree
    deaths: Snapshot
    residents: Snapshot
    proposals: ProposalList
    made: int = field(default=0)

    @transaction.atomic
    def member(
        self,
        name: str,
        *,
        nik: str = "",
        paid: dict[int, date] | None = None,
        issued: date | None = ISSUED,
        area: str = OEBUFU,
    ) -> Membership:
        self.made += 1
        nik = nik or f"537104010190{self.made:04d}"
        person = Person.objects.create(
            nik=nik, name=name, sex="L", born=date(1990, 1, 1), no_kk=f"537104{self.made:010d}", area_code=area
        )
        row = ProposalRow.objects.create(list=self.proposals, line=self.made, kind="calon", raw=[])
        verdict = Verdict.objects.create(
            screening=self.decree.screening, row=row, verdict="diterima", reasons=[], person=person, area_code=area
        )
        named = DecreeName.objects.create(
            decree=self.decree,
            person=person,
            verdict=verdict,
            kecamatan_code=area[:8],
            area_code=area,
            decile=1,
            rank=self.made,
            status="ditetapkan",
        )
        member = Membership.objects.create(
            person=person,
            programme=self.programme,
            decree_name=named,
            state="terdaftar" if issued else "diusulkan",
            submitted_on=date(2025, 6, 23),
            kpj=f"25{self.made:09d}" if issued else None,
            number_issued_on=issued,
        )
        PaidMonth.objects.bulk_create(
            PaidMonth(
                person=person,
                month=date(2025, month, 1),
                membership=member,
                payer_code="pemprov-ntt",
                paid_on=paid_on,
                reference=reference(),
            )
            for month, paid_on in (ON_TIME if paid is None else paid).items()
        )
        return member

    def card(self, member: Membership, *others: tuple[str, str, date], relation: str = "KEPALA KELUARGA") -> None:
        """Put the member and others (relation, sex, born) on one family card."""
        person = member.person
        Resident.objects.create(
            snapshot=self.residents, nik=person.nik, name=person.name, no_kk=person.no_kk, sex="L", born=person.born,
            relation=relation, area_code=person.area_code,
        )  # fmt: skip
        for place, (kin, sex, born) in enumerate(others, start=1):
            Resident.objects.create(
                snapshot=self.residents, nik=f"53710299{person.id % 10000:04d}{place:04d}", name=f"{kin} {place}",
                no_kk=person.no_kk, sex=sex, born=born, relation=kin, area_code=person.area_code,
            )  # fmt: skip

    def dead(self, member: Membership, died_on: date, *, certificate: str = "", name: str = "") -> Death:
        return Death.objects.create(
            snapshot=self.deaths, nik=member.person.nik, name=name or member.person.name, born=member.person.born,
            certificate=certificate or f"5371-KM-{member.id:08d}", died_on=died_on, place="Oebufu",
        )  # fmt: skip

    def hit(self, member: Membership, died_on: date, **other: object) -> actions.Hit:
        values: dict[str, object] = {
            "membership_id": member.id,
            "snapshot_id": self.deaths.id,
            "certificate": f"5371-KM-{member.id:08d}",
            "nik": member.person.nik,
            "name": member.person.name,
            "born": member.person.born,
            "died_on": died_on,
            "certain": True,
            "differs": "",
            "standing": "terlindungi",
        }
        return actions.Hit(**(values | other))  # type: ignore[arg-type]

    def death_case(self, member: Membership, died_on: date, *, on: date = READ) -> int:
        """A death case from the register with heirs and all papers: ready to be decided."""
        self.card(member, ("ISTRI", "P", date(1992, 3, 1)), ("ANAK", "L", date(2015, 3, 1)))
        (case_id,) = actions.open_cases_from_deaths(by=self.cast.bpjs, on=on, hits=[self.hit(member, died_on)]).cases
        actions.propose_heirs(by=self.cast.bpjs, on=on, case_id=case_id)
        self.papers(case_id, on=on)
        return case_id

    def accident(self, member: Membership, day: date, *, died_on: date | None = None) -> int:
        """An accident at work, reported and concluded."""
        moment = datetime(day.year, day.month, day.day, 9, tzinfo=UTC)
        report = actions.Report(
            member.person.nik, "JKK", day, died_on, moment + timedelta(hours=20), moment, "keluarga, telepon", "jatuh"
        )
        later = day + timedelta(days=1)
        opened = actions.report_case(by=self.cast.lurah, on=later, report=report)
        actions.conclude_work_accident(
            by=self.cast.bpjs, on=later, case_id=opened.case_id, at_work=True, why="kronologi dan saksi"
        )
        return opened.case_id

    def papers(self, case_id: int, *, on: date = READ) -> None:
        codes = list(Paper.objects.filter(case_id=case_id).values_list("code", flat=True))
        assert actions.receive_papers(by=self.cast.bpjs, on=on, case_id=case_id, codes=codes) == ()

    def decide(self, case_id: int, *, on: date = READ) -> actions.Proposed:
        """Propose and approve."""
        proposed = actions.propose_decision(by=self.cast.bpjs, on=on, case_id=case_id)
        look = "cocok dengan berkas"
        actions.approve_decision(by=self.cast.penyetuju, on=on, decision_id=proposed.decision_id, found=look)
        return proposed

    def case_ids(self) -> list[int]:
        return list(Case.objects.order_by("id").values_list("id", flat=True))

    def case(self, case_id: int) -> Case:
        return Case.objects.get(pk=case_id)


def build(cast: Cast) -> Stage:
    programme = Programme.objects.create(
        code="kota-kupang-2025", name="Pekerja rentan Kota Kupang 2025", area_code="53.71",
        first_month=date(2025, 7, 1), last_month=date(2025, 12, 1), registration_day=date(2025, 6, 1),
        legal_basis="Pergub", places=100, max_decile=4, monthly_income=1_000_000,
        state="berjalan", approved_on=date(2025, 5, 1),
    )  # fmt: skip
    source = SourceFile.objects.create(sha256="0" * 64, name="a.csv", content=b"x", size=1, received_by=cast.dinas)
    proposals = ProposalList.objects.create(
        programme=programme, source=source, file="a.csv", sender_kind="kelurahan", sender="Oebufu", area_code=OEBUFU,
        received_on=date(2025, 5, 1),
    )  # fmt: skip
    screening = Screening.objects.create(
        programme=programme, on=date(2025, 6, 1), snapshots={}, law_hash="0" * 64, made_by=cast.dinas
    )
    decree = Decree.objects.create(
        programme=programme, screening=screening, number="400.9/KEP/2025", title="SK", dated=date(2025, 6, 20),
        quota={}, annex_hash="0" * 64, made_by=cast.dinas,
    )  # fmt: skip
    deaths = Snapshot.objects.create(
        kind="kematian", part="2025-2", origin="Dukcapil", as_of=date(2025, 12, 31), rows=0, sha256="1" * 64,
        loaded_by=cast.dinas,
    )  # fmt: skip
    residents = Snapshot.objects.create(
        kind="penduduk", origin="Dukcapil", as_of=date(2025, 5, 31), rows=0, sha256="2" * 64, loaded_by=cast.dinas
    )
    return Stage(cast, programme, decree, deaths, residents, proposals)
