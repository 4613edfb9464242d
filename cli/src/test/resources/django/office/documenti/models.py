"""Documents, of a customer and perhaps of a case."""

from anagrafiche.models import Cliente
from django.contrib.auth.models import User
from django.db import models
from pratiche.models import Pratica
from titolario.models import TitolarioVoce


class Documento(models.Model):
    codice = models.UUIDField(unique=True)
    titolo = models.CharField(max_length=255)
    percorso = models.CharField(max_length=500)
    impronta = models.BinaryField(null=True)
    importo = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    metadati = models.JSONField()
    data_documento = models.DateField()
    creato_il = models.DateTimeField()
    cliente = models.ForeignKey(Cliente, models.PROTECT)
    pratica = models.ForeignKey(Pratica, models.PROTECT, null=True)
    voce = models.ForeignKey(TitolarioVoce, models.PROTECT, null=True)
    creato_da = models.ForeignKey(User, models.PROTECT, null=True)
