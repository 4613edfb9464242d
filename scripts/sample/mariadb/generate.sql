-- Fills the sample application: about @rows rows in the tables that are synced, always the same ones, and the
-- same as on PostgreSQL. @shift moves the ids of users, content types and join rows, which no two installations
-- share: 0 for dev, 3 for prod. With @shift > 0 there are also users who exist only there.

START TRANSACTION;

INSERT INTO auth_user
SELECT i + @shift, name, CONCAT('pbkdf2_sha256$600000$', MD5(name)),
    CONCAT(UPPER(LEFT(name, 1)), SUBSTR(name, 2)), 'Rossi', CONCAT(name, '@studio.example'), true, true,
    i = 1, NULL, '2021-03-01 08:00'
FROM (SELECT seq AS i, ELT(seq, 'anna', 'bruno', 'carla', 'dario', 'elena', 'franco', 'giulia', 'ivo') AS name
    FROM seq_1_to_8) AS users;

INSERT INTO auth_user
SELECT seq, CONCAT('operatore', seq), '!', 'Operatore', seq, '', false, true, false, NULL, '2021-03-01 08:00'
FROM seq_1_to_100 WHERE seq <= @shift;

INSERT INTO django_content_type
SELECT i + @shift, SUBSTRING_INDEX(name, '.', 1), SUBSTRING_INDEX(name, '.', -1)
FROM (SELECT seq AS i, ELT(seq, 'auth.user', 'anagrafiche.anagrafica', 'anagrafiche.cliente',
    'anagrafiche.contattoemail', 'anagrafiche.indirizzo', 'pratiche.tipopratica',
    'pratiche.etichetta', 'pratiche.pratica', 'pratiche.praticanota', 'titolario.titolariovoce',
    'documenti.documento', 'scadenze.scadenza', 'sessions.session') AS name FROM seq_1_to_13) AS types;

INSERT INTO django_migrations (app, name, applied)
SELECT ELT(seq, 'auth', 'contenttypes', 'sessions', 'anagrafiche', 'pratiche', 'titolario',
    'documenti', 'scadenze'), '0001_initial', '2021-03-01 07:00'
FROM seq_1_to_8;

INSERT INTO django_session
SELECT MD5(CONCAT('session', seq)), 'x', '2026-11-30 23:00'
FROM seq_1_to_100 WHERE seq <= 5 + @shift;

-- anagrafiche

INSERT INTO anagrafiche_anagrafica
SELECT i, IF(i % 3 = 0, 'PG', 'PF'),
    IF(i % 3 = 0, CONCAT(surname, ' & Figli S.r.l. n. ', i), CONCAT(name, ' ', surname)),
    IF(i % 3 = 0, '', name), IF(i % 3 = 0, '', surname),
    IF(i % 11 = 0, NULL, CONCAT(UPPER(LEFT(MD5(CONCAT('cf', i)), 10)), LPAD(i, 6, '0'))),
    IF(i % 3 = 0, LPAD(i, 11, '0'), ''),
    IF(i % 3 = 0, NULL, DATE '1940-01-01' + INTERVAL i * 37 % 24000 DAY),
    i % 17 <> 0,
    IF(i % 29 = 0, CONCAT('Chiamare solo "al mattino"\nC:\\archivio\\', i, '\t– è già avvisato 📁'), ''),
    TIMESTAMP '2021-03-01 07:00:00.000001' + INTERVAL i % 50000 * 1020123457 MICROSECOND,
    TIMESTAMP '2024-01-08 07:00:00.000000' + INTERVAL i % 50000 * 540000113 MICROSECOND
FROM (SELECT seq AS i,
    ELT(1 + seq % 17, 'Ada', 'Aldo', 'Bice', 'Carlo', 'Chiara', 'Dino', 'Ester', 'Fabio', 'Gaia', 'Luca',
        'Marta', 'Nicolò', 'Olga', 'Paolo', 'Rita', 'Sara', 'Tito') AS name,
    ELT(1 + seq % 13, 'Bianchi', 'Colombo', 'Conti', 'D''Angelo', 'De Luca', 'Esposito', 'Ferrari', 'Gallo',
        'Greco', 'Marino', 'Moretti', 'Ricci', 'Rizzo') AS surname
    FROM seq_1_to_10000000 WHERE seq <= @rows * 15 DIV 100) AS names;

