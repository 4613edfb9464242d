-- Meanwhile in prod: 0.1 % of the rows added. Their ids leave a gap to the old ones, for prod's own
-- sequences are not where dev's are.

BEGIN;

SELECT setval(pg_get_serial_sequence('anagrafiche_anagrafica', 'id'), max(id) * 102 / 100 + 5) FROM anagrafiche_anagrafica;
SELECT setval(pg_get_serial_sequence('anagrafiche_cliente', 'id'), max(id) * 102 / 100 + 5) FROM anagrafiche_cliente;
SELECT setval(pg_get_serial_sequence('anagrafiche_contattoemail', 'id'), max(id) * 102 / 100 + 5) FROM anagrafiche_contattoemail;
SELECT setval(pg_get_serial_sequence('anagrafiche_indirizzo', 'id'), max(id) * 102 / 100 + 5) FROM anagrafiche_indirizzo;
SELECT setval(pg_get_serial_sequence('pratiche_pratica', 'id'), max(id) * 102 / 100 + 5) FROM pratiche_pratica;
SELECT setval(pg_get_serial_sequence('pratiche_praticanota', 'id'), max(id) * 102 / 100 + 5) FROM pratiche_praticanota;
SELECT setval(pg_get_serial_sequence('documenti_documento', 'id'), max(id) * 102 / 100 + 5) FROM documenti_documento;
SELECT setval(pg_get_serial_sequence('scadenze_scadenza', 'id'), max(id) * 102 / 100 + 5) FROM scadenze_scadenza;

INSERT INTO anagrafiche_anagrafica (tipo, denominazione, nome, cognome, codice_fiscale, partita_iva, attiva, note, creata_il, aggiornata_il)
SELECT 'PG', 'Ditta di Produzione ' || i, '', '', 'PROD' || lpad(i::text, 9, '0'), '8' || lpad(i::text, 10, '0'), true, '',
    timestamptz '2026-10-03 09:00+02', timestamptz '2026-10-03 09:00+02'
FROM generate_series(1, (SELECT count(*) / 1000 + 1 FROM anagrafiche_anagrafica)) AS i;
INSERT INTO anagrafiche_cliente (codice, anagrafica_id, responsabile_id, cliente_dal, tariffa_oraria, preferenze)
SELECT 'P' || lpad(i::text, 7, '0'), a.id, u.id, date '2026-10-03', 60.00, '{"lingua": "de"}'
FROM generate_series(1, (SELECT count(*) / 1000 + 1 FROM anagrafiche_cliente)) AS i
JOIN anagrafiche_anagrafica a ON a.codice_fiscale = 'PROD' || lpad(i::text, 9, '0')
JOIN auth_user u ON u.username = 'franco';
INSERT INTO anagrafiche_contattoemail (anagrafica_id, email, pec, principale)
SELECT i, 'prod' || i || '@posta.example', true, false
FROM generate_series(1, (SELECT count(*) / 1000 FROM anagrafiche_contattoemail)) AS i;
INSERT INTO anagrafiche_indirizzo (anagrafica_id, tipo, via, civico, cap, comune, provincia)
SELECT i, 'filiale', 'Viale Europa', i::text, '00100', 'Roma', 'RM'
FROM generate_series(1, (SELECT count(*) / 1000 FROM anagrafiche_indirizzo)) AS i;
INSERT INTO pratiche_pratica (codice, oggetto, stato, cliente_id, tipo_id, responsabile_id, aperta_il, avanzamento, creata_il)
SELECT 'P/PROD/' || i, 'Pratica aperta in prod ' || i, 'aperta', i, 1 + i % 8, u.id, date '2026-10-03', 0.2,
    timestamptz '2026-10-03 09:00:00.000003+02'
FROM generate_series(1, (SELECT count(*) / 1000 FROM pratiche_pratica)) AS i
JOIN auth_user u ON u.username = 'ivo';
INSERT INTO pratiche_praticanota (pratica_id, autore_id, testo, creata_il)
SELECT i, u.id, 'Nota aggiunta in prod', timestamptz '2026-10-03 09:30+02'
FROM generate_series(1, (SELECT count(*) / 1000 FROM pratiche_praticanota)) AS i
JOIN auth_user u ON u.username = 'anna';
INSERT INTO pratiche_pratica_etichette (pratica_id, etichetta_id)
SELECT i, 1 + (i + 2) % 12 FROM generate_series(1, (SELECT count(*) / 1000 FROM pratiche_pratica_etichette)) AS i;
INSERT INTO pratiche_pratica_assegnatari (pratica_id, user_id)
SELECT i, u.id FROM generate_series(1, (SELECT count(*) / 1000 FROM pratiche_pratica_assegnatari)) AS i
JOIN auth_user u ON u.username
    = (ARRAY['carla', 'dario', 'elena', 'franco', 'giulia', 'ivo', 'anna', 'bruno'])[1 + i % 8];
INSERT INTO documenti_documento (codice, titolo, percorso, metadati, data_documento, creato_il, cliente_id, creato_da_id)
SELECT overlay(overlay(md5('prod' || i) placing '4' from 13) placing '8' from 17)::uuid, 'Documento di prod ' || i, '/archivio/2026/prod-' || i || '.pdf', '{}', date '2026-10-03',
    timestamptz '2026-10-03 10:00+02', i, u.id
FROM generate_series(1, (SELECT count(*) / 1000 FROM documenti_documento)) AS i
JOIN auth_user u ON u.username = 'bruno';
INSERT INTO scadenze_scadenza (titolo, quando, fatta, content_type_id, object_id)
SELECT 'Scadenza di prod ' || i, timestamptz '2027-02-16 12:00+01', false, t.id, i
FROM generate_series(1, (SELECT count(*) / 1000 FROM scadenze_scadenza)) AS i
JOIN django_content_type t ON t.model = 'documento';

COMMIT;
