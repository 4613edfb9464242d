-- Fills the tables with :rows rows, always the same ones: a fifth are customers, four fifths their invoices.

INSERT INTO office_customer
SELECT i, 'C' || lpad(i::text, 9, '0'),
    (ARRAY['Ada', 'Aldo', 'Bice', 'Carlo', 'Dino', 'Gaia', 'Nicolò'])[1 + i % 7] || ' '
        || (ARRAY['Bianchi', 'Conti', 'D''Angelo', 'Greco', 'Rizzo'])[1 + i % 5] || ' ' || i,
    'customer' || i || '@post.example',
    CASE WHEN i % 3 > 0 THEN date '1940-01-01' + (i * 37 % 24000)::int END,
    40 + (i % 160) / 2.0, i % 17 <> 0,
    CASE WHEN i % 29 = 0 THEN E'Call "in the morning" only\nC:\\files\\' || i || E'\t– è avvisato 📁' ELSE '' END,
    timestamptz '2021-03-01 08:00:00.000001+01' + i % 50000 * interval '17 minutes 0.123457 seconds'
FROM generate_series(1, :rows / 5) AS i;

INSERT INTO office_invoice
SELECT i, 1 + i * 7 % (:rows / 5), 'I/' || 2018 + i % 8 || '/' || lpad(i::text, 9, '0'),
    'Services of month ' || 1 + i % 12 || ', as agreed with ' || md5(i::text),
    date '2018-01-01' + (i % 2900)::int, CASE WHEN i % 4 > 0 THEN date '2018-02-01' + (i % 2900)::int END,
    (i * 31 % 5000000) / 100.0, CASE WHEN i % 6 > 0 THEN 22 END, i % 3 > 0,
    CASE i % 97 WHEN 0 THEN '\N' WHEN 1 THEN E'line 1\r\nline 2\tend\\' WHEN 2 THEN '👍 "ok"'
        ELSE 'The customer still owes paper no. ' || i || '.' END,
    timestamptz '2018-01-01 08:00+01' + i % 70000 * interval '55 minutes 0.000271 seconds',
    timestamptz '2024-01-08 08:00+01' + i % 50000 * interval '9 minutes 0.000113 seconds'
FROM generate_series(1, :rows - :rows / 5) AS i;

SELECT setval(pg_get_serial_sequence('office_customer', 'id'), max(id)) FROM office_customer;
SELECT setval(pg_get_serial_sequence('office_invoice', 'id'), max(id)) FROM office_invoice;
