-- Meanwhile in prod: 0.1 % of the rows added. Their ids leave a gap to the old ones, for prod's own
-- counters are not where dev's are.

SET @next := (SELECT MAX(id) * 102 DIV 100 + 6 FROM anagrafiche_anagrafica);
EXECUTE IMMEDIATE CONCAT('ALTER TABLE anagrafiche_anagrafica AUTO_INCREMENT = ', @next);
SET @next := (SELECT MAX(id) * 102 DIV 100 + 6 FROM anagrafiche_cliente);
EXECUTE IMMEDIATE CONCAT('ALTER TABLE anagrafiche_cliente AUTO_INCREMENT = ', @next);
SET @next := (SELECT MAX(id) * 102 DIV 100 + 6 FROM anagrafiche_contattoemail);
EXECUTE IMMEDIATE CONCAT('ALTER TABLE anagrafiche_contattoemail AUTO_INCREMENT = ', @next);
SET @next := (SELECT MAX(id) * 102 DIV 100 + 6 FROM anagrafiche_indirizzo);
EXECUTE IMMEDIATE CONCAT('ALTER TABLE anagrafiche_indirizzo AUTO_INCREMENT = ', @next);
SET @next := (SELECT MAX(id) * 102 DIV 100 + 6 FROM pratiche_pratica);
EXECUTE IMMEDIATE CONCAT('ALTER TABLE pratiche_pratica AUTO_INCREMENT = ', @next);
SET @next := (SELECT MAX(id) * 102 DIV 100 + 6 FROM pratiche_praticanota);
EXECUTE IMMEDIATE CONCAT('ALTER TABLE pratiche_praticanota AUTO_INCREMENT = ', @next);
SET @next := (SELECT MAX(id) * 102 DIV 100 + 6 FROM documenti_documento);
EXECUTE IMMEDIATE CONCAT('ALTER TABLE documenti_documento AUTO_INCREMENT = ', @next);
SET @next := (SELECT MAX(id) * 102 DIV 100 + 6 FROM scadenze_scadenza);
EXECUTE IMMEDIATE CONCAT('ALTER TABLE scadenze_scadenza AUTO_INCREMENT = ', @next);

START TRANSACTION;

SET @n = (SELECT COUNT(*) DIV 1000 + 1 FROM anagrafiche_anagrafica);
INSERT INTO anagrafiche_anagrafica (tipo, denominazione, nome, cognome, codice_fiscale, partita_iva, attiva, note, creata_il, aggiornata_il)
SELECT 'PG', CONCAT('Ditta di Produzione ', i), '', '', CONCAT('PROD', LPAD(i, 9, '0')), CONCAT('8', LPAD(i, 10, '0')), true, '',
    '2026-10-03 07:00', '2026-10-03 07:00'
FROM (SELECT seq AS i FROM seq_1_to_10000000 WHERE seq <= @n) AS numbers;
SET @n = (SELECT COUNT(*) DIV 1000 + 1 FROM anagrafiche_cliente);
INSERT INTO anagrafiche_cliente (codice, anagrafica_id, responsabile_id, cliente_dal, tariffa_oraria, preferenze)
SELECT CONCAT('P', LPAD(i, 7, '0')), a.id, u.id, '2026-10-03', 60.00, '{"lingua": "de"}'
FROM (SELECT seq AS i FROM seq_1_to_10000000 WHERE seq <= @n) AS numbers
JOIN anagrafiche_anagrafica a ON a.codice_fiscale = CONCAT('PROD', LPAD(i, 9, '0'))
JOIN auth_user u ON u.username = 'franco';
SET @n = (SELECT COUNT(*) DIV 1000 FROM anagrafiche_contattoemail);
INSERT INTO anagrafiche_contattoemail (anagrafica_id, email, pec, principale)
SELECT i, CONCAT('prod', i, '@posta.example'), true, false
FROM (SELECT seq AS i FROM seq_1_to_10000000 WHERE seq <= @n) AS numbers;
SET @n = (SELECT COUNT(*) DIV 1000 FROM anagrafiche_indirizzo);
INSERT INTO anagrafiche_indirizzo (anagrafica_id, tipo, via, civico, cap, comune, provincia)
SELECT i, 'filiale', 'Viale Europa', i, '00100', 'Roma', 'RM'
FROM (SELECT seq AS i FROM seq_1_to_10000000 WHERE seq <= @n) AS numbers;
SET @n = (SELECT COUNT(*) DIV 1000 FROM pratiche_pratica);
INSERT INTO pratiche_pratica (codice, oggetto, stato, cliente_id, tipo_id, responsabile_id, aperta_il, avanzamento, creata_il)
SELECT CONCAT('P/PROD/', i), CONCAT('Pratica aperta in prod ', i), 'aperta', i, 1 + i % 8, u.id, '2026-10-03', 0.2,
    '2026-10-03 07:00:00.000003'
FROM (SELECT seq AS i FROM seq_1_to_10000000 WHERE seq <= @n) AS numbers
JOIN auth_user u ON u.username = 'ivo';
SET @n = (SELECT COUNT(*) DIV 1000 FROM pratiche_praticanota);
INSERT INTO pratiche_praticanota (pratica_id, autore_id, testo, creata_il)
SELECT i, u.id, 'Nota aggiunta in prod', '2026-10-03 07:30'
FROM (SELECT seq AS i FROM seq_1_to_10000000 WHERE seq <= @n) AS numbers
JOIN auth_user u ON u.username = 'anna';
SET @n = (SELECT COUNT(*) DIV 1000 FROM pratiche_pratica_etichette);
INSERT INTO pratiche_pratica_etichette (pratica_id, etichetta_id)
SELECT i, 1 + (i + 2) % 12
FROM (SELECT seq AS i FROM seq_1_to_10000000 WHERE seq <= @n) AS numbers;
SET @n = (SELECT COUNT(*) DIV 1000 FROM pratiche_pratica_assegnatari);
INSERT INTO pratiche_pratica_assegnatari (pratica_id, user_id)
SELECT i, u.id
FROM (SELECT seq AS i FROM seq_1_to_10000000 WHERE seq <= @n) AS numbers
JOIN auth_user u ON u.username
    = ELT(1 + i % 8, 'carla', 'dario', 'elena', 'franco', 'giulia', 'ivo', 'anna', 'bruno');
SET @n = (SELECT COUNT(*) DIV 1000 FROM documenti_documento);
INSERT INTO documenti_documento (codice, titolo, percorso, metadati, data_documento, creato_il, cliente_id, creato_da_id)
SELECT INSERT(INSERT(MD5(CONCAT('prod', i)), 13, 1, '4'), 17, 1, '8'), CONCAT('Documento di prod ', i), CONCAT('/archivio/2026/prod-', i, '.pdf'), '{}', '2026-10-03',
    '2026-10-03 08:00', i, u.id
FROM (SELECT seq AS i FROM seq_1_to_10000000 WHERE seq <= @n) AS numbers
JOIN auth_user u ON u.username = 'bruno';
SET @n = (SELECT COUNT(*) DIV 1000 FROM scadenze_scadenza);
INSERT INTO scadenze_scadenza (titolo, quando, fatta, content_type_id, object_id)
SELECT CONCAT('Scadenza di prod ', i), '2027-02-16 11:00', false, t.id, i
FROM (SELECT seq AS i FROM seq_1_to_10000000 WHERE seq <= @n) AS numbers
JOIN django_content_type t ON t.model = 'documento';

COMMIT;
