"""Papers of a case as files: scanned, cleaned, kept once; unreadable ones asked for again; clamd spoken to as it is."""

from __future__ import annotations

import socketserver
import struct
import threading
from collections.abc import Iterator
from datetime import date

import pytest

from lopo.basics.refusal import Refused, Unavailable
from lopo.claims import actions, queries
from lopo.claims.actions import FileGiven
from lopo.claims.malware import EICAR, FakeScanner, Scanned, scanner_at
from lopo.claims.models import PaperFile
from lopo.staff.models import Diary
from tests.cast import Cast
from tests.rooms.claims_stage import READ, Stage, build
from tests.rooms.test_photo import pdf, photo

DAY = date(2025, 10, 7)


@pytest.fixture
def stage(cast: Cast) -> Stage:
    return build(cast)


@pytest.fixture
def case_id(stage: Stage) -> int:
    return stage.accident(stage.member("Marten Adoe"), DAY)


def send(stage: Stage, case_id: int, content: bytes, code: str = "kronologi") -> actions.FileKept:
    return actions.add_paper_file(
        by=stage.cast.lurah, on=READ, case_id=case_id, given=FileGiven(code, content), scanner=FakeScanner()
    )


def test_photos_and_pdfs_are_pages_of_one_paper_and_the_same_file_is_kept_once(stage: Stage, case_id: int) -> None:
    letter = pdf(3)
    first, second = send(stage, case_id, photo()), send(stage, case_id, letter)
    assert (first.pages, second.pages, send(stage, case_id, photo()).new) == (1, 3, False)
    shown = queries.paper_shown(case_id, "kronologi")
    assert shown is not None
    assert (shown.paper.state, shown.pages, len(shown.files)) == ("dikirim", 4, 2)
    assert [at and (at[0].place, at[1]) for at in map(shown.file_of, (1, 2, 4, 5))] == [(1, 1), (2, 1), (2, 3), None]
    assert queries.file_content(second.file_id) == letter
    assert Diary.objects.filter(action="add_paper_file").count() == 2


@pytest.mark.parametrize(
    ("content", "code", "refusal"),
    [
        (b"MZ program", "kronologi", "bukan_foto"),
        (EICAR, "kronologi", "berkas_berbahaya"),
        (photo(), "ijazah", "berkas_tidak_diminta"),
    ],
)
def test_what_is_no_paper_is_named_and_not_kept(
    stage: Stage, case_id: int, content: bytes, code: str, refusal: str
) -> None:
    with pytest.raises(Refused) as problem:
        send(stage, case_id, content, code)
    assert problem.value.code == refusal
    assert not PaperFile.objects.exists()


def test_an_unreadable_paper_is_asked_for_again_and_the_days_of_payment_stop(stage: Stage, case_id: int) -> None:
    office = {"by": stage.cast.dinas, "on": READ, "case_id": case_id}
    send(stage, case_id, photo())
    stage.papers(case_id)
    assert stage.case(case_id).state == "lengkap"
    with pytest.raises(Refused, match="Tulis apa yang kurang"):
        actions.mark_paper(**office, code="kronologi", trouble="tak_terbaca", why=" ")
    actions.mark_paper(**office, code="kronologi", trouble="tak_terbaca", why="foto buram")
    case = stage.case(case_id)
    assert (case.state, case.complete_on, case.pay_due_on) == ("dibuka", None, None)
    shown = queries.paper_shown(case_id, "kronologi")
    assert shown is not None
    assert (shown.paper.state, shown.paper.why, shown.pages, len(shown.files)) == ("tak_terbaca", "foto buram", 0, 1)
    send(stage, case_id, photo(size=(90, 90)))
    again = queries.paper_shown(case_id, "kronologi")
    assert again is not None
    assert (again.paper.state, again.pages) == ("dikirim", 1)
    assert actions.accept_paper(**office, code="kronologi") == ()
    assert stage.case(case_id).state == "lengkap"


def test_only_the_kelurahan_of_the_family_sends_and_only_the_office_judges(stage: Stage, case_id: int) -> None:
    other = stage.accident(stage.member("Orang Alak"), DAY)
    stage.case(other).person.__class__.objects.filter(cases=other).update(area_code="53.71.01.1008")
    for wrong in (lambda: send(stage, other, photo()), lambda: actions.mark_paper(
        by=stage.cast.lurah, on=READ, case_id=case_id, code="kronologi", trouble="tidak_ada", why="hilang"
    )):  # fmt: skip
        with pytest.raises(Refused, match="tidak berwenang"):
            wrong()


class Clam(socketserver.StreamRequestHandler):
    """Answers INSTREAM as clamd does."""

    def handle(self) -> None:
        assert self.rfile.read(10) == b"zINSTREAM\0"
        content = b""
        while size := struct.unpack(">I", self.rfile.read(4))[0]:
            content += self.rfile.read(size)
        said = b"stream: Eicar-Signature FOUND" if EICAR in content else b"stream: OK"
        self.wfile.write((b"INSTREAM size limit exceeded. ERROR" if len(content) > 100_000 else said) + b"\0")


@pytest.fixture
def clamd() -> Iterator[str]:
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Clam) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        yield f"127.0.0.1:{server.server_address[1]}"
        server.shutdown()


def test_a_clamd_is_asked_and_what_it_finds_is_named(clamd: str) -> None:
    scanner = scanner_at(clamd)
    assert scanner.scan(b"x" * 90_000) == Scanned(looked=True)
    assert scanner.scan(b"a" + EICAR).found == "Eicar-Signature"
    with pytest.raises(Unavailable, match="tidak dikenal"):
        scanner.scan(b"x" * 200_000)


def test_nothing_is_kept_while_the_scanner_is_silent(stage: Stage, case_id: int) -> None:
    with pytest.raises(Unavailable, match="tidak menjawab"):
        actions.add_paper_file(
            by=stage.cast.lurah, on=READ, case_id=case_id, given=FileGiven("kronologi", photo()),
            scanner=scanner_at("/nowhere/clamd.sock"),
        )  # fmt: skip
    assert not PaperFile.objects.exists()
