"""The film rental's tables."""

from django.contrib.postgres.fields import ArrayField, DateTimeRangeField, IntegerRangeField
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from psycopg2.extras import DateTimeRange


class Timestamps(DateTimeRangeField):
    """A range of times without zone."""

    range_type = DateTimeRange

    def db_type(self, connection):
        return "tsrange"


class Language(models.Model):
    language_id = models.AutoField(primary_key=True)
    name = models.CharField(max_length=20)
    last_update = models.DateTimeField()

    class Meta:
        db_table = "language"


class Film(models.Model):
    film_id = models.AutoField(primary_key=True)
    title = models.CharField(max_length=255)
    release_year = models.IntegerField(null=True)
    language = models.ForeignKey(Language, models.PROTECT, related_name="+")
    original_language = models.ForeignKey(Language, models.PROTECT, null=True, related_name="+")
    rental_duration = models.SmallIntegerField()
    rental_rate = models.DecimalField(max_digits=4, decimal_places=2)
    rating = models.CharField(max_length=5, null=True)
    last_update = models.DateTimeField()
    special_features = ArrayField(models.TextField(), null=True)
    scores = ArrayField(models.IntegerField(null=True), null=True)
    fulltext = SearchVectorField()

    class Meta:
        db_table = "film"


class Store(models.Model):
    store_id = models.AutoField(primary_key=True)
    manager = models.ForeignKey("Staff", models.PROTECT, related_name="+")
    name = models.CharField(max_length=40)

    class Meta:
        db_table = "store"


class Staff(models.Model):
    staff_id = models.AutoField(primary_key=True)
    username = models.CharField(max_length=16)
    store = models.ForeignKey(Store, models.PROTECT)
    active = models.BooleanField()
    picture = models.BinaryField(null=True)

    class Meta:
        db_table = "staff"


class Rental(models.Model):
    rental_id = models.AutoField(primary_key=True)
    film = models.ForeignKey(Film, models.PROTECT)
    staff = models.ForeignKey(Staff, models.PROTECT)
    rental_period = Timestamps()
    copies = IntegerRangeField(null=True)
    last_update = models.DateTimeField()

    class Meta:
        db_table = "rental"


class Payment(models.Model):
    """The table has no key; its numbers are unique all the same."""

    payment_id = models.IntegerField(primary_key=True)
    rental = models.ForeignKey(Rental, models.PROTECT)
    amount = models.DecimalField(max_digits=5, decimal_places=2)
    payment_date = models.DateTimeField()

    class Meta:
        db_table = "payment"
