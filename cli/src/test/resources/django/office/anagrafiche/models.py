"""People and companies, and which of them are customers."""

from django.contrib.auth.models import User
from django.db import models
from naming import Named


class Anagrafica(models.Model):
    tipo = models.CharField(max_length=2)
    denominazione = models.CharField(max_length=200)
    nome = models.CharField(max_length=80)
    cognome = models.CharField(max_length=80)
    codice_fiscale = models.CharField(max_length=16, unique=True, null=True)
    partita_iva = models.CharField(max_length=11)
    data_nascita = models.DateField(null=True)
    attiva = models.BooleanField()
    note = models.TextField()
    creata_il = models.DateTimeField()
    aggiornata_il = models.DateTimeField()


class Cliente(models.Model):
    codice = models.CharField(max_length=12, unique=True)
    anagrafica = models.OneToOneField(Anagrafica, models.PROTECT)
    responsabile = models.ForeignKey(User, models.PROTECT, null=True)
    cliente_dal = models.DateField()
    cliente_al = models.DateField(null=True)
    tariffa_oraria = models.DecimalField(max_digits=10, decimal_places=2)
    preferenze = models.JSONField()

    objects = Named("codice")


class ContattoEmail(models.Model):
    anagrafica = models.ForeignKey(Anagrafica, models.CASCADE)
    email = models.CharField(max_length=254)
    pec = models.BooleanField()
    principale = models.BooleanField()


class Indirizzo(models.Model):
    anagrafica = models.ForeignKey(Anagrafica, models.CASCADE)
    tipo = models.CharField(max_length=12)
    via = models.CharField(max_length=120)
    civico = models.CharField(max_length=10)
    cap = models.CharField(max_length=5)
    comune = models.CharField(max_length=80)
    provincia = models.CharField(max_length=2)
    latitudine = models.DecimalField(max_digits=9, decimal_places=6, null=True)
    longitudine = models.DecimalField(max_digits=9, decimal_places=6, null=True)
