"""Runs a command of Django's on the database that the environment names: BENCH_ENGINE, _PORT, _DATABASE, _PASSWORD."""

import os
import sys

from django.conf import settings
from django.core.management import execute_from_command_line

settings.configure(
    INSTALLED_APPS=["office"],
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    USE_TZ=True,
    DATABASES={
        "default": {
            "ENGINE": "django.db.backends." + os.environ["BENCH_ENGINE"].replace("mariadb", "mysql"),
            "HOST": "127.0.0.1",
            "PORT": os.environ["BENCH_PORT"],
            "NAME": os.environ["BENCH_DATABASE"],
            "USER": "studio",
            "PASSWORD": os.environ["BENCH_PASSWORD"],
        }
    },
)
execute_from_command_line(sys.argv)
