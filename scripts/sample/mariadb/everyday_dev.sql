-- An ordinary day in dev, after generate.sql with 1000 rows (customers 1 to 100): customer 101 is new,
-- with a case that Giulia follows; customer 50 is corrected.

START TRANSACTION;
INSERT INTO anagrafiche_anagrafica (tipo, denominazione, nome, cognome, codice_fiscale, partita_iva, attiva, note, creata_il, aggiornata_il)
VALUES ('PG', 'Pasticceria Da Nino S.n.c.', '', '', 'DANINO000001', '01234567897', true, '',
    '2026-11-02 08:15:00.123456', '2026-11-02 08:15:00.123456');
INSERT INTO anagrafiche_cliente (codice, anagrafica_id, responsabile_id, cliente_dal, tariffa_oraria, preferenze)
SELECT 'C0000101', a.id, u.id, '2026-11-02', 48.50, '{"lingua": "it", "fattura": true}'
FROM anagrafiche_anagrafica a, auth_user u
WHERE a.partita_iva = '01234567897' AND u.username = 'giulia';
INSERT INTO pratiche_pratica (codice, oggetto, stato, cliente_id, tipo_id, responsabile_id, aperta_il, valore, avanzamento, creata_il)
SELECT 'P/2026/0000101', 'Bilancio 2026', 'aperta', c.id, 2, c.responsabile_id, '2026-11-02', 1200.10, 0, '2026-11-02 08:20:00.000001'
FROM anagrafiche_cliente c WHERE c.codice = 'C0000101';
INSERT INTO pratiche_pratica_etichette (pratica_id, etichetta_id)
SELECT p.id, e.id FROM pratiche_pratica p, pratiche_etichetta e
WHERE p.codice = 'P/2026/0000101' AND e.nome = 'urgente';
UPDATE anagrafiche_cliente SET tariffa_oraria = 72.00 WHERE id = 50;
COMMIT;
