-- A while of work in dev: 1 % of the rows changed, 1 % added. Every table but the two that only link.

START TRANSACTION;

UPDATE anagrafiche_anagrafica SET note = CONCAT(note, 'Verificata in dev.'), aggiornata_il = '2026-10-01 08:00:00.5'
WHERE id % 100 = 50;
UPDATE anagrafiche_cliente SET tariffa_oraria = tariffa_oraria + 1.50,
    preferenze = REGEXP_REPLACE(preferenze, '"giorni": [0-9]+', '"giorni": 30') WHERE id % 100 = 50;
UPDATE anagrafiche_contattoemail SET email = CONCAT('nuova-', email) WHERE id % 100 = 50;
UPDATE anagrafiche_indirizzo SET via = 'Corso Italia', latitudine = NULL WHERE id % 100 = 50;
UPDATE pratiche_pratica SET oggetto = CONCAT(oggetto, ' (rivista)'), valore = COALESCE(valore, 0) + 0.10,
    responsabile_id = (SELECT id FROM auth_user WHERE username = 'giulia') WHERE id % 100 = 50;
UPDATE pratiche_praticanota SET testo = CONCAT(testo, ' Risolto.') WHERE id % 100 = 50;
UPDATE vocititolario SET titolo = CONCAT(titolo, ' bis'), padre_id = (SELECT MAX(id) FROM vocititolario) WHERE id % 100 = 50;
UPDATE documenti_documento SET titolo = CONCAT(titolo, ' v2'),
    metadati = CONCAT(LEFT(metadati, LOCATE('"firmato"', metadati) - 1), '"firmato": null}'),
    impronta = UNHEX(MD5(CONCAT('v2', id))) WHERE id % 100 = 50;
UPDATE scadenze_scadenza SET fatta = NOT fatta, quando = quando + INTERVAL 1 MICROSECOND WHERE id % 100 = 50;

SET @n = (SELECT COUNT(*) DIV 100 FROM anagrafiche_anagrafica);
INSERT INTO anagrafiche_anagrafica (tipo, denominazione, nome, cognome, codice_fiscale, partita_iva, attiva, note, creata_il, aggiornata_il)
SELECT 'PG', CONCAT('Nuova Società di Sviluppo ', i), '', '', CONCAT('DEV', LPAD(i, 9, '0')), CONCAT('9', LPAD(i, 10, '0')), true, '',
    '2026-10-02 07:00', '2026-10-02 07:00'
FROM (SELECT seq AS i FROM seq_1_to_10000000 WHERE seq <= @n) AS numbers;
-- Each new customer is one of the new companies.
SET @n = (SELECT COUNT(*) DIV 100 FROM anagrafiche_cliente);
INSERT INTO anagrafiche_cliente (codice, anagrafica_id, responsabile_id, cliente_dal, tariffa_oraria, preferenze)
SELECT CONCAT('D', LPAD(i, 7, '0')), a.id, u.id, '2026-10-02', 55.00, '{"lingua": "it"}'
FROM (SELECT seq AS i FROM seq_1_to_10000000 WHERE seq <= @n) AS numbers
JOIN anagrafiche_anagrafica a ON a.codice_fiscale = CONCAT('DEV', LPAD(i, 9, '0'))
JOIN auth_user u ON u.username = 'elena';
SET @n = (SELECT COUNT(*) DIV 100 FROM anagrafiche_contattoemail);
INSERT INTO anagrafiche_contattoemail (anagrafica_id, email, pec, principale)
SELECT i, CONCAT('dev', i, '@posta.example'), true, false
FROM (SELECT seq AS i FROM seq_1_to_10000000 WHERE seq <= @n) AS numbers;
SET @n = (SELECT COUNT(*) DIV 100 FROM anagrafiche_indirizzo);
INSERT INTO anagrafiche_indirizzo (anagrafica_id, tipo, via, civico, cap, comune, provincia)
SELECT i, 'filiale', 'Via Nuova', i, '20100', 'Milano', 'MI'
FROM (SELECT seq AS i FROM seq_1_to_10000000 WHERE seq <= @n) AS numbers;
SET @n = (SELECT COUNT(*) DIV 100 FROM pratiche_pratica);
INSERT INTO pratiche_pratica (codice, oggetto, stato, cliente_id, tipo_id, responsabile_id, aperta_il, avanzamento, creata_il)
SELECT CONCAT('P/DEV/', i), CONCAT('Pratica aperta in dev ', i), 'aperta', i, 1 + i % 8, u.id, '2026-10-02', 0.1,
    '2026-10-02 07:00:00.000007'
FROM (SELECT seq AS i FROM seq_1_to_10000000 WHERE seq <= @n) AS numbers
JOIN auth_user u ON u.username = 'dario';
SET @n = (SELECT COUNT(*) DIV 100 FROM pratiche_praticanota);
INSERT INTO pratiche_praticanota (pratica_id, autore_id, testo, creata_il)
SELECT i, u.id, 'Nota aggiunta in dev', '2026-10-02 07:30'
FROM (SELECT seq AS i FROM seq_1_to_10000000 WHERE seq <= @n) AS numbers
JOIN auth_user u ON u.username = 'carla';
SET @n = (SELECT COUNT(*) DIV 100 FROM pratiche_pratica_etichette);
INSERT INTO pratiche_pratica_etichette (pratica_id, etichetta_id)
SELECT i, 1 + (i + 1) % 12
FROM (SELECT seq AS i FROM seq_1_to_10000000 WHERE seq <= @n) AS numbers;
SET @n = (SELECT COUNT(*) DIV 100 FROM pratiche_pratica_assegnatari);
INSERT INTO pratiche_pratica_assegnatari (pratica_id, user_id)
SELECT i, u.id
FROM (SELECT seq AS i FROM seq_1_to_10000000 WHERE seq <= @n) AS numbers
JOIN auth_user u ON u.username
    = ELT(1 + i % 8, 'bruno', 'carla', 'dario', 'elena', 'franco', 'giulia', 'ivo', 'anna');
SET @n = (SELECT COUNT(*) DIV 100 FROM vocititolario);
INSERT INTO vocititolario (codice, titolo, padre_id)
SELECT CONCAT('TD', i), CONCAT('Voce nuova ', i), i
FROM (SELECT seq AS i FROM seq_1_to_10000000 WHERE seq <= @n) AS numbers;
SET @n = (SELECT COUNT(*) DIV 100 FROM documenti_documento);
INSERT INTO documenti_documento (codice, titolo, percorso, metadati, data_documento, creato_il, cliente_id, pratica_id, creato_da_id)
SELECT INSERT(INSERT(MD5(CONCAT('dev', i)), 13, 1, '4'), 17, 1, '8'), CONCAT('Documento di dev ', i), CONCAT('/archivio/2026/dev-', i, '.pdf'), '{}', '2026-10-02',
    '2026-10-02 08:00', i, i, u.id
FROM (SELECT seq AS i FROM seq_1_to_10000000 WHERE seq <= @n) AS numbers
JOIN auth_user u ON u.username = 'bruno'
WHERE i <= (SELECT count(*) FROM anagrafiche_cliente);
SET @n = (SELECT COUNT(*) DIV 100 FROM scadenze_scadenza);
INSERT INTO scadenze_scadenza (titolo, quando, fatta, content_type_id, object_id)
SELECT CONCAT('Scadenza di dev ', i), '2027-01-16 11:00', false, t.id, i
FROM (SELECT seq AS i FROM seq_1_to_10000000 WHERE seq <= @n) AS numbers
JOIN django_content_type t ON t.model = 'documento';

COMMIT;
