"""Cases of death and accident: what happened, what it cost, who inherits, and what was decided and why."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from lopo.basics.privacy import Columns
from lopo.claims.care_models import CareLine
from lopo.claims.correction_models import Correction
from lopo.claims.paper_models import PaperFile
from lopo.claims.power_models import Power, PowerGiver
from lopo.claims.report_models import FirstReport
from lopo.claims.school_models import Child, SchoolYear
from lopo.claims.stage_models import NEXT_DAY, Dispute, Reminder
from lopo.coverage.models import Membership
from lopo.people.models import Person, Snapshot

__all__ = [
    "CareLine", "Case", "Child", "Correction", "DeathHit", "Decision", "Dispute", "FirstReport", "Heir", "Incapacity",
    "Injury", "Invoice", "Paper", "PaperFile", "Power", "PowerGiver", "Reminder", "SchoolYear", "Trip",
]  # fmt: skip


class Case(models.Model):
    """One event of one member that may give a right."""

    class Kind(models.TextChoices):
        """Death outside work, or an accident at work (with or without death)."""

        JKM = "JKM", "JKM (kematian)"
        JKK = "JKK", "JKK (kecelakaan kerja)"

    class State(models.TextChoices):
        """From opening to the end; `ditutup` is an end without a decision, with its reason in the diary."""

        DIBUKA = "dibuka", "dibuka"
        LENGKAP = "lengkap", "berkas lengkap"
        DIUSULKAN = "diusulkan", "keputusan diusulkan"
        DIKABULKAN = "dikabulkan", "dikabulkan"
        DITOLAK = "ditolak", "ditolak"
        DITUTUP = "ditutup", "ditutup"

    class Cause(models.TextChoices):
        """What the event of a JKK case is; of a disease (PAK) the day of the event is that of the diagnosis."""

        KECELAKAAN = "kecelakaan", "kecelakaan"
        PENYAKIT = "penyakit", "penyakit akibat kerja"

    class Guarantor(models.TextChoices):
        """What the guarantor who comes first in traffic (Jasa Raharja) has answered; empty where there is none."""

        MENUNGGU = "menunggu", "menunggu jawaban"
        DIJAMIN = "dijamin", "dijamin"
        DITOLAK = "ditolak", "ditolak"

    id: int
    code = models.CharField(max_length=20, unique=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="cases")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="cases")
    kind = models.CharField(max_length=3, choices=Kind.choices)
    event_on = models.DateField()
    died_on = models.DateField(null=True)
    opened_on = models.DateField()
    opened_from = models.CharField(max_length=20)
    source = models.CharField(max_length=100, blank=True)
    reported_at = models.DateTimeField(null=True)
    report_due_at = models.DateTimeField(null=True)
    visit_due_on = models.DateField()
    visited_on = models.DateField(null=True)
    conclude_due_on = models.DateField(null=True)
    work_accident = models.BooleanField(null=True)
    concluded_on = models.DateField(null=True)
    recovered_on = models.DateField(null=True)
    complete_on = models.DateField(null=True)
    pay_due_on = models.DateField(null=True)
    story = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DIBUKA)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    cause = models.CharField(max_length=10, choices=Cause.choices, db_default=Cause.KECELAKAAN)
    icd10 = models.CharField(max_length=8, blank=True, db_default="")
    work_ended_on = models.DateField(null=True)
    guarantor = models.CharField(max_length=10, choices=Guarantor.choices, blank=True, db_default="")
    total_disability = models.BooleanField(db_default=False)
    return_advised_on = models.DateField(null=True)
    returned_on = models.DateField(null=True)
    due_on = models.GeneratedField(expression=NEXT_DAY, output_field=models.DateField(null=True), db_persist=True)

    columns: ClassVar = Columns(
        kept="id code person membership kind opened_on opened_from report_due_at visit_due_on visited_on reported_at"
        " conclude_due_on concluded_on complete_on pay_due_on state owner due_on",
        masked="source",
        dropped="event_on died_on work_accident recovered_on story cause icd10 work_ended_on guarantor"
        " total_disability return_advised_on returned_on",
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "kind", "event_on"], condition=~Q(state="ditutup"), name="case_once"
            ),
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(died_on__isnull=False) & ~Q(state="ditutup"),
                name="case_one_death",
            ),
            models.CheckConstraint(
                condition=Q(died_on__isnull=True) | Q(died_on__gte=F("event_on")), name="case_days_in_order"
            ),
            models.CheckConstraint(
                condition=Q(work_accident__isnull=True, concluded_on__isnull=True)
                | Q(work_accident__isnull=False, concluded_on__isnull=False),
                name="case_conclusion_with_day",
            ),
            models.CheckConstraint(
                condition=Q(complete_on__isnull=True, pay_due_on__isnull=True)
                | Q(complete_on__isnull=False, pay_due_on__isnull=False),
                name="case_complete_with_clock",
            ),
            models.CheckConstraint(condition=Q(cause="kecelakaan") | Q(kind="JKK"), name="case_disease_of_work"),
            models.CheckConstraint(
                condition=Q(returned_on__isnull=True) | Q(return_advised_on__isnull=False), name="case_return_advised"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["state", "visit_due_on"], name="case_state"),
            models.Index(fields=["due_on", "id"], name="case_due"),
        ]


class DeathHit(models.Model):
    """One death certificate that names, surely or perhaps, one of our members, and what became of it."""

    class Outcome(models.TextChoices):
        """Why there is a case, or why there is none. Nothing that was found is lost."""

        KASUS = "kasus", "kasus dibuka"
        RAGU = "ragu", "perlu dicek"
        SUDAH_DIKETAHUI = "sudah_diketahui", "sudah ada kasusnya"
        BELUM_BERNOMOR = "belum_bernomor", "belum punya nomor peserta"
        SEBELUM_TERLINDUNGI = "sebelum_terlindungi", "meninggal sebelum terlindungi"
        SETELAH_BERAKHIR = "setelah_berakhir", "meninggal setelah kepesertaan berakhir"
        BUKAN_ORANG_INI = "bukan_orang_ini", "orang lain"

    id: int
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="death_hits")
    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, related_name="+")
    certificate = models.CharField(max_length=40)
    nik = models.CharField(max_length=32, blank=True)
    name = models.CharField(max_length=200)
    born = models.DateField(null=True)
    died_on = models.DateField()
    certain = models.BooleanField()
    differs = models.CharField(max_length=60, blank=True)
    outcome = models.CharField(max_length=20, choices=Outcome.choices)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, related_name="death_hits")
    found_on = models.DateField()
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    settled_on = models.DateField(null=True)
    note = models.CharField(max_length=200, blank=True)

    columns: ClassVar = Columns(
        kept="id membership snapshot certain differs outcome case found_on settled_by settled_on",
        masked="certificate nik name born",
        dropped="died_on note",
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["membership", "certificate"], name="death_hit_once"),
            models.CheckConstraint(
                condition=~Q(outcome__in=["kasus", "sudah_diketahui"]) | Q(case__isnull=False),
                name="death_hit_with_case",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["outcome"], name="death_hit_outcome")]


class Invoice(models.Model):
    """One bill of a hospital. It is judged for whether it belongs to the case, never cut for how much."""

    id: int
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="invoices")
    provider = models.CharField(max_length=200)
    number = models.CharField(max_length=60)
    issued_on = models.DateField()
    amount = models.BigIntegerField()
    belongs = models.BooleanField(default=True)
    why_not = models.CharField(max_length=200, blank=True)
    other_paid = models.BigIntegerField(db_default=0)

    columns: ClassVar = Columns(kept="id case provider number issued_on amount belongs other_paid", dropped="why_not")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["provider", "number"], name="invoice_once"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="invoice_positive"),
            models.CheckConstraint(condition=Q(belongs=True) | ~Q(why_not=""), name="invoice_why_not"),
            models.CheckConstraint(
                condition=Q(other_paid__gte=0, other_paid__lte=F("amount")), name="invoice_other_paid"
            ),
        ]


class Trip(models.Model):
    """One journey to or between hospitals, by land (darat), sea (laut) or air (udara)."""

    id: int
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="trips")
    mode = models.CharField(max_length=5, choices=[("darat", "darat"), ("laut", "laut"), ("udara", "udara")])
    on = models.DateField()
    amount = models.BigIntegerField()
    route = models.CharField(max_length=200, blank=True)

    columns: ClassVar = Columns(kept="id case mode on amount", dropped="route")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="trip_positive"),
            models.UniqueConstraint(fields=["case", "mode", "on", "amount", "route"], name="trip_once"),
        ]


class Incapacity(models.Model):
    """One doctor's letter that the worker cannot work from one day to another (STMB). Letters never overlap."""

    id: int
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="incapacities")
    first_day = models.DateField()
    last_day = models.DateField()
    doctor = models.CharField(max_length=200)

    columns: ClassVar = Columns(kept="id case first_day last_day", masked="doctor")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(last_day__gte=F("first_day")), name="incapacity_days_in_order")
        ]


