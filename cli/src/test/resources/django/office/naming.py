"""What a row is called by, which may be its natural key."""

from django.conf import settings
from django.db import models


class Named(models.Manager):
    """Finds rows by a column. Where the settings say so, it is their natural key."""

    def __init__(self, column=None):
        super().__init__()
        self.column = column

    def contribute_to_class(self, cls, name):
        super().contribute_to_class(cls, name)
        if settings.NATURAL_KEYS:
            cls.natural_key = lambda row: (getattr(row, self.column),)

    def get_by_natural_key(self, value):
        return self.get(**{self.column: value})