INSERT INTO anagrafiche_cliente
SELECT i, CONCAT('C', LPAD(i, 7, '0')), i, u.id, DATE '2015-01-01' + INTERVAL i % 4000 DAY,
    IF(i % 19 = 0, DATE '2026-01-31', NULL), 40 + (i % 160) / 2,
    CONCAT('{"giorni": ', i % 90, ', "lingua": "it", "sconto": null, "fattura": ', IF(i % 2 = 0, 'true', 'false'), '}')
FROM (SELECT seq AS i FROM seq_1_to_10000000 WHERE seq <= @rows * 10 DIV 100) AS numbers
LEFT JOIN auth_user u ON i % 9 > 0 AND u.username
    = ELT(i % 9, 'anna', 'bruno', 'carla', 'dario', 'elena', 'franco', 'giulia', 'ivo');

INSERT INTO anagrafiche_contattoemail
SELECT i, 1 + (i - 1) % (@rows * 7 DIV 100), CONCAT('contatto', i, '@posta.example'), i % 4 = 0,
    i <= @rows * 7 DIV 100
FROM (SELECT seq AS i FROM seq_1_to_10000000 WHERE seq <= @rows * 10 DIV 100) AS numbers;

INSERT INTO anagrafiche_indirizzo
SELECT i, i, IF(i % 3 = 0, 'sede', 'residenza'),
    CONCAT('Via ', ELT(1 + i % 5, 'Roma', 'Garibaldi', 'Mazzini', 'Dante', 'Verdi')),
    CONCAT(1 + i % 200, IF(i % 7 = 0, '/bis', '')), LPAD(i % 99999, 5, '0'),
    ELT(1 + i % 6, 'Forlì', 'Torino', 'L''Aquila', 'Cantù', 'Milano', 'Roma'),
    ELT(1 + i % 6, 'FC', 'TO', 'AQ', 'CO', 'MI', 'RM'),
    IF(i % 5 > 0, 36 + (i % 10000) / 1000, NULL), IF(i % 5 > 0, 7 + (i % 11000) / 1000, NULL)
FROM (SELECT seq AS i FROM seq_1_to_10000000 WHERE seq <= @rows * 10 DIV 100) AS numbers;

-- pratiche

INSERT INTO pratiche_tipopratica
SELECT i, CONCAT(UPPER(LEFT(name, 3)), i), name, IF(i % 4 > 0, i * 1303200000000, NULL)
FROM (SELECT seq AS i, ELT(seq, 'Dichiarazione dei redditi', 'Bilancio', 'Liquidazione IVA',
    'Contratto di lavoro', 'Successione', 'Costituzione di società', 'Contenzioso', 'Visura') AS name
    FROM seq_1_to_8) AS types;

INSERT INTO pratiche_etichetta
SELECT i, name, CONCAT('#', LEFT(MD5(name), 6))
FROM (SELECT seq AS i, ELT(seq, 'urgente', 'in attesa', 'da firmare', 'archivio', 'privato', 'agenzia',
    'INPS', 'banca', 'notaio', 'estero', 'verificare', 'chiusa') AS name FROM seq_1_to_12) AS labels;

INSERT INTO pratiche_pratica
SELECT i, CONCAT('P/', 2018 + i % 8, '/', LPAD(i, 7, '0')), CONCAT('Pratica n. ', i),
    ELT(1 + i % 4, 'aperta', 'in corso', 'sospesa', 'chiusa'),
    1 + i * 7 % (@rows * 10 DIV 100), 1 + i % 8, u.id, DATE '2018-01-01' + INTERVAL i % 2900 DAY,
    IF(i % 4 = 3, DATE '2018-01-01' + INTERVAL i % 2900 + 45 DAY, NULL),
    IF(i % 6 > 0, (i * 31 % 5000000) / 100, NULL), (i % 101) / 100e0,
    IF(i % 5 > 0, CONCAT('{"anno": ', 2018 + i % 8, ', "note": "«', i, '»", "rate": [', i % 12, ', ',
        CAST((i % 7) / 10 AS decimal(30, 20)), ', null]}'), NULL),
    TIMESTAMP '2018-01-01 07:00:00.000000' + INTERVAL i % 70000 * 3300000271 MICROSECOND
FROM (SELECT seq AS i FROM seq_1_to_10000000 WHERE seq <= @rows * 12 DIV 100) AS numbers
LEFT JOIN auth_user u ON i % 10 > 0 AND u.username
    = ELT(i % 10, 'anna', 'bruno', 'carla', 'dario', 'elena', 'franco', 'giulia', 'ivo', 'anna');