class Injury(models.Model):
    """One lasting loss, named by the body part in the table of Lampiran III, in tenths of a percent.

    `lost_function` is 0 where the part itself is lost, else the percent of the function of a part that is still there.
    """

    id: int
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="injuries")
    part = models.CharField(max_length=60)
    times = models.SmallIntegerField(default=1)
    left_handed = models.BooleanField(default=False)
    permil = models.SmallIntegerField()
    lost_function = models.SmallIntegerField(db_default=0)
    doctor = models.CharField(max_length=200)
    found_on = models.DateField()

    columns: ClassVar = Columns(kept="id case part times left_handed permil lost_function found_on", masked="doctor")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "part"], name="injury_once"),
            models.CheckConstraint(condition=Q(permil__gt=0, times__gt=0), name="injury_positive"),
            models.CheckConstraint(
                condition=Q(lost_function__gte=0, lost_function__lte=100), name="injury_lost_function"
            ),
        ]


class Heir(models.Model):
    """One heir in the class that the law names, with the article and the share.

    Of several who receive each has so many `parts` of the sum of all parts, as `agreement` (the paper that says so)
    has it. What a minor receives goes to the account of the guardian.
    """

    id: int
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="heirs")
    nik = models.CharField(max_length=16)
    name = models.CharField(max_length=200)
    relation = models.CharField(max_length=30)
    born = models.DateField(null=True)
    receives = models.BooleanField(default=False)
    article = models.CharField(max_length=100)
    parts = models.BigIntegerField(db_default=1)
    guardian_nik = models.CharField(max_length=16, blank=True, db_default="")
    guardian_name = models.CharField(max_length=200, blank=True, db_default="")
    agreement = models.CharField(max_length=200, blank=True, db_default="")

    columns: ClassVar = Columns(
        kept="id case relation receives article parts", masked="nik name born guardian_nik guardian_name",
        dropped="agreement",
    )  # fmt: skip

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "nik"], name="heir_once"),
            models.UniqueConstraint(
                fields=["case"], condition=Q(receives=True, agreement=""), name="heir_one_without_agreement"
            ),
            models.CheckConstraint(condition=Q(parts__gt=0), name="heir_parts"),
            models.CheckConstraint(
                condition=Q(guardian_nik="", guardian_name="")
                | (~Q(guardian_nik="") & ~Q(guardian_name="") & ~Q(guardian_nik=F("nik"))),
                name="heir_guardian_another",
            ),
        ]


