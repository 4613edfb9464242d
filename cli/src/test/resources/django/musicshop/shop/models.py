"""The music shop's tables; a field has its column's name."""

from django.db import models


class Artist(models.Model):
    ArtistId = models.IntegerField(primary_key=True)
    Name = models.CharField(max_length=120, null=True)

    class Meta:
        db_table = "Artist"


class Album(models.Model):
    AlbumId = models.IntegerField(primary_key=True)
    Title = models.CharField(max_length=160)
    ArtistId = models.ForeignKey(Artist, models.PROTECT, db_column="ArtistId")

    class Meta:
        db_table = "Album"


class Employee(models.Model):
    EmployeeId = models.IntegerField(primary_key=True)
    LastName = models.CharField(max_length=20)
    ReportsTo = models.ForeignKey("self", models.PROTECT, null=True, db_column="ReportsTo")
    HireDate = models.DateTimeField(null=True)

    class Meta:
        db_table = "Employee"


class Customer(models.Model):
    CustomerId = models.IntegerField(primary_key=True)
    Email = models.CharField(max_length=60)
    Company = models.CharField(max_length=80, null=True)
    SupportRepId = models.ForeignKey(Employee, models.PROTECT, null=True, db_column="SupportRepId")

    class Meta:
        db_table = "Customer"


class Track(models.Model):
    TrackId = models.IntegerField(primary_key=True)
    Name = models.CharField(max_length=200)
    AlbumId = models.ForeignKey(Album, models.PROTECT, null=True, db_column="AlbumId")
    Milliseconds = models.IntegerField()
    Bytes = models.BigIntegerField(null=True)
    UnitPrice = models.DecimalField(max_digits=10, decimal_places=2)

    class Meta:
        db_table = "Track"


class Invoice(models.Model):
    InvoiceId = models.IntegerField(primary_key=True)
    CustomerId = models.ForeignKey(Customer, models.PROTECT, db_column="CustomerId")
    InvoiceDate = models.DateTimeField()
    Total = models.DecimalField(max_digits=10, decimal_places=2)

    class Meta:
        db_table = "Invoice"


class InvoiceLine(models.Model):
    InvoiceLineId = models.IntegerField(primary_key=True)
    InvoiceId = models.ForeignKey(Invoice, models.PROTECT, db_column="InvoiceId")
    TrackId = models.ForeignKey(Track, models.PROTECT, db_column="TrackId")
    UnitPrice = models.DecimalField(max_digits=10, decimal_places=2)
    Quantity = models.IntegerField()

    class Meta:
        db_table = "InvoiceLine"


class Playlist(models.Model):
    PlaylistId = models.IntegerField(primary_key=True)
    Name = models.CharField(max_length=120, null=True)

    class Meta:
        db_table = "Playlist"


class PlaylistTrack(models.Model):
    """Django has no key of two columns before 5.2: one has to stand for both, and is not unique."""

    PlaylistId = models.OneToOneField(Playlist, models.CASCADE, primary_key=True, db_column="PlaylistId")
    TrackId = models.ForeignKey(Track, models.CASCADE, db_column="TrackId")

    class Meta:
        db_table = "PlaylistTrack"
        unique_together = [("PlaylistId", "TrackId")]
