"""Deadlines; what a deadline is about may be any object of the application."""

from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.db import models


class Scadenza(models.Model):
    titolo = models.CharField(max_length=200)
    quando = models.DateTimeField()
    fatta = models.BooleanField()
    ricorrenza = models.JSONField(null=True)
    content_type = models.ForeignKey(ContentType, models.PROTECT)
    object_id = models.BigIntegerField()
    assegnata_a = models.ForeignKey(User, models.PROTECT, null=True)
