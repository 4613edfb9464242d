INSERT INTO "Artist" SELECT i, CASE WHEN i % 10 > 0 THEN 'Artiste n° ' || i || ' «Ça»' END FROM generate_series(1, 40) i;
INSERT INTO "Album" SELECT i, 'Álbum ' || i, 1 + i * 7 % 40 FROM generate_series(1, 60) i;
-- The boss has the largest number: the order of keys is not enough.
INSERT INTO "Employee"
SELECT i, 'Employee ' || i, CASE WHEN i < 8 THEN 8 - (8 - i) / 2 END, timestamp '2002-08-14' + i * interval '1 day'
FROM generate_series(1, 8) i;
INSERT INTO "Customer"
SELECT i, 'c' || i || '@example.org', CASE WHEN i % 3 = 0 THEN 'O''Neill & "Sons" ' || i END, 1 + i % 8
FROM generate_series(1, 50) i;
INSERT INTO "Track"
SELECT i, 'Track ' || i, CASE WHEN i % 9 > 0 THEN 1 + i % 60 END, i * 1000, i * 3000000000, 0.99 + i % 2
FROM generate_series(1, 200) i;
INSERT INTO "Invoice"
SELECT i, 1 + i % 50, timestamp '2021-01-01' + i * interval '13 hours', i * 0.99 FROM generate_series(1, 80) i;
INSERT INTO "InvoiceLine"
SELECT i, 1 + i % 80, 1 + i % 200, 0.99, 1 + i % 3 FROM generate_series(1, 160) i;
INSERT INTO "Playlist" SELECT i, 'Playlist ' || i FROM generate_series(1, 10) i;
INSERT INTO "PlaylistTrack" SELECT 1 + i % 10, 1 + i * 13 % 200 FROM generate_series(1, 100) i;
