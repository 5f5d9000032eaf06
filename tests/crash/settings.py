"""The settings of the product, but for pages whose style sheets nobody collects here."""

from lopo.settings import *  # noqa: F403
from lopo.settings import STORAGES as _STORAGES

STORAGES = _STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