INSERT INTO pratiche_praticanota
SELECT i, 1 + i * 5 % (@rows * 12 DIV 100), u.id,
    CASE i % 97 WHEN 0 THEN '' WHEN 1 THEN '\\N' WHEN 2 THEN 'riga 1\r\nriga 2\tfine\\' WHEN 3 THEN '👍 "ok"'
        ELSE CONCAT('Sentito il cliente, manca ancora il documento n. ', i, '.') END,
    TIMESTAMP '2022-01-01 09:00:00.000000' + INTERVAL i % 60000 * 1860999999 MICROSECOND
FROM (SELECT seq AS i FROM seq_1_to_10000000 WHERE seq <= @rows * 10 DIV 100) AS numbers
JOIN auth_user u ON u.username
    = ELT(1 + i % 8, 'anna', 'bruno', 'carla', 'dario', 'elena', 'franco', 'giulia', 'ivo');

INSERT INTO pratiche_pratica_etichette
SELECT seq + @shift, seq, 1 + seq % 12
FROM seq_1_to_10000000 WHERE seq <= @rows * 8 DIV 100;

INSERT INTO pratiche_pratica_assegnatari
SELECT i + @shift, i, u.id
FROM (SELECT seq AS i FROM seq_1_to_10000000 WHERE seq <= @rows * 5 DIV 100) AS numbers
JOIN auth_user u ON u.username
    = ELT(1 + i % 8, 'anna', 'bruno', 'carla', 'dario', 'elena', 'franco', 'giulia', 'ivo');

-- titolario: children carry smaller ids than their parents, so that the order of ids is not enough

INSERT INTO vocititolario
SELECT i, CONCAT('T', LPAD(i, 5, '0')), CONCAT('Voce di titolario ', i), NULL
FROM (SELECT seq AS i FROM seq_1_to_10000000 WHERE seq <= GREATEST(20, @rows DIV 200)) AS numbers;
UPDATE vocititolario SET padre_id = LEAST(GREATEST(20, @rows DIV 200), id + 1 + id % 9)
WHERE id < GREATEST(20, @rows DIV 200);

-- documenti e scadenze

INSERT INTO documenti_documento
SELECT i, INSERT(INSERT(MD5(CONCAT('documento', i)), 13, 1, '4'), 17, 1, '8'), CONCAT('Documento ', i, IF(i % 50 = 0, ' – “copia”', '')),
    CONCAT('/archivio/', 2018 + i % 8, '/', i, '.pdf'),
    IF(i % 3 = 0, UNHEX(MD5(CONCAT('impronta', i))), NULL),
    IF(i % 4 > 0, (i * 17 % 99999999) / 100, NULL),
    CONCAT('{"pagine": ', i % 40, ', "parole": ["iva", ', i, '], "firmato": ', IF(i % 2 = 1, 'true', 'false'), '}'),
    DATE '2018-01-01' + INTERVAL i % 2900 DAY,
    TIMESTAMP '2018-01-01 07:00:00.000000' + INTERVAL i % 90000 * 2580654321 MICROSECOND,
    1 + i * 3 % (@rows * 10 DIV 100), IF(i % 3 > 0, 1 + i * 11 % (@rows * 12 DIV 100), NULL),
    IF(i % 7 > 0, 1 + i % GREATEST(20, @rows DIV 200), NULL), u.id
FROM (SELECT seq AS i FROM seq_1_to_10000000 WHERE seq <= @rows * 15 DIV 100) AS numbers
LEFT JOIN auth_user u ON i % 9 > 0 AND u.username
    = ELT(i % 9, 'anna', 'bruno', 'carla', 'dario', 'elena', 'franco', 'giulia', 'ivo');

INSERT INTO scadenze_scadenza
SELECT i, CONCAT('Scadenza ', i), TIMESTAMP '2026-01-01 11:00:00' + INTERVAL i % 9000 HOUR,
    i % 3 = 0, CASE i % 4 WHEN 0 THEN NULL WHEN 1 THEN 'null'
        ELSE CONCAT('{"ogni": ', i % 12, ', "unità": "mesi"}') END,
    t.id, 1 + i % (@rows * 10 DIV 100), u.id
FROM (SELECT seq AS i FROM seq_1_to_10000000 WHERE seq <= @rows * 5 DIV 100) AS numbers
JOIN django_content_type t ON t.model = ELT(1 + i % 2, 'pratica', 'cliente')
LEFT JOIN auth_user u ON i % 9 > 0 AND u.username
    = ELT(i % 9, 'anna', 'bruno', 'carla', 'dario', 'elena', 'franco', 'giulia', 'ivo');

COMMIT;
