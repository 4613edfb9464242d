-- A music shop: names in mixed case, an employee who reports to another, and playlists with
-- their tracks in a table whose key is the pair. No key is given out by the database.

CREATE TABLE "Artist" ("ArtistId" int PRIMARY KEY, "Name" varchar(120));

CREATE TABLE "Album" (
    "AlbumId" int PRIMARY KEY,
    "Title" varchar(160) NOT NULL,
    "ArtistId" int NOT NULL REFERENCES "Artist"
);

CREATE TABLE "Employee" (
    "EmployeeId" int PRIMARY KEY,
    "LastName" varchar(20) NOT NULL,
    "ReportsTo" int REFERENCES "Employee",
    "HireDate" timestamp
);

CREATE TABLE "Customer" (
    "CustomerId" int PRIMARY KEY,
    "Email" varchar(60) NOT NULL,
    "Company" varchar(80),
    "SupportRepId" int REFERENCES "Employee"
);

CREATE TABLE "Track" (
    "TrackId" int PRIMARY KEY,
    "Name" varchar(200) NOT NULL,
    "AlbumId" int REFERENCES "Album",
    "Milliseconds" int NOT NULL,
    "Bytes" bigint,
    "UnitPrice" numeric(10, 2) NOT NULL
);

CREATE TABLE "Invoice" (
    "InvoiceId" int PRIMARY KEY,
    "CustomerId" int NOT NULL REFERENCES "Customer",
    "InvoiceDate" timestamp NOT NULL,
    "Total" numeric(10, 2) NOT NULL
);

CREATE TABLE "InvoiceLine" (
    "InvoiceLineId" int PRIMARY KEY,
    "InvoiceId" int NOT NULL REFERENCES "Invoice",
    "TrackId" int NOT NULL REFERENCES "Track",
    "UnitPrice" numeric(10, 2) NOT NULL,
    "Quantity" int NOT NULL
);

CREATE TABLE "Playlist" ("PlaylistId" int PRIMARY KEY, "Name" varchar(120));

CREATE TABLE "PlaylistTrack" (
    "PlaylistId" int REFERENCES "Playlist",
    "TrackId" int REFERENCES "Track",
    PRIMARY KEY ("PlaylistId", "TrackId")
);
