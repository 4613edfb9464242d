"""The same application with natural keys in its models."""

from office_settings import *  # noqa: F401,F403

NATURAL_KEYS = True