class Paper(models.Model):
    """One paper that the case needs, the day it came, and what was wrong with it while it has not come."""

    class Trouble(models.TextChoices):
        """Why a paper that was looked for is not there: it cannot be read, or the family does not have it."""

        TAK_TERBACA = "tak_terbaca", "tidak terbaca"
        TIDAK_ADA = "tidak_ada", "tidak ada"

    id: int
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="papers")
    code = models.CharField(max_length=40)
    label = models.CharField(max_length=200)
    article = models.CharField(max_length=100)
    received_on = models.DateField(null=True)
    trouble = models.CharField(max_length=12, choices=Trouble.choices, blank=True, db_default="")
    why = models.CharField(max_length=200, blank=True, db_default="")

    columns: ClassVar = Columns(kept="id case code label article received_on trouble", dropped="why")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "code"], name="paper_once"),
            models.CheckConstraint(
                condition=Q(trouble="", why="") | (~Q(trouble="") & ~Q(why="") & Q(received_on__isnull=True)),
                name="paper_trouble_with_reason",
            ),
        ]


class Decision(models.Model):
    """What was decided, frozen with its facts, steps, edition and the hash of the law that decided it.

    A case may get a second decision (`number` 2) when more falls due: the arrears were paid, another invoice came. It
    carries only what was not granted before. Each of `components` names its code (unique within the decision), label,
    amount, article, who is paid (`payee` pekerja, ahli_waris or rumah_sakit; `to` NIK or name of the hospital).
    """

    class State(models.TextChoices):
        """Proposed by one person; approved or sent back by another."""

        USUL = "usul", "usul"
        DISETUJUI = "disetujui", "disetujui"
        DIKEMBALIKAN = "dikembalikan", "dikembalikan"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="decisions")
    number = models.SmallIntegerField(default=1)
    kind = models.CharField(max_length=40)
    granted = models.BooleanField()
    amount = models.BigIntegerField()
    components = models.JSONField()
    legal_day = models.DateField()
    facts = models.JSONField()
    trace = models.JSONField()
    reasons = models.JSONField(default=list)
    edition = models.CharField(max_length=30)
    law_hash = models.CharField(max_length=64)
    state = models.CharField(max_length=12, choices=State.choices, default=State.USUL)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_on = models.DateField()
    made_at = models.DateTimeField(db_default=Now())
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    approved_on = models.DateField(null=True)

    columns: ClassVar = Columns(
        kept="id case number kind granted amount components legal_day reasons edition law_hash state made_by made_on"
        " made_at approved_by approved_on",
        dropped="facts trace",
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case", "number"], condition=~Q(state="dikembalikan"), name="decision_one_standing"
            ),
            models.UniqueConstraint(fields=["case"], condition=Q(state="usul"), name="decision_one_proposed"),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("made_by")), name="decision_maker_not_checker"
            ),
            models.CheckConstraint(
                condition=Q(granted=True, amount__gt=0) | Q(granted=False, amount=0), name="decision_amount"
            ),
        ]
