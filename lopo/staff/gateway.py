"""The way out: e-mail by SMTP and a gateway for WhatsApp and SMS. Nothing here knows of tables; off unless it is set.

E-mail goes at least once: where the answer of the server was lost it goes again under the same Message-ID, by which a
mailbox knows it. A gateway is asked whether it has a message before one that was cut off goes again.
"""

from __future__ import annotations

import smtplib
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Protocol

from django.conf import settings
from django.core.mail import EmailMessage

from lopo.basics.refusal import Unavailable

EMAIL, CHAT = "surel", "wa"
_NO_SUCH_BOX: Final = range(500, 600)


class NotTaken(Exception):
    """The other side will never take this message: a box that there is not, an address that is none."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """One message as it goes out; `id` is ours and was made before."""

    id: uuid.UUID
    address: str
    title: str
    words: str


class Gateway(Protocol):
    """One way out."""

    def send(self, parcel: Parcel) -> None:
        """Hand the message over. Raises Unavailable (may be tried again) or NotTaken (never)."""

    def known(self, message_id: uuid.UUID) -> bool | None:
        """Say whether a message arrived, None where this way cannot say."""


class Email:
    """E-mail through the SMTP server of the settings."""

    def send(self, parcel: Parcel) -> None:
        """Send one e-mail under a Message-ID made of our id."""
        mail = EmailMessage(
            parcel.title, parcel.words, to=[parcel.address], headers={"Message-ID": f"<{parcel.id}@lopo>"}
        )
        try:
            mail.send()
        except smtplib.SMTPRecipientsRefused as problem:
            codes = [code for code, _ in problem.recipients.values()]
            if all(code in _NO_SUCH_BOX for code in codes):
                raise NotTaken("alamat surel ditolak server") from problem
            raise Unavailable("server surel menunda") from problem
        except (smtplib.SMTPException, OSError) as problem:
            raise Unavailable(f"server surel: {type(problem).__name__}") from problem

    def known(self, message_id: uuid.UUID) -> bool | None:
        """SMTP cannot say."""
        return None


@dataclass
class FakeGateway:
    """A gateway for tests that forgets nothing and throws no second copy away; it can be told to break."""

    arrived: list[Parcel] = field(default_factory=list)
    down: bool = False
    dies_after: bool = False
    can_say: bool = True

    def send(self, parcel: Parcel) -> None:
        """Take a message; with `dies_after` it arrives and then the line breaks for good."""
        if self.down:
            raise Unavailable("gerbang tidak menjawab")
        self.arrived.append(parcel)
        if self.dies_after:
            raise SystemExit("the sender was killed between sending and noting")

    def known(self, message_id: uuid.UUID) -> bool | None:
        """Say whether it arrived, unless told to be silent."""
        return any(one.id == message_id for one in self.arrived) if self.can_say else None


def gateways() -> Mapping[str, Gateway]:
    """Give the ways out that are set up: e-mail where a server is named, else none."""
    return {EMAIL: Email()} if settings.EMAIL_HOST else {}
