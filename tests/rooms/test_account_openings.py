"""Accounts asked of the bank many at once: the file, its answer, names to look at, and what is put aside."""

from __future__ import annotations

import uuid
from dataclasses import replace

import pytest
from django.db import IntegrityError, transaction

from lopo.basics.page import Asked
from lopo.basics.refusal import Refused
from lopo.jobs.accounts import read_account_answer
from lopo.payments import actions, bank
from lopo.payments.actions.openings import Taken, Wanted, ask_accounts, check_opening
from lopo.payments.models import AccountBatch, AccountOpening, Passbook
from lopo.payments.queries import openings as queries
from lopo.payments.queries.openings import OpeningFilter
from tests.cast import Cast
from tests.rooms.claims_stage import Stage, build
from tests.rooms.test_payments import PAY, decided_death

ALL = ("53",)


NAMES = ("Yohanes Tote", "Maria Lay", "Simon Bria", "Rahel Adoe", "Petrus Nalle", "Marten Foenay", "Ester Djami")


@pytest.fixture
def stage(cast: Cast) -> Stage:
    made = build(cast)
    for name in NAMES:
        made.member(name)
    return made


def programme_of(stage: Stage) -> int:
    return int(stage.proposals.programme_id)


def asked(stage: Stage) -> tuple[uuid.UUID, bytes]:
    """Ask for the accounts of all members; give the batch and its file."""
    batch_id = ask_accounts(by=stage.cast.bpjs, on=PAY, wanted=Wanted(programme_of(stage)))
    return batch_id, bytes(AccountBatch.objects.get().content)


def read(stage: Stage, batch_id: uuid.UUID, content: bytes) -> Taken:
    return read_account_answer(
        by=stage.cast.bpjs, on=PAY, batch_id=batch_id, content=content, progress=lambda _done, _total, _step: None
    )


def test_all_are_asked_for_once_and_opened_under_their_names(stage: Stage) -> None:
    programme, without = programme_of(stage), len(NAMES)
    assert queries.without_account(programme) == without
    batch_id, content = asked(stage)
    name, day, lines = bank.read_openings(content)
    assert (name, day, len(lines)) == (AccountBatch.objects.get().name, PAY, without)
    assert queries.without_account(programme) == 0
    with pytest.raises(Refused) as nobody:
        ask_accounts(by=stage.cast.bpjs, on=PAY, wanted=Wanted(programme))
    assert nobody.value.code == "semua_punya_rekening"
    answer = bank.FakeBank().open_accounts(content)
    assert read(stage, batch_id, answer) == Taken(without, 0, 0, 0)
    assert read(stage, batch_id, answer) == Taken(without, 0, 0, 0, again=True)
    books = dict(Passbook.objects.filter(kind="pekerja").values_list("holder_nik", "number"))
    assert books == bank.FakeBank.open_numbers(books)
    assert len(books) == without


def test_another_name_waits_for_another_officer(stage: Stage) -> None:
    batch_id, content = asked(stage)
    first, second = bank.read_openings(content)[2][:2]
    answer = bank.FakeBank().open_accounts(content, {first.nik: "ORANG LAIN", second.nik: "SIAPA PUN"})
    assert read(stage, batch_id, answer).to_check == 2
    assert not Passbook.objects.filter(holder_nik__in=[first.nik, second.nik]).exists()
    page = queries.openings_page(OpeningFilter(ALL, "perlu_cek"), Asked())
    assert {row.bank_name for row in page.rows} == {"ORANG LAIN", "SIAPA PUN"}
    assert all(row.likeness is not None and row.likeness < 100 for row in page.rows)
    said = {"on": PAY, "why": "KTP dan buku tabungan dibandingkan"}
    with pytest.raises(Refused) as reader:
        check_opening(by=stage.cast.bpjs, opening_id=first.id, same=True, **said)  # type: ignore[arg-type]
    assert reader.value.code == "tidak_berwenang"
    with pytest.raises(IntegrityError, match="opening_checked_by_another"), transaction.atomic():
        AccountOpening.objects.filter(pk=first.id).update(checked_by=stage.cast.bpjs)
    check_opening(by=stage.cast.penyetuju, opening_id=first.id, same=True, **said)  # type: ignore[arg-type]
    check_opening(by=stage.cast.penyetuju, opening_id=second.id, same=False, **said)  # type: ignore[arg-type]
    assert Passbook.objects.filter(holder_nik=first.nik).count() == 1
    assert not Passbook.objects.filter(holder_nik=second.nik).exists()
    with pytest.raises(Refused) as twice:
        check_opening(by=stage.cast.penyetuju, opening_id=first.id, same=True, **said)  # type: ignore[arg-type]
    assert twice.value.code == "rekening_sudah_diperiksa"


