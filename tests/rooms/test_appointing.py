"""A duty is proposed by one and confirmed by another; nobody serves himself, and a payer is served alone."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError

from lopo.basics.refusal import Refused
from lopo.staff import appointing, queries
from lopo.staff.actions import set_password
from lopo.staff.appointing import DutyGiven
from lopo.staff.models import Diary, Duty, Officer
from tests.cast import Cast, appoint_all

pytestmark = pytest.mark.django_db
DAY, LATER = date(2025, 2, 3), date(2025, 2, 10)
NEW = DutyGiven("lurah.naioni", "Bernadus Tefa", "kelurahan", "53.71.06.1001")


@pytest.fixture
def cast() -> Cast:
    return appoint_all()


def keeper(name: str, area: str = "53.71") -> Officer:
    appointing.appoint(by=None, on=DAY, duty=DutyGiven(name, name.title(), "pengelola", area))
    return queries.officer(name)


def test_a_duty_counts_from_the_day_on_which_somebody_else_confirms_it(cast: Cast) -> None:
    duty = appointing.appoint(by=keeper("anton"), on=DAY, duty=NEW)
    made = queries.officer(NEW.username)
    assert queries.duties_of(made.id, on=LATER) == ()
    assert not made.has_usable_password()
    appointing.confirm_duty(by=cast.penyetuju, on=LATER, duty_id=duty)
    assert queries.duties_of(made.id, on=LATER) == (queries.DutyRow("kelurahan", "53.71.06.1001"),)
    assert queries.duties_of(made.id, on=DAY) == ()
    deeds = Diary.objects.filter(subject="staff.officer", subject_id=str(made.id)).values_list("action", "by__username")
    assert list(deeds.order_by("id")) == [("appoint", "anton"), ("confirm_duty", "penyetuju")]
    with pytest.raises(Refused, match="sudah disahkan"):
        appointing.confirm_duty(by=cast.penyetuju, on=LATER, duty_id=duty)


def test_who_proposed_does_not_confirm_and_nobody_serves_himself(cast: Cast) -> None:
    anton, berta = keeper("anton"), keeper("berta")
    duty = appointing.appoint(by=anton, on=DAY, duty=NEW)
    with pytest.raises(Refused, match="orang lain"):
        appointing.confirm_duty(by=anton, on=DAY, duty_id=duty)
    with pytest.raises(Refused, match="orang lain"):
        appointing.appoint(by=anton, on=DAY, duty=DutyGiven("anton", "Anton", "pimpinan", "53.71"))
    own = appointing.appoint(by=anton, on=DAY, duty=DutyGiven("berta", "Berta", "pemirsa", "53.71"))
    with pytest.raises(Refused, match="orang lain"):
        appointing.confirm_duty(by=berta, on=DAY, duty_id=own)
    with pytest.raises(Refused, match="orang lain"):
        appointing.revoke_duty(by=berta, on=DAY, duty_id=own, reason="tidak jadi")
    with pytest.raises(IntegrityError):
        Duty.objects.filter(pk=duty).update(confirmed_by=anton, confirmed_on=DAY)


def test_a_duty_taken_back_ends_the_same_day_and_may_be_given_again(cast: Cast) -> None:
    duty = appointing.appoint(by=None, on=DAY, duty=NEW)
    made, anton = queries.officer(NEW.username), keeper("anton")
    with pytest.raises(Refused, match="mengapa"):
        appointing.revoke_duty(by=anton, on=LATER, duty_id=duty, reason=" ")
    appointing.revoke_duty(by=anton, on=LATER, duty_id=duty, reason="pindah tugas")
    assert queries.duties_of(made.id, on=LATER) == ()
    with pytest.raises(Refused, match="sudah dicabut"):
        appointing.revoke_duty(by=anton, on=LATER, duty_id=duty, reason="pindah tugas")
    appointing.appoint(by=anton, on=LATER, duty=NEW)


@pytest.mark.parametrize(
    ("duty", "code"),
    [
        (DutyGiven("baru", "Baru", "raja", "53"), "peran_tidak_dikenal"),
        (DutyGiven("baru", "Baru", "kantor", "53.7"), "wilayah_tidak_dikenal"),
        (DutyGiven("Baru Sekali", "Baru", "kantor", "53.71"), "nama_pengguna_salah"),
        (DutyGiven("baru", "  ", "kantor", "53.71"), "nama_pengguna_salah"),
        (DutyGiven("baru", "Baru", "pembayar", "53.71"), "pembayar_tidak_sesuai"),
        (DutyGiven("baru", "Baru", "kantor", "53.71", "jemaat"), "pembayar_tidak_sesuai"),
        (DutyGiven("baru", "Baru", "kantor", "53.71", "", date(2025, 2, 2)), "tugas_sudah_lewat"),
        (DutyGiven("baru", "Baru", "kantor", "53"), "tidak_berwenang"),
        (DutyGiven("dinas", "Yuliana Bessie", "kantor", "53.71"), "tugas_sudah_ada"),
        (DutyGiven("dinas", "Yuliana Bessie", "penyetuju", "53.71"), "peran_bertentangan"),
    ],
)
def test_what_cannot_be_a_duty_is_refused_and_makes_no_officer(cast: Cast, duty: DutyGiven, code: str) -> None:
    with pytest.raises(Refused) as refusal:
        appointing.appoint(by=keeper("anton"), on=DAY, duty=duty)
    assert refusal.value.code == code
    assert not Officer.objects.filter(username="baru").exists()


def test_proposed_roles_that_do_not_go_together_are_refused_before_they_are_confirmed(cast: Cast) -> None:
    anton = keeper("anton")
    appointing.appoint(by=anton, on=DAY, duty=DutyGiven("baru", "Baru", "keuangan", "53.71"))
    with pytest.raises(Refused, match="Bendahara"):
        appointing.appoint(by=anton, on=DAY, duty=DutyGiven("baru", "Baru", "penyetuju", "53.71"))


def test_a_duty_for_a_payer_gives_nothing_of_the_office(cast: Cast) -> None:
    appointing.appoint(by=None, on=DAY, duty=DutyGiven("bendahara.jemaat", "Rut Ndun", "pembayar", "53", "jemaat"))
    made = queries.officer("bendahara.jemaat")
    assert queries.payers_where(made.id, "payer.read", on=DAY) == ("jemaat",)
    for permission in ("bill.read", "coverage.read", "people.read", "table.export", "decree.read"):
        assert queries.areas_where(made.id, permission, on=DAY) == ()
    assert queries.payers_where(cast.bendahara.id, "payer.read", on=DAY) == ()


def test_a_mark_lets_choose_a_password_once_and_only_within_ones_areas(cast: Cast) -> None:
    anton = keeper("anton")
    made = queries.officer("dinas")
    mark = appointing.let_choose_password(by=anton, on=DAY, officer_id=made.id)
    found = appointing.officer_of_mark(made.id, mark)
    assert found == made
    assert appointing.officer_of_mark(cast.bpjs.id, mark) is None
    set_password(by=found, on=DAY, officer=made, password="sebuah-sandi-baru")
    assert appointing.officer_of_mark(made.id, mark) is None
    for outside in (cast.provinsi.id, anton.id, 0):
        with pytest.raises(Refused, match="wilayah Anda"):
            appointing.let_choose_password(by=anton, on=DAY, officer_id=outside)
