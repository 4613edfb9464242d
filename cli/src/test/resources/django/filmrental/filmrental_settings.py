"""A film rental with PostgreSQL's own types; its times have no zone."""

from database import DATABASES, DEFAULT_AUTO_FIELD, SECRET_KEY  # noqa: F401

INSTALLED_APPS = ["django.contrib.postgres", "rental"]
TIME_ZONE = "UTC"
USE_TZ = False
