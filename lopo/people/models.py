"""Areas, the dated snapshots of the registers, and the persons we know."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Now

from lopo.basics.privacy import Columns
from lopo.people.sector_models import PersonSector, Sector, WorkSector
from lopo.people.words import Words

__all__ = [
    "ActiveMember", "Area", "CivilServant", "Death", "Decile", "DecreedElsewhere", "Move", "Person", "PersonPair",
    "PersonSector", "PovertyEdition", "RegisterFile", "Resident", "Sector", "Snapshot", "WorkSector",
]  # fmt: skip


class Area(models.Model):
    """A province, city, district (kecamatan) or village (kelurahan) by its Kemendagri code."""

    code = models.CharField(max_length=13, primary_key=True)
    name = models.CharField(max_length=100)
    level = models.CharField(max_length=10)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="parts")

    columns: ClassVar = Columns(kept="code name level parent")


class Snapshot(models.Model):
    """One register as it was handed over on a day. A new one takes the place of the old one whole, or not at all.

    `territory` is the code of the area of which alone it speaks, '' for one that speaks of all that it holds.
    """

    class Kind(models.TextChoices):
        """The registers that proposals are checked against."""

        PENDUDUK = "penduduk", "Penduduk dan keluarga"
        KEMATIAN = "kematian", "Akta kematian"
        PINDAH = "pindah", "Pindah"
        ASN = "asn", "ASN, TNI, Polri"
        BPJS = "bpjs", "Peserta aktif BPJS Ketenagakerjaan"
        DESIL = "desil", "Desil DTSEN"
        SK = "sk", "SK pembayar lain"

    id: int
    kind = models.CharField(max_length=10, choices=Kind.choices)
    part = models.CharField(max_length=20, blank=True)
    territory = models.CharField(max_length=13, blank=True, default="", db_default="")
    origin = models.CharField(max_length=200)
    agreement = models.CharField(max_length=100, blank=True)
    as_of = models.DateField()
    rows = models.IntegerField()
    oddities = models.JSONField(default=dict, db_default=Value({}, models.JSONField()))
    sha256 = models.CharField(max_length=64)
    loaded_at = models.DateTimeField(db_default=Now())
    loaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    current = models.BooleanField(default=True)

    columns: ClassVar = Columns(
        kept="id kind part territory origin agreement as_of rows oddities sha256 loaded_at loaded_by current"
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["kind", "part", "territory"], condition=Q(current=True), name="snapshot_one_current"
            ),
            models.UniqueConstraint(fields=["kind", "part", "territory", "sha256"], name="snapshot_once"),
        ]


class _Row(models.Model):
    """What every register row has: the snapshot it came with and the person it names."""

    id: int
    snapshot = models.ForeignKey(Snapshot, on_delete=models.CASCADE, related_name="+")
    nik = models.CharField(max_length=32, blank=True)
    name = models.CharField(max_length=200)

    class Meta:
        abstract = True
        indexes: ClassVar = [models.Index(fields=["nik"], name="%(class)s_nik")]


class Resident(_Row):
    """One inhabitant in the population register, with the family (KK) he or she belongs to."""

    no_kk = models.CharField(max_length=16)
    sex = models.CharField(max_length=1)
    born = models.DateField(null=True)
    relation = models.CharField(max_length=30)
    mother_name = models.CharField(max_length=200, blank=True)
    area_code = models.CharField(max_length=13)
    rt = models.CharField(max_length=5, blank=True)
    rw = models.CharField(max_length=5, blank=True)

    columns: ClassVar = Columns(
        kept="id snapshot sex relation area_code", masked="nik name no_kk born", dropped="mother_name rt rw"
    )

    class Meta(_Row.Meta):
        indexes: ClassVar = [*_Row.Meta.indexes, models.Index(fields=["no_kk"], name="resident_kk")]


class Death(_Row):
    """One death certificate."""

    certificate = models.CharField(max_length=40)
    born = models.DateField(null=True)
    died_on = models.DateField()
    place = models.CharField(max_length=100, blank=True)

    columns: ClassVar = Columns(kept="id snapshot died_on place", masked="nik name born certificate")


class Move(_Row):
    """One person who moved away, with the day and where to."""

    moved_on = models.DateField()
    destination = models.CharField(max_length=100, blank=True)

    columns: ClassVar = Columns(kept="id snapshot moved_on destination", masked="nik name")


class CivilServant(_Row):
    """One civil servant, soldier or police officer."""

    nip = models.CharField(max_length=30)
    office = models.CharField(max_length=100, blank=True)

    columns: ClassVar = Columns(kept="id snapshot office", masked="nik name nip")


class ActiveMember(_Row):
    """One active member in the file of BPJS Ketenagakerjaan."""

    kpj = models.CharField(max_length=20)
    born = models.DateField(null=True)
    segment = models.CharField(max_length=10)
    active_since = models.DateField(null=True)

    columns: ClassVar = Columns(kept="id snapshot segment active_since", masked="nik name kpj born")


class Decile(_Row):
    """The welfare decile (1 poorest to 10) that DTSEN gives a family and its members."""

    no_kk = models.CharField(max_length=16)
    decile = models.SmallIntegerField()
    as_of = models.DateField(null=True)

    columns: ClassVar = Columns(kept="id snapshot decile as_of", masked="nik name no_kk")


class DecreedElsewhere(_Row):
    """One name on a decree of another payer, with the days from and to which that payer pays."""

    born = models.DateField(null=True)
    payer = models.CharField(max_length=200)
    number = models.CharField(max_length=100)
    first_day = models.DateField(null=True)
    last_day = models.DateField(null=True)

    columns: ClassVar = Columns(kept="id snapshot payer number first_day last_day", masked="nik name born")


class RegisterFile(models.Model):
    """A register that was uploaded and waits to be read; gone as soon as it was read or refused."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    name = models.CharField(max_length=200)
    content = models.BinaryField()
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(db_default=Now())

    columns: ClassVar = Columns(kept="id name sent_by sent_at", dropped="content")


