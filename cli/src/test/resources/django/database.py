"""The database that the test names; what all projects' settings share."""

import os

DATABASES = {
    "default": {
        "ENGINE": "django.db.backends." + os.environ["DB_ENGINE"],
        "HOST": os.environ["DB_HOST"],
        "PORT": os.environ["DB_PORT"],
        "NAME": os.environ["DB_NAME"],
        "USER": os.environ["DB_USER"],
        "PASSWORD": os.environ["DB_PASSWORD"],
        "OPTIONS": {"charset": "utf8mb4"} if os.environ["DB_ENGINE"] == "mysql" else {},
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
SECRET_KEY = "nothing is signed here"
