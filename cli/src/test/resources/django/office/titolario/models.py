"""The tree of headings under which documents are filed."""

from django.db import models
from naming import Named


class TitolarioVoce(models.Model):
    codice = models.CharField(max_length=30, unique=True)
    titolo = models.CharField(max_length=200)
    padre = models.ForeignKey("self", models.PROTECT, null=True)

    objects = Named("codice")

    class Meta:
        db_table = "vocititolario"
