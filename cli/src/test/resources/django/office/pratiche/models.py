"""The office's cases, with their labels and the people they are assigned to."""

from anagrafiche.models import Cliente
from django.contrib.auth.models import User
from django.db import models
from naming import Named


class TipoPratica(models.Model):
    codice = models.CharField(max_length=10, unique=True)
    nome = models.CharField(max_length=100)
    durata_prevista = models.DurationField(null=True)

    objects = Named("codice")


class Etichetta(models.Model):
    nome = models.CharField(max_length=50, unique=True)
    colore = models.CharField(max_length=7)

    objects = Named("nome")


class Pratica(models.Model):
    codice = models.CharField(max_length=30, unique=True)
    oggetto = models.CharField(max_length=255)
    stato = models.CharField(max_length=12)
    cliente = models.ForeignKey(Cliente, models.PROTECT)
    tipo = models.ForeignKey(TipoPratica, models.PROTECT)
    responsabile = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    aperta_il = models.DateField()
    chiusa_il = models.DateField(null=True)
    valore = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    avanzamento = models.FloatField()
    dati = models.JSONField(null=True)
    creata_il = models.DateTimeField()
    etichette = models.ManyToManyField(Etichetta)
    assegnatari = models.ManyToManyField(User)

    objects = Named("codice")


class PraticaNota(models.Model):
    pratica = models.ForeignKey(Pratica, models.CASCADE)
    autore = models.ForeignKey(User, models.PROTECT)
    testo = models.TextField()
    creata_il = models.DateTimeField()
