-- Fills the tables with @rows rows, always the same ones: a fifth are customers, four fifths their invoices.

START TRANSACTION;

INSERT INTO office_customer
SELECT i, CONCAT('C', LPAD(i, 9, '0')),
    CONCAT(ELT(1 + i % 7, 'Ada', 'Aldo', 'Bice', 'Carlo', 'Dino', 'Gaia', 'Nicolò'), ' ',
        ELT(1 + i % 5, 'Bianchi', 'Conti', 'D''Angelo', 'Greco', 'Rizzo'), ' ', i),
    CONCAT('customer', i, '@post.example'),
    IF(i % 3 > 0, DATE '1940-01-01' + INTERVAL i * 37 % 24000 DAY, NULL),
    40 + (i % 160) / 2, i % 17 <> 0,
    IF(i % 29 = 0, CONCAT('Call "in the morning" only\nC:\\files\\', i, '\t– è avvisato 📁'), ''),
    TIMESTAMP '2021-03-01 07:00:00.000001' + INTERVAL i % 50000 * 1020123457 MICROSECOND
FROM (SELECT seq AS i FROM seq_1_to_100000000 WHERE seq <= @rows DIV 5) AS numbers;

INSERT INTO office_invoice
SELECT i, 1 + i * 7 % (@rows DIV 5), CONCAT('I/', 2018 + i % 8, '/', LPAD(i, 9, '0')),
    CONCAT('Services of month ', 1 + i % 12, ', as agreed with ', MD5(i)),
    DATE '2018-01-01' + INTERVAL i % 2900 DAY, IF(i % 4 > 0, DATE '2018-02-01' + INTERVAL i % 2900 DAY, NULL),
    (i * 31 % 5000000) / 100, IF(i % 6 > 0, 22, NULL), i % 3 > 0,
    CASE i % 97 WHEN 0 THEN '\\N' WHEN 1 THEN 'line 1\r\nline 2\tend\\' WHEN 2 THEN '👍 "ok"'
        ELSE CONCAT('The customer still owes paper no. ', i, '.') END,
    TIMESTAMP '2018-01-01 07:00' + INTERVAL i % 70000 * 3300000271 MICROSECOND,
    TIMESTAMP '2024-01-08 07:00' + INTERVAL i % 50000 * 540000113 MICROSECOND
FROM (SELECT seq AS i FROM seq_1_to_100000000 WHERE seq <= @rows - @rows DIV 5) AS numbers;

COMMIT;
