"""Writes memberships, their numbers, paid months, cards and receipts."""

from lopo.coverage.actions.answers import AnswerRead, read_answer
from lopo.coverage.actions.corrections import Again, replace_card, reverse_receipt
from lopo.coverage.actions.months import Payment, confirm_months, end_membership, take_back_months
from lopo.coverage.actions.own_look import OwnTry, look_at_own_cover
from lopo.coverage.actions.papers import (
    ATTESTED,
    WITNESSED,
    HandoverEvent,
    ReceiptGiven,
    ReceiptsRecorded,
    print_cards,
    record_handover,
    record_receipts,
)
from lopo.coverage.actions.sending import Submitted, submit_again, submit_members
from lopo.coverage.actions.takeover import TakenOver, Takeover, take_over

__all__ = [
    "ATTESTED",
    "WITNESSED",
    "Again",
    "AnswerRead",
    "HandoverEvent",
    "OwnTry",
    "Payment",
    "ReceiptGiven",
    "ReceiptsRecorded",
    "Submitted",
    "TakenOver",
    "Takeover",
    "confirm_months",
    "end_membership",
    "look_at_own_cover",
    "print_cards",
    "read_answer",
    "record_handover",
    "record_receipts",
    "replace_card",
    "reverse_receipt",
    "submit_again",
    "submit_members",
    "take_back_months",
    "take_over",
]
