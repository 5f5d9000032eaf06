"""Tells Django that this door has background jobs."""

from django.apps import AppConfig


class Room(AppConfig):
    """The door `jobs`."""

    name = "lopo.jobs"
