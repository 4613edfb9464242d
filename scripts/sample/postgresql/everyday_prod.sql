-- The same day in prod: a customer was entered twice by mistake (101, deleted at once), so that the new
-- one is number 102.

BEGIN;
INSERT INTO anagrafiche_anagrafica (tipo, denominazione, nome, cognome, codice_fiscale, partita_iva, attiva, note, creata_il, aggiornata_il)
VALUES ('PF', 'Ugo Serra', 'Ugo', 'Serra', 'SRRGUO70A01H501X', '', true, 'inserito per errore', '2026-11-02 11:00+01', '2026-11-02 11:00+01');
INSERT INTO anagrafiche_cliente (codice, anagrafica_id, cliente_dal, tariffa_oraria, preferenze)
SELECT 'C-ERRATO', id, '2026-11-02', 50, '{}' FROM anagrafiche_anagrafica WHERE codice_fiscale = 'SRRGUO70A01H501X';
DELETE FROM anagrafiche_cliente WHERE codice = 'C-ERRATO';
DELETE FROM anagrafiche_anagrafica WHERE codice_fiscale = 'SRRGUO70A01H501X';
INSERT INTO anagrafiche_anagrafica (tipo, denominazione, nome, cognome, codice_fiscale, partita_iva, attiva, note, creata_il, aggiornata_il)
VALUES ('PF', 'Ugo Serra', 'Ugo', 'Serra', 'SRRGUO70A01H501X', '', true, '', '2026-11-02 11:05:00.654321+01', '2026-11-02 11:05:00.654321+01');
INSERT INTO anagrafiche_cliente (codice, anagrafica_id, responsabile_id, cliente_dal, tariffa_oraria, preferenze)
SELECT 'C0000102', a.id, u.id, '2026-11-02', 50.00, '{"lingua": "it"}'
FROM anagrafiche_anagrafica a, auth_user u
WHERE a.codice_fiscale = 'SRRGUO70A01H501X' AND u.username = 'anna';
COMMIT;
