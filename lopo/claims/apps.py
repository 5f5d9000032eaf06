"""Tells Django that this room has tables."""

from django.apps import AppConfig


class Room(AppConfig):
    """The room `claims`."""

    name = "lopo.claims"
