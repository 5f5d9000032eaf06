"""What the desk for the doubtful keeps: who a row may be, what was answered, and the answers that stand for ever."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from lopo.basics.privacy import Columns


class Likeness(models.Model):
    """One person of the registers whom a doubtful row of a screening may be, with the facts as if it were he."""

    id: int
    screening = models.ForeignKey("targeting.Screening", on_delete=models.PROTECT, related_name="likenesses")
    row = models.ForeignKey("targeting.ProposalRow", on_delete=models.PROTECT, related_name="likenesses")
    place = models.SmallIntegerField()
    nik = models.CharField(max_length=16)
    name = models.CharField(max_length=200)
    sex = models.CharField(max_length=1, blank=True)
    born = models.DateField(null=True)
    no_kk = models.CharField(max_length=16, blank=True)
    area_code = models.CharField(max_length=13, blank=True)
    stands_in = models.CharField(max_length=20)
    score = models.IntegerField()
    levels = models.JSONField(default=dict)
    facts = models.JSONField(default=dict)

    columns: ClassVar = Columns(
        kept="id screening row place sex area_code stands_in score levels",
        masked="nik name born no_kk",
        dropped="facts",
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["screening", "row", "place"], name="likeness_place_once"),
            models.UniqueConstraint(fields=["screening", "row", "nik"], name="likeness_person_once"),
        ]


class Settling(models.Model):
    """One answer of an officer about a doubtful row. It waits for a second officer; what was answered never changes.

    With a person go what the registers left open: the decile by DTSEN's own answer, and that an entry which fits
    this person and another alike is the other's (`entry_other`, good for the registers of this screening only).
    """

    class Answer(models.TextChoices):
        """The row is this person; it is none of those shown; nobody can say yet; an earlier answer is taken back."""

        SAMA = "sama", "orang ini"
        BEDA = "beda", "bukan salah satu"
        TUNDA = "tunda", "ditunda"
        BUKA = "buka", "dibuka lagi"

    class State(models.TextChoices):
        """Waiting for the second officer, or how it ended."""

        DIUSULKAN = "diusulkan", "diusulkan"
        DIBATALKAN = "dibatalkan", "dibatalkan"
        DIKEMBALIKAN = "dikembalikan", "dikembalikan"
        DITETAPKAN = "ditetapkan", "ditetapkan"
        DITUNDA = "ditunda", "ditunda"

    class Seen(models.TextChoices):
        """What the officer compared the row with."""

        KTP = "ktp", "KTP atau fotonya"
        KK = "kk", "kartu keluarga"
        TEMU = "temu", "bertemu orangnya"
        DATA = "data", "data di layar saja"

    id: int
    screening = models.ForeignKey("targeting.Screening", on_delete=models.PROTECT, related_name="settlings")
    row = models.ForeignKey("targeting.ProposalRow", on_delete=models.PROTECT, related_name="settlings")
    content = models.CharField(max_length=64)
    area_code = models.CharField(max_length=13)
    answer = models.CharField(max_length=5, choices=Answer.choices)
    nik = models.CharField(max_length=16, blank=True)
    decile = models.SmallIntegerField(null=True)
    entry_other = models.BooleanField(default=False)
    seen = models.CharField(max_length=5, choices=Seen.choices, blank=True)
    why = models.CharField(max_length=300, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_on = models.DateField()
    made_at = models.DateTimeField(db_default=Now())
    state = models.CharField(max_length=12, choices=State.choices, default=State.DIUSULKAN)
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    checked_on = models.DateField(null=True)
    note = models.CharField(max_length=300, blank=True)

    columns: ClassVar = Columns(
        kept="id screening row content area_code answer decile entry_other seen made_by made_on made_at state"
        " checked_by checked_on",
        masked="nik",
        dropped="why note",
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["row"], condition=Q(state="diusulkan"), name="settling_one_open"),
            models.CheckConstraint(
                condition=Q(checked_by__isnull=True) | ~Q(checked_by=F("made_by")), name="settling_maker_not_checker"
            ),
            models.CheckConstraint(
                condition=Q(
                    state__in=["ditetapkan", "dikembalikan"], checked_by__isnull=False, checked_on__isnull=False
                )
                | Q(state__in=["diusulkan", "dibatalkan", "ditunda"], checked_by__isnull=True, checked_on__isnull=True),
                name="settling_state_and_check",
            ),
            models.CheckConstraint(
                condition=Q(answer="sama", nik__regex=r"^[1-9][0-9]{15}$") | (~Q(answer="sama") & Q(nik="")),
                name="settling_names_a_person",
            ),
            models.CheckConstraint(
                condition=Q(decile__isnull=True) | Q(answer="sama", decile__range=(1, 10)), name="settling_decile"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["screening", "state"], name="settling_queue")]


class Label(models.Model):
    """One answer that stands: the content of a row and one person are the same, different, or unknown again.

    Rows of the same content get it too, in every later screening; the newest of a pair counts. Never changed.
    """

    class Answer(models.TextChoices):
        """What is known of the pair."""

        SAMA = "sama", "sama"
        BEDA = "beda", "beda"
        TIDAK_TAHU = "tidak_tahu", "tidak tahu"

    id: int
    settling = models.ForeignKey(Settling, on_delete=models.PROTECT, related_name="labels")
    content = models.CharField(max_length=64)
    name = models.CharField(max_length=200, blank=True)
    nik = models.CharField(max_length=16)
    answer = models.CharField(max_length=10, choices=Answer.choices)
    decile = models.SmallIntegerField(null=True)
    entry_other = models.BooleanField(default=False)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    at = models.DateTimeField(db_default=Now())

    columns: ClassVar = Columns(
        kept="id settling content answer decile entry_other made_by checked_by on at", masked="nik name"
    )

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(checked_by=F("made_by")), name="label_maker_not_checker"),
            models.UniqueConstraint(fields=["settling", "nik"], name="label_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["content", "nik", "-id"], name="label_pair"),
            models.Index(fields=["name"], name="label_name"),
        ]
