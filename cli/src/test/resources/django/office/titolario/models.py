"""The tree of headings under which documents are filed."""

from django.db import models


class VoceManager(models.Manager):
    def get_by_natural_key(self, codice):
        return self.get(codice=codice)


class TitolarioVoce(models.Model):
    codice = models.CharField(max_length=30, unique=True)
    titolo = models.CharField(max_length=200)
    padre = models.ForeignKey("self", models.PROTECT, null=True)

    objects = VoceManager()

    def natural_key(self):
        return (self.codice,)

    class Meta:
        db_table = "vocititolario"
