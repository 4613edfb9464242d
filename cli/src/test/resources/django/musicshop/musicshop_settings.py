"""A music shop whose names are in mixed case; its times have no zone."""

from database import DATABASES, DEFAULT_AUTO_FIELD, SECRET_KEY  # noqa: F401

INSTALLED_APPS = ["shop"]
TIME_ZONE = "UTC"
USE_TZ = False
