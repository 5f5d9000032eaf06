"""Tells Django that this door has templates and static files."""

from django.apps import AppConfig


class Room(AppConfig):
    """The door `web`."""

    name = "lopo.web"