class Person(models.Model):
    """One person we know, settled against the population register. Everything of that person hangs here.

    Two numbers of one person are two rows; `same_as` says which of them speaks for both. What hangs on either stays.
    """

    id: int
    nik = models.CharField(max_length=16, unique=True)
    name = models.CharField(max_length=200)
    sex = models.CharField(max_length=1)
    born = models.DateField()
    no_kk = models.CharField(max_length=16)
    area_code = models.CharField(max_length=13)
    rt = models.CharField(max_length=5, blank=True)
    rw = models.CharField(max_length=5, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    occupation = models.CharField(max_length=100, blank=True)
    same_as = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="others", db_index=False)
    words = models.GeneratedField(
        expression=models.Func(F("name"), F("area_code"), function="people_words", output_field=Words()),
        output_field=Words(),
        db_persist=True,
    )

    columns: ClassVar = Columns(
        kept="id sex area_code occupation same_as", masked="nik name born no_kk phone", dropped="rt rw words"
    )

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(nik__regex=r"^[1-9][0-9]{15}$"), name="person_nik_16_digits"),
            models.CheckConstraint(condition=~Q(same_as=F("id")), name="person_not_same_as_itself"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["no_kk"], name="person_kk"),
            models.Index(fields=["area_code", "name"], name="person_area_name"),
            models.Index(fields=["same_as"], condition=Q(same_as__isnull=False), name="person_same_as"),
        ]


class PersonPair(models.Model):
    """One answer about two persons: the same, or not. Given by one officer, checked by another, kept for ever.

    The newest that is settled counts: `sama` merges `gone` into `kept`, `beda` keeps them apart or takes a merge back.
    """

    class Answer(models.TextChoices):
        """What is said of the two."""

        SAMA = "sama", "orang yang sama"
        BEDA = "beda", "dua orang"

    class State(models.TextChoices):
        """Waiting for the second officer, or how it ended."""

        DIUSULKAN = "diusulkan", "diusulkan"
        DIBATALKAN = "dibatalkan", "dibatalkan"
        DIKEMBALIKAN = "dikembalikan", "dikembalikan"
        DITETAPKAN = "ditetapkan", "ditetapkan"

    id: int
    kept = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="pairs_kept")
    gone = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="pairs_gone")
    answer = models.CharField(max_length=5, choices=Answer.choices)
    why = models.CharField(max_length=300)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_on = models.DateField()
    made_at = models.DateTimeField(db_default=Now())
    state = models.CharField(max_length=12, choices=State.choices, default=State.DIUSULKAN)
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    checked_on = models.DateField(null=True)

    columns: ClassVar = Columns(
        kept="id kept gone answer made_by made_on made_at state checked_by checked_on", dropped="why"
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["gone"], condition=Q(state="diusulkan"), name="pair_one_open"),
            models.CheckConstraint(condition=~Q(gone=F("kept")), name="pair_of_two"),
            models.CheckConstraint(
                condition=Q(checked_by__isnull=True) | ~Q(checked_by=F("made_by")), name="pair_maker_not_checker"
            ),
            models.CheckConstraint(
                condition=Q(
                    state__in=["ditetapkan", "dikembalikan"], checked_by__isnull=False, checked_on__isnull=False
                )
                | Q(state__in=["diusulkan", "dibatalkan"], checked_by__isnull=True, checked_on__isnull=True),
                name="pair_state_and_check",
            ),
        ]


class PovertyEdition(models.Model):
    """How many poor people live in each kecamatan of a city in one year, as one file said it. One at most is in force.

    `people` gives the number by the code of the kecamatan; `former` was in force before it.
    """

    id: int
    area_code = models.CharField(max_length=13)
    year = models.SmallIntegerField()
    people = models.JSONField()
    source = models.CharField(max_length=200)
    file = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_on = models.DateField()
    active = models.BooleanField(default=False)
    used_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    used_on = models.DateField(null=True)
    former = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")

    columns: ClassVar = Columns(
        kept="id area_code year people source file sha256 made_by made_on active used_by used_on former"
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["area_code"], condition=Q(active=True), name="poverty_one_active"),
            models.CheckConstraint(
                condition=Q(active=False) | Q(used_by__isnull=False, used_on__isnull=False),
                name="poverty_active_by_somebody",
            ),
            models.CheckConstraint(condition=~Q(source="") & Q(year__range=(2000, 2100)), name="poverty_says_whence"),
        ]