def test_a_refused_one_is_asked_for_again_only_when_told(stage: Stage) -> None:
    batch_id, content = asked(stage)
    one = bank.read_openings(content)[2][0]
    assert read(stage, batch_id, bank.FakeBank({one.nik: "KTP kedaluwarsa"}).open_accounts(content)).refused == 1
    assert AccountOpening.objects.get(pk=one.id).note == "KTP kedaluwarsa"
    programme = programme_of(stage)
    assert queries.without_account(programme) == 1
    with pytest.raises(Refused):
        ask_accounts(by=stage.cast.bpjs, on=PAY, wanted=Wanted(programme))
    again = ask_accounts(by=stage.cast.bpjs, on=PAY, wanted=Wanted(programme, again=True))
    assert [row.holder_nik for row in AccountOpening.objects.filter(batch_id=again)] == [one.nik]


def test_what_cannot_be_right_is_put_aside_and_the_rest_goes_on(stage: Stage) -> None:
    actions.open_worker_accounts(
        by=stage.cast.bpjs, on=PAY, numbers={stage.member("Beni Lona").person.nik: "0131111111111"}, bic=bank.BANK_NTT
    )
    batch_id, content = asked(stage)
    name, day, lines = bank.read_openings(content)
    told = [bank.Opened(0, one.id, f"01300000{number:05d}", one.name, "") for number, one in enumerate(lines)]
    told[0] = replace(told[0], number="0131111111111")
    told[1] = replace(told[1], number="12-34")
    told[2] = replace(told[2], number=told[3].number)
    told[4] = replace(told[4], holder="")
    answer = bank.write_opening_answer(name, day, [*told, told[5], bank.Opened(0, 999_999, "0132222222222", "X", "")])
    taken = read(stage, batch_id, answer + b"1;BUKA\n2;ENTAH;1;X;\n99999999999999999999;TOLAK;;;\n")
    assert taken == Taken(1, 0, 0, 11), "the last one alone"
    whys = [line["why"] for line in queries.account_batches()[0].parked]
    assert any("sudah tercatat atas nama orang lain" in why for why in whys)
    for part in ("tidak sah", "lebih dari satu baris", "kosong", "tidak dikenal", "kolom", "tidak terbaca"):
        assert any(part in why for why in whys), part
    mended = bank.write_opening_answer(name, day, [replace(told[1], number="0133333333333")])
    assert read(stage, batch_id, mended) == Taken(1, 0, 0, 0)
    other = bank.write_opening_answer(name, day, [replace(told[1], number="0134444444444")])
    assert read(stage, batch_id, other) == Taken(0, 0, 0, 1)


def test_an_answer_to_another_file_and_what_is_no_answer_are_refused(stage: Stage) -> None:
    batch_id, content = asked(stage)
    other = bank.write_opening_answer("rekening-lain.csv", PAY, [])
    for wrong, code in (
        (other, "jawaban_berkas_lain"),
        (content, "jawaban_bank_rusak"),
        (b"\xff\xfe", "berkas_bank_rusak"),
    ):
        with pytest.raises(Refused) as refused:
            read(stage, batch_id, wrong)
        assert refused.value.code == code
    assert set(AccountOpening.objects.values_list("state", flat=True)) == {"diminta"}


def test_heirs_of_approved_decisions_are_asked_for_too(stage: Stage) -> None:
    decided_death(stage)
    batch_id = ask_accounts(by=stage.cast.bpjs, on=PAY, wanted=Wanted(None))
    content = bytes(AccountBatch.objects.get().content)
    assert read(stage, batch_id, bank.FakeBank().open_accounts(content)).opened == 1
    assert Passbook.objects.get(kind="ahli_waris").person_id is None
    assert actions.make_orders(by=stage.cast.bpjs, on=PAY).waiting == ()
