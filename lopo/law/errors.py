"""The named errors of the law room: a case that cannot be decided, and a law text that is defective."""

from typing import ClassVar


class CaseError(ValueError):
    """A case that cannot be decided as it was asked; `code` is for machines, the message for people."""

    code: ClassVar[str] = "kasus_tidak_dapat_diputus"

    def __init__(self, message: str, *names: str) -> None:
        super().__init__(message)
        self.message = message
        self.names = names


class MissingFact(CaseError):
    """A fact that the target needs was not given (or is None)."""

    code = "fakta_kosong"


class UnknownFact(CaseError):
    """A fact was given that the statute never asks for; most often a typing mistake."""

    code = "fakta_tidak_dikenal"


class WrongType(CaseError):
    """A fact has another type than declared (a bool is no number, a float is no money)."""

    code = "jenis_fakta_salah"


class OutOfRange(CaseError):
    """A fact lies outside of its declared range or is not one of its codes."""

    code = "fakta_di_luar_batas"


class UnknownTarget(CaseError):
    """No rule of that name is in force on the day."""

    code = "sasaran_tidak_dikenal"


class NoLawYet(CaseError):
    """The day lies before the first law."""

    code = "belum_ada_hukum"


class SharesNotAgreed(CaseError):
    """Several persons of one class inherit and have not said who receives how much; the law does not choose."""

    code = "bagian_belum_disepakati"


class NobodyToReceive(CaseError):
    """The law gives an amount to somebody who has not been named, such as whoever arranged the funeral."""

    code = "penerima_belum_diketahui"


class Unspoken(CaseError):
    """A language in which the law room does not explain itself."""

    code = "bahasa_tidak_dikenal"


class LawDefect(Exception):
    """The law text itself is wrong (rule, parameter or source); raised at import with file and line."""

    def __init__(self, place: str, message: str) -> None:
        super().__init__(f"{place}: {message}")
        self.place = place
        self.message = message
