"""Programmes, the lists people are proposed on, their verdicts, and the decree that names the chosen."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Now

from lopo.basics.privacy import Columns
from lopo.people.models import Person
from lopo.targeting.appeal_models import Appeal
from lopo.targeting.call_models import Call, CalledSender
from lopo.targeting.change_models import Amendment, AmendmentLine, Departure
from lopo.targeting.closing_models import Closing
from lopo.targeting.doubt_models import Label, Likeness, Settling
from lopo.targeting.linkage_models import LinkageModel, ScreeningModel
from lopo.targeting.programme_models import Programme
from lopo.targeting.reading_models import SheetReading


class SourceFile(models.Model):
    """A file exactly as it came, so that every row can be traced back for ever."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    name = models.CharField(max_length=300)
    content = models.BinaryField()
    size = models.IntegerField()
    received_at = models.DateTimeField(db_default=Now())
    received_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    columns: ClassVar = Columns(kept="sha256 name size received_at received_by", dropped="content")


class ProposalList(models.Model):
    """One list from one sender, with what the reader understood of it.

    The same file read another way is a new list that `reads_again` the old one, which is then out of force. A sheet of
    results that came back is a list that `corrects` another; `replaced` and `replaced_unreadable` count the rows of
    this list (candidates, unreadable) that have a newer version elsewhere, `forgotten` the other candidates that were
    blanked since their time was over.
    """

    id: int
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="lists")
    source = models.ForeignKey(SourceFile, on_delete=models.PROTECT, related_name="lists")
    file = models.CharField(max_length=300)
    sender_kind = models.CharField(max_length=20)
    sender = models.CharField(max_length=200)
    area_code = models.CharField(max_length=13)
    received_on = models.DateField()
    understood = models.JSONField(default=list)
    problems = models.JSONField(default=list)
    rows_read = models.IntegerField(default=0)
    candidates = models.IntegerField(default=0)
    unreadable = models.IntegerField(default=0)
    other_rows = models.IntegerField(default=0)
    replaced = models.IntegerField(default=0, db_default=0)
    replaced_unreadable = models.IntegerField(default=0, db_default=0)
    forgotten = models.IntegerField(default=0, db_default=0)
    in_force = models.BooleanField(default=True, db_default=True)
    reads_again = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="read_again_as")
    corrects = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="corrections")

    columns: ClassVar = Columns(
        kept="id programme source file sender_kind sender area_code received_on understood rows_read candidates"
        " unreadable other_rows replaced replaced_unreadable forgotten in_force reads_again corrects",
        dropped="problems",
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["programme", "source"], condition=Q(in_force=True), name="list_once"),
            models.CheckConstraint(
                condition=Q(replaced__gte=0, replaced_unreadable__gte=0, replaced__lte=F("candidates"))
                & Q(replaced_unreadable__lte=F("unreadable")),
                name="list_replaced_within",
            ),
            models.CheckConstraint(
                condition=Q(forgotten__gte=0, forgotten__lte=F("candidates") - F("replaced")),
                name="list_forgotten_within",
            ),
            models.CheckConstraint(
                condition=Q(rows_read=F("candidates") + F("unreadable") + F("other_rows")), name="list_counts_add_up"
            ),
        ]


class ProposalRow(models.Model):
    """One row of a list with its sheet, its line as a person sees it, and its raw cells. Kept for ever.

    `kind` is `calon` (a proposed person), `rusak` (meant as one, but unreadable) or what else the row is. A correction
    is a new row that `replaces` the old one; each row is replaced once at most.
    """

    id: int
    list = models.ForeignKey(ProposalList, on_delete=models.PROTECT, related_name="rows")
    sheet = models.CharField(max_length=100, blank=True)
    line = models.IntegerField()
    kind = models.CharField(max_length=15)
    raw = models.JSONField()
    nik_given = models.CharField(max_length=64, blank=True)
    name = models.CharField(max_length=200, blank=True)
    fields = models.JSONField(default=dict)
    replaces = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="newer", db_index=False)

    columns: ClassVar = Columns(kept="id list sheet line kind replaces", masked="nik_given name", dropped="raw fields")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["list", "sheet", "line"], name="row_once"),
            models.UniqueConstraint(fields=["replaces"], condition=Q(replaces__isnull=False), name="row_replaced_once"),
        ]


class Screening(models.Model):
    """One run of the screening over all lists of a programme, with the snapshots and the criteria it rests on."""

    id: int
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="screenings")
    on = models.DateField()
    snapshots = models.JSONField()
    counts = models.JSONField(default=dict)
    law_hash = models.CharField(max_length=64)
    criteria = models.JSONField(default=dict, db_default=Value({}, models.JSONField()))
    criteria_hash = models.CharField(max_length=64, blank=True, default="", db_default="")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(db_default=Now())
    current = models.BooleanField(default=True)

    columns: ClassVar = Columns(
        kept="id programme on snapshots counts law_hash criteria criteria_hash made_by made_at current"
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["programme"], condition=Q(current=True), name="screening_one_current"),
        ]


