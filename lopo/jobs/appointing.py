"""The verb `lopo appoint`: the first officers of an office, appointed at the machine itself."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from datetime import date

from django.contrib.auth.tokens import default_token_generator
from django.urls import reverse

from lopo.basics.refusal import Refused
from lopo.staff.appointing import DutyGiven, appoint
from lopo.staff.queries import officer
from lopo.staff.roles import ROLES


def parser() -> argparse.ArgumentParser:
    """Give the words of the verb."""
    verb = argparse.ArgumentParser(
        prog="lopo appoint",
        description="Appoint an officer at this machine, without a second officer: for the first ones of an office.",
    )
    verb.add_argument("username", help="the name to sign in with, such as pengelola.kota")
    verb.add_argument("name", help='the full name, such as "Filomena Seran"')
    verb.add_argument("role", choices=sorted(ROLES), help="the role")
    verb.add_argument("area", help="the code of the area of the duty, such as 53.71")
    verb.add_argument("--payer", default="", help="the code of the payer, for the role pembayar alone")
    return verb


def main(words: Sequence[str], *, on: date) -> int:
    """Appoint one officer and print the way to the page on which the officer chooses a password; 2 where refused."""
    given = parser().parse_args(words)
    try:
        appoint(by=None, on=on, duty=DutyGiven(given.username, given.name, given.role, given.area, given.payer))
    except Refused as problem:
        sys.stderr.write(f"lopo: {problem}\n")
        return 2
    found = officer(given.username)
    sys.stdout.write(f"{given.username} is {ROLES[given.role].title} in {given.area}.\n")
    if not found.has_usable_password():
        way = reverse("kata_sandi_pilih", args=[found.id, default_token_generator.make_token(found)])
        sys.stdout.write(f"The password is chosen at {way} (good for three days).\n")
    return 0
