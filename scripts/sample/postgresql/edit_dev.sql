-- A while of work in dev: 1 % of the rows changed, 1 % added. Every table but the two that only link.

BEGIN;

UPDATE anagrafiche_anagrafica SET note = note || 'Verificata in dev.', aggiornata_il = timestamptz '2026-10-01 10:00:00.5+02'
WHERE id % 100 = 50;
UPDATE anagrafiche_cliente SET tariffa_oraria = tariffa_oraria + 1.50, preferenze = preferenze || '{"giorni": 30}' WHERE id % 100 = 50;
UPDATE anagrafiche_contattoemail SET email = 'nuova-' || email WHERE id % 100 = 50;
UPDATE anagrafiche_indirizzo SET via = 'Corso Italia', latitudine = NULL WHERE id % 100 = 50;
UPDATE pratiche_pratica SET oggetto = oggetto || ' (rivista)', valore = coalesce(valore, 0) + 0.10,
    responsabile_id = (SELECT id FROM auth_user WHERE username = 'giulia') WHERE id % 100 = 50;
UPDATE pratiche_praticanota SET testo = testo || ' Risolto.' WHERE id % 100 = 50;
UPDATE vocititolario SET titolo = titolo || ' bis', padre_id = (SELECT max(id) FROM vocititolario) WHERE id % 100 = 50;
UPDATE documenti_documento SET titolo = titolo || ' v2', metadati = metadati || '{"firmato": null}',
    impronta = decode(md5('v2' || id), 'hex') WHERE id % 100 = 50;
UPDATE scadenze_scadenza SET fatta = NOT fatta, quando = quando + interval '0.000001 seconds' WHERE id % 100 = 50;

INSERT INTO anagrafiche_anagrafica (tipo, denominazione, nome, cognome, codice_fiscale, partita_iva, attiva, note, creata_il, aggiornata_il)
SELECT 'PG', 'Nuova Società di Sviluppo ' || i, '', '', 'DEV' || lpad(i::text, 9, '0'), '9' || lpad(i::text, 10, '0'), true, '',
    timestamptz '2026-10-02 09:00+02', timestamptz '2026-10-02 09:00+02'
FROM generate_series(1, (SELECT count(*) / 100 FROM anagrafiche_anagrafica)) AS i;
-- Each new customer is one of the new companies.
INSERT INTO anagrafiche_cliente (codice, anagrafica_id, responsabile_id, cliente_dal, tariffa_oraria, preferenze)
SELECT 'D' || lpad(i::text, 7, '0'), a.id, u.id, date '2026-10-02', 55.00, '{"lingua": "it"}'
FROM generate_series(1, (SELECT count(*) / 100 FROM anagrafiche_cliente)) AS i
JOIN anagrafiche_anagrafica a ON a.codice_fiscale = 'DEV' || lpad(i::text, 9, '0')
JOIN auth_user u ON u.username = 'elena';
INSERT INTO anagrafiche_contattoemail (anagrafica_id, email, pec, principale)
SELECT i, 'dev' || i || '@posta.example', true, false
FROM generate_series(1, (SELECT count(*) / 100 FROM anagrafiche_contattoemail)) AS i;
INSERT INTO anagrafiche_indirizzo (anagrafica_id, tipo, via, civico, cap, comune, provincia)
SELECT i, 'filiale', 'Via Nuova', i::text, '20100', 'Milano', 'MI'
FROM generate_series(1, (SELECT count(*) / 100 FROM anagrafiche_indirizzo)) AS i;
INSERT INTO pratiche_pratica (codice, oggetto, stato, cliente_id, tipo_id, responsabile_id, aperta_il, avanzamento, creata_il)
SELECT 'P/DEV/' || i, 'Pratica aperta in dev ' || i, 'aperta', i, 1 + i % 8, u.id, date '2026-10-02', 0.1,
    timestamptz '2026-10-02 09:00:00.000007+02'
FROM generate_series(1, (SELECT count(*) / 100 FROM pratiche_pratica)) AS i
JOIN auth_user u ON u.username = 'dario';
INSERT INTO pratiche_praticanota (pratica_id, autore_id, testo, creata_il)
SELECT i, u.id, 'Nota aggiunta in dev', timestamptz '2026-10-02 09:30+02'
FROM generate_series(1, (SELECT count(*) / 100 FROM pratiche_praticanota)) AS i
JOIN auth_user u ON u.username = 'carla';
INSERT INTO pratiche_pratica_etichette (pratica_id, etichetta_id)
SELECT i, 1 + (i + 1) % 12 FROM generate_series(1, (SELECT count(*) / 100 FROM pratiche_pratica_etichette)) AS i;
INSERT INTO pratiche_pratica_assegnatari (pratica_id, user_id)
SELECT i, u.id FROM generate_series(1, (SELECT count(*) / 100 FROM pratiche_pratica_assegnatari)) AS i
JOIN auth_user u ON u.username
    = (ARRAY['bruno', 'carla', 'dario', 'elena', 'franco', 'giulia', 'ivo', 'anna'])[1 + i % 8];
INSERT INTO vocititolario (codice, titolo, padre_id)
SELECT 'TD' || i, 'Voce nuova ' || i, i FROM generate_series(1, (SELECT count(*) / 100 FROM vocititolario)) AS i;
INSERT INTO documenti_documento (codice, titolo, percorso, metadati, data_documento, creato_il, cliente_id, pratica_id, creato_da_id)
SELECT overlay(overlay(md5('dev' || i) placing '4' from 13) placing '8' from 17)::uuid, 'Documento di dev ' || i, '/archivio/2026/dev-' || i || '.pdf', '{}', date '2026-10-02',
    timestamptz '2026-10-02 10:00+02', i, i, u.id
FROM generate_series(1, (SELECT count(*) / 100 FROM documenti_documento)) AS i
JOIN auth_user u ON u.username = 'bruno'
WHERE i <= (SELECT count(*) FROM anagrafiche_cliente);
INSERT INTO scadenze_scadenza (titolo, quando, fatta, content_type_id, object_id)
SELECT 'Scadenza di dev ' || i, timestamptz '2027-01-16 12:00+01', false, t.id, i
FROM generate_series(1, (SELECT count(*) / 100 FROM scadenze_scadenza)) AS i
JOIN django_content_type t ON t.model = 'documento';

COMMIT;
