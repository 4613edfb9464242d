"""The tables of schema.sql as Django knows them, for dumpdata and loaddata."""

from django.db import models


class Customer(models.Model):
    code = models.CharField(max_length=12, unique=True)
    name = models.CharField(max_length=200)
    email = models.EmailField()
    born = models.DateField(null=True)
    rate = models.DecimalField(max_digits=10, decimal_places=2)
    active = models.BooleanField()
    notes = models.TextField()
    created = models.DateTimeField()


class Invoice(models.Model):
    customer = models.ForeignKey(Customer, models.PROTECT)
    number = models.CharField(max_length=20, unique=True)
    subject = models.CharField(max_length=200)
    issued = models.DateField()
    due = models.DateField(null=True)
    net = models.DecimalField(max_digits=12, decimal_places=2)
    vat = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    paid = models.BooleanField()
    notes = models.TextField()
    created = models.DateTimeField()
    changed = models.DateTimeField()
