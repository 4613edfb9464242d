"""The accounting office of scripts/sample as the Django application whose tables they are."""

from database import DATABASES, DEFAULT_AUTO_FIELD, SECRET_KEY  # noqa: F401

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "anagrafiche",
    "pratiche",
    "titolario",
    "documenti",
    "scadenze",
]
TIME_ZONE = "Europe/Rome"
USE_TZ = True
NATURAL_KEYS = False
