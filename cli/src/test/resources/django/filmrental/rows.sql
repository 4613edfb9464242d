INSERT INTO language SELECT i, name, timestamp '2026-02-15 10:02:19.123456'
FROM unnest(ARRAY['English', 'Italian', 'Français']) WITH ORDINALITY AS l (name, i);
INSERT INTO film
SELECT i, 'The ' || (ARRAY['running', 'sleeping', 'lost'])[1 + i % 3] || ' dinosaurs, part ' || i,
    CASE WHEN i % 4 > 0 THEN 1950 + i % 70 END, 1 + i % 3, CASE WHEN i % 5 = 0 THEN 2 END,
    3 + i % 4, 0.99 + i % 4, CASE WHEN i % 6 > 0 THEN (enum_range(NULL::mpaa_rating))[i % 6] END,
    timestamp '2026-05-26 14:50:58' + i * interval '7.000951 seconds',
    CASE WHEN i % 7 > 0 THEN (ARRAY['Trailers', 'Deleted "Scenes"', 'Behind, the {Scenes}', 'NULL', '', E'C:\\x', 'già'])[1:i % 7] END,
    CASE i % 3 WHEN 0 THEN '{}'::int[] WHEN 1 THEN ARRAY[i, NULL, -i] END, ''
FROM generate_series(1, 120) i;
WITH s AS (INSERT INTO store SELECT i, i, 'Store ' || i FROM generate_series(1, 2) i)
INSERT INTO staff
SELECT i, 'staff' || i, i, i = 1, CASE i WHEN 1 THEN decode('00ff5c270a0d', 'hex') END FROM generate_series(1, 2) i;
INSERT INTO rental
SELECT i, 1 + i % 120, 1 + i % 2,
    CASE WHEN i % 50 = 0 THEN 'empty' WHEN i % 9 = 0 THEN tsrange(timestamp '2026-05-24 22:53:30', NULL)
        ELSE tsrange(timestamp '2026-05-24 22:53:30' + i * interval '1 hour', timestamp '2026-06-01' + i * interval '1 hour', '[]') END,
    CASE WHEN i % 2 = 0 THEN int4range(i, i + 3) END, timestamp '2026-02-15 21:30:53.000001'
FROM generate_series(1, 150) i;
INSERT INTO payment
SELECT i, i, 0.99 + i % 9, timestamp '2025-12-01 11:22:33.456789' + i * interval '9 hours'
FROM generate_series(1, 150) i;