class Verdict(models.Model):
    """What the screening says of one row: accepted, to be checked, or refused, with every reason."""

    class Kind(models.TextChoices):
        """The three answers."""

        DITERIMA = "diterima", "diterima"
        PERLU_CEK = "perlu_cek", "perlu cek"
        DITOLAK = "ditolak", "ditolak"

    id: int
    screening = models.ForeignKey(Screening, on_delete=models.PROTECT, related_name="verdicts")
    row = models.ForeignKey(ProposalRow, on_delete=models.PROTECT, related_name="verdicts")
    verdict = models.CharField(max_length=10, choices=Kind.choices)
    reasons = ArrayField(models.CharField(max_length=30))
    nik_matched = models.CharField(max_length=16, blank=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="verdicts")
    same_as = models.ForeignKey(ProposalRow, on_delete=models.PROTECT, null=True, related_name="+")
    area_code = models.CharField(max_length=13, blank=True)
    decile = models.SmallIntegerField(null=True)
    evidence = models.JSONField(default=dict)

    columns: ClassVar = Columns(
        kept="id screening row verdict reasons person same_as area_code decile",
        masked="nik_matched",
        dropped="evidence",
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["screening", "row"], name="verdict_once"),
            models.UniqueConstraint(
                fields=["screening", "person"], condition=Q(verdict="diterima"), name="verdict_person_accepted_once"
            ),
            models.CheckConstraint(condition=Q(verdict__in=["diterima", "perlu_cek", "ditolak"]), name="verdict_known"),
        ]
        indexes: ClassVar = [models.Index(fields=["screening", "verdict"], name="verdict_kind")]


class Decree(models.Model):
    """A decree (SK) with its annex of names, and the rule that shared its places. Once approved it is frozen."""

    class State(models.TextChoices):
        """Draft, or set."""

        KONSEP = "konsep", "konsep"
        DITETAPKAN = "ditetapkan", "ditetapkan"

    id: int
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="decrees")
    screening = models.ForeignKey(Screening, on_delete=models.PROTECT, related_name="decrees")
    number = models.CharField(max_length=60, unique=True)
    title = models.CharField(max_length=200)
    dated = models.DateField()
    state = models.CharField(max_length=12, choices=State.choices, default=State.KONSEP)
    quota = models.JSONField()
    quota_rule = models.CharField(max_length=10, default="calon", db_default="calon")
    quota_source = models.CharField(max_length=300, blank=True, default="", db_default="")
    ranking = models.JSONField(default=list, db_default=Value([], models.JSONField()))
    annex_hash = models.CharField(max_length=64)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    approved_on = models.DateField(null=True)

    columns: ClassVar = Columns(
        kept="id programme screening number title dated state quota quota_rule quota_source ranking annex_hash made_by"
        " approved_by approved_on"
    )

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("made_by")), name="decree_maker_not_checker"
            ),
            models.CheckConstraint(
                condition=Q(state="konsep", approved_by__isnull=True, approved_on__isnull=True)
                | Q(state="ditetapkan", approved_by__isnull=False, approved_on__isnull=False),
                name="decree_state_and_approval",
            ),
            models.CheckConstraint(
                condition=Q(quota_rule__in=["sama", "calon"], quota_source="")
                | (Q(quota_rule__in=["miskin", "campuran"]) & ~Q(quota_source="")),
                name="decree_rule_and_source",
            ),
        ]


class DecreeName(models.Model):
    """One name of the annex: chosen, or waiting with a place in its kecamatan."""

    class Status(models.TextChoices):
        """Chosen from the start, waiting, or moved up from the waiting list for somebody who could not be enrolled."""

        DITETAPKAN = "ditetapkan", "ditetapkan"
        CADANGAN = "cadangan", "cadangan"
        PENGGANTI = "pengganti", "pengganti"
        GUGUR = "gugur", "gugur"

    id: int
    decree = models.ForeignKey(Decree, on_delete=models.PROTECT, related_name="names")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="decree_names")
    verdict = models.ForeignKey(Verdict, on_delete=models.PROTECT, related_name="+")
    kecamatan_code = models.CharField(max_length=13)
    area_code = models.CharField(max_length=13)
    decile = models.SmallIntegerField(null=True)
    rank = models.IntegerField()
    waiting_place = models.IntegerField(null=True)
    status = models.CharField(max_length=12, choices=Status.choices)
    replaces = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="replaced_by")

    columns: ClassVar = Columns(
        kept="id decree person verdict kecamatan_code area_code decile rank waiting_place status replaces"
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["decree", "person"], name="decree_name_once"),
            models.UniqueConstraint(fields=["decree", "kecamatan_code", "rank"], name="decree_rank_once"),
        ]
        indexes: ClassVar = [models.Index(fields=["decree", "status"], name="decree_name_status")]


__all__ = [
    "Amendment", "AmendmentLine", "Appeal", "Call", "CalledSender", "Closing", "Decree", "DecreeName", "Departure",
    "Label", "Likeness", "LinkageModel", "Programme", "ProposalList", "ProposalRow", "Screening", "ScreeningModel",
    "Settling", "SheetReading", "SourceFile", "Verdict",
]  # fmt: skip
