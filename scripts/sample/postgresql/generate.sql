-- Fills the sample application: about :rows rows in the tables that are synced, always the same ones.
-- :shift moves the ids of users, content types and join rows, which no two installations share:
-- 0 for dev, 3 for prod. With :shift > 0 there are also users who exist only there.

BEGIN;

INSERT INTO auth_user
SELECT i + :shift, name, 'pbkdf2_sha256$600000$' || md5(name), initcap(name), 'Rossi',
    name || '@studio.example', true, true, i = 1, NULL, timestamptz '2021-03-01 09:00+01'
FROM unnest(ARRAY['anna', 'bruno', 'carla', 'dario', 'elena', 'franco', 'giulia', 'ivo'])
    WITH ORDINALITY AS users (name, i);

INSERT INTO auth_user
SELECT i, 'operatore' || i, '!', 'Operatore', i::text, '', false, true, false, NULL,
    timestamptz '2021-03-01 09:00+01'
FROM generate_series(1, :shift) AS i;

INSERT INTO django_content_type
SELECT i + :shift, split_part(name, '.', 1), split_part(name, '.', 2)
FROM unnest(ARRAY['auth.user', 'anagrafiche.anagrafica', 'anagrafiche.cliente',
    'anagrafiche.contattoemail', 'anagrafiche.indirizzo', 'pratiche.tipopratica',
    'pratiche.etichetta', 'pratiche.pratica', 'pratiche.praticanota', 'titolario.titolariovoce',
    'documenti.documento', 'scadenze.scadenza', 'sessions.session'])
    WITH ORDINALITY AS types (name, i);

INSERT INTO django_migrations (app, name, applied)
SELECT app, '0001_initial', timestamptz '2021-03-01 08:00+01'
FROM unnest(ARRAY['auth', 'contenttypes', 'sessions', 'anagrafiche', 'pratiche', 'titolario',
    'documenti', 'scadenze']) AS app;

INSERT INTO django_session
SELECT md5('session' || i), 'x', timestamptz '2026-12-01 00:00+01'
FROM generate_series(1, 5 + :shift) AS i;

-- anagrafiche

INSERT INTO anagrafiche_anagrafica
SELECT i, CASE WHEN i % 3 = 0 THEN 'PG' ELSE 'PF' END,
    CASE WHEN i % 3 = 0 THEN surname || ' & Figli S.r.l. n. ' || i ELSE name || ' ' || surname END,
    CASE WHEN i % 3 = 0 THEN '' ELSE name END, CASE WHEN i % 3 = 0 THEN '' ELSE surname END,
    CASE WHEN i % 11 = 0 THEN NULL ELSE upper(left(md5('cf' || i), 10)) || lpad(i::text, 6, '0') END,
    CASE WHEN i % 3 = 0 THEN lpad(i::text, 11, '0') ELSE '' END,
    CASE WHEN i % 3 = 0 THEN NULL ELSE date '1940-01-01' + (i * 37 % 24000)::int END,
    i % 17 <> 0,
    CASE WHEN i % 29 = 0 THEN E'Chiamare solo "al mattino"\nC:\\archivio\\' || i || E'\t– è già avvisato 📁'
        ELSE '' END,
    timestamptz '2021-03-01 08:00:00.000001+01' + i % 50000 * interval '17 minutes 0.123457 seconds',
    timestamptz '2024-01-08 08:00:00+01' + i % 50000 * interval '9 minutes 0.000113 seconds'
FROM generate_series(1, :rows * 15 / 100) AS i
CROSS JOIN LATERAL (SELECT
    (ARRAY['Ada', 'Aldo', 'Bice', 'Carlo', 'Chiara', 'Dino', 'Ester', 'Fabio', 'Gaia', 'Luca',
        'Marta', 'Nicolò', 'Olga', 'Paolo', 'Rita', 'Sara', 'Tito'])[1 + i % 17] AS name,
    (ARRAY['Bianchi', 'Colombo', 'Conti', 'D''Angelo', 'De Luca', 'Esposito', 'Ferrari', 'Gallo',
        'Greco', 'Marino', 'Moretti', 'Ricci', 'Rizzo'])[1 + i % 13] AS surname) AS names;

INSERT INTO anagrafiche_cliente
SELECT i, 'C' || lpad(i::text, 7, '0'), i, u.id, date '2015-01-01' + (i % 4000)::int,
    CASE WHEN i % 19 = 0 THEN date '2026-01-31' END, 40 + (i % 160) / 2.0,
    jsonb_build_object('lingua', 'it', 'fattura', i % 2 = 0, 'giorni', i % 90, 'sconto', NULL)
FROM generate_series(1, :rows * 10 / 100) AS i
LEFT JOIN auth_user u ON i % 9 > 0 AND u.username
    = (ARRAY['anna', 'bruno', 'carla', 'dario', 'elena', 'franco', 'giulia', 'ivo'])[i % 9];

INSERT INTO anagrafiche_contattoemail
SELECT i, 1 + (i - 1) % (:rows * 7 / 100), 'contatto' || i || '@posta.example', i % 4 = 0,
    i <= :rows * 7 / 100
FROM generate_series(1, :rows * 10 / 100) AS i;

INSERT INTO anagrafiche_indirizzo
SELECT i, i, CASE WHEN i % 3 = 0 THEN 'sede' ELSE 'residenza' END,
    'Via ' || (ARRAY['Roma', 'Garibaldi', 'Mazzini', 'Dante', 'Verdi'])[1 + i % 5],
    (1 + i % 200) || CASE WHEN i % 7 = 0 THEN '/bis' ELSE '' END, lpad((i % 99999)::text, 5, '0'),
    (ARRAY['Forlì', 'Torino', 'L''Aquila', 'Cantù', 'Milano', 'Roma'])[1 + i % 6],
    (ARRAY['FC', 'TO', 'AQ', 'CO', 'MI', 'RM'])[1 + i % 6],
    CASE WHEN i % 5 > 0 THEN 36 + (i % 10000) / 1000.0 END,
    CASE WHEN i % 5 > 0 THEN 7 + (i % 11000) / 1000.0 END
FROM generate_series(1, :rows * 10 / 100) AS i;

-- pratiche

INSERT INTO pratiche_tipopratica
SELECT i, upper(left(name, 3)) || i, name, CASE WHEN i % 4 > 0 THEN i * interval '15 days 2 hours' END
FROM unnest(ARRAY['Dichiarazione dei redditi', 'Bilancio', 'Liquidazione IVA', 'Contratto di lavoro',
    'Successione', 'Costituzione di società', 'Contenzioso', 'Visura'])
    WITH ORDINALITY AS types (name, i);

INSERT INTO pratiche_etichetta
SELECT i, name, '#' || left(md5(name), 6)
FROM unnest(ARRAY['urgente', 'in attesa', 'da firmare', 'archivio', 'privato', 'agenzia', 'INPS',
    'banca', 'notaio', 'estero', 'verificare', 'chiusa'])
    WITH ORDINALITY AS labels (name, i);

INSERT INTO pratiche_pratica
SELECT i, 'P/' || 2018 + i % 8 || '/' || lpad(i::text, 7, '0'), 'Pratica n. ' || i,
    (ARRAY['aperta', 'in corso', 'sospesa', 'chiusa'])[1 + i % 4],
    1 + i * 7 % (:rows * 10 / 100), 1 + i % 8, u.id, date '2018-01-01' + (i % 2900)::int,
    CASE WHEN i % 4 = 3 THEN date '2018-01-01' + (i % 2900)::int + 45 END,
    CASE WHEN i % 6 > 0 THEN (i * 31 % 5000000) / 100.0 END, (i % 101) / 100.0,
    CASE WHEN i % 5 > 0 THEN jsonb_build_object('anno', 2018 + i % 8, 'rate',
        jsonb_build_array(i % 12, (i % 7) / 10.0, NULL), 'note', '«' || i || '»') END,
    timestamptz '2018-01-01 08:00+01' + i % 70000 * interval '55 minutes 0.000271 seconds'
FROM generate_series(1, :rows * 12 / 100) AS i
LEFT JOIN auth_user u ON i % 10 > 0 AND u.username
    = (ARRAY['anna', 'bruno', 'carla', 'dario', 'elena', 'franco', 'giulia', 'ivo', 'anna'])[i % 10];

INSERT INTO pratiche_praticanota
SELECT i, 1 + i * 5 % (:rows * 12 / 100), u.id,
    CASE i % 97 WHEN 0 THEN '' WHEN 1 THEN '\N' WHEN 2 THEN E'riga 1\r\nriga 2\tfine\\' WHEN 3 THEN '👍 "ok"'
        ELSE 'Sentito il cliente, manca ancora il documento n. ' || i || '.' END,
    timestamptz '2022-01-01 10:00+01' + i % 60000 * interval '31 minutes 0.999999 seconds'
FROM generate_series(1, :rows * 10 / 100) AS i
JOIN auth_user u ON u.username
    = (ARRAY['anna', 'bruno', 'carla', 'dario', 'elena', 'franco', 'giulia', 'ivo'])[1 + i % 8];

INSERT INTO pratiche_pratica_etichette
SELECT i + :shift, i, 1 + i % 12
FROM generate_series(1, :rows * 8 / 100) AS i;

INSERT INTO pratiche_pratica_assegnatari
SELECT i + :shift, i, u.id
FROM generate_series(1, :rows * 5 / 100) AS i
JOIN auth_user u ON u.username
    = (ARRAY['anna', 'bruno', 'carla', 'dario', 'elena', 'franco', 'giulia', 'ivo'])[1 + i % 8];

-- titolario: children carry smaller ids than their parents, so that the order of ids is not enough

INSERT INTO vocititolario
SELECT i, 'T' || lpad(i::text, 5, '0'), 'Voce di titolario ' || i,
    CASE WHEN i < n THEN least(n, i + 1 + i % 9) END
FROM (SELECT greatest(20, :rows / 200) AS n) AS size, generate_series(1, n) AS i;

-- documenti e scadenze

INSERT INTO documenti_documento
SELECT i, overlay(overlay(md5('documento' || i) placing '4' from 13) placing '8' from 17)::uuid, 'Documento ' || i || CASE WHEN i % 50 = 0 THEN ' – “copia”' ELSE '' END,
    '/archivio/' || 2018 + i % 8 || '/' || i || '.pdf',
    CASE WHEN i % 3 = 0 THEN decode(md5('impronta' || i), 'hex') END,
    CASE WHEN i % 4 > 0 THEN (i * 17 % 99999999) / 100.0 END,
    jsonb_build_object('pagine', i % 40, 'firmato', i % 2 = 1, 'parole', jsonb_build_array('iva', i)),
    date '2018-01-01' + (i % 2900)::int,
    timestamptz '2018-01-01 08:00+01' + i % 90000 * interval '43 minutes 0.654321 seconds',
    1 + i * 3 % (:rows * 10 / 100), CASE WHEN i % 3 > 0 THEN 1 + i * 11 % (:rows * 12 / 100) END,
    CASE WHEN i % 7 > 0 THEN 1 + i % greatest(20, :rows / 200) END, u.id
FROM generate_series(1, :rows * 15 / 100) AS i
LEFT JOIN auth_user u ON i % 9 > 0 AND u.username
    = (ARRAY['anna', 'bruno', 'carla', 'dario', 'elena', 'franco', 'giulia', 'ivo'])[i % 9];

INSERT INTO scadenze_scadenza
SELECT i, 'Scadenza ' || i, timestamptz '2026-01-01 12:00+01' + i % 9000 * interval '1 hour',
    i % 3 = 0, CASE i % 4 WHEN 0 THEN NULL WHEN 1 THEN 'null'::jsonb
        ELSE jsonb_build_object('ogni', i % 12, 'unità', 'mesi') END,
    t.id, 1 + i % (:rows * 10 / 100), u.id
FROM generate_series(1, :rows * 5 / 100) AS i
JOIN django_content_type t
    ON t.model = (ARRAY['pratica', 'cliente'])[1 + i % 2]
LEFT JOIN auth_user u ON i % 9 > 0 AND u.username
    = (ARRAY['anna', 'bruno', 'carla', 'dario', 'elena', 'franco', 'giulia', 'ivo'])[i % 9];

COMMIT;

-- The explicit ids above moved no sequence.
SELECT setval(pg_get_serial_sequence('auth_user', 'id'), max(id)) FROM auth_user;
SELECT setval(pg_get_serial_sequence('django_content_type', 'id'), max(id)) FROM django_content_type;
SELECT setval(pg_get_serial_sequence('anagrafiche_anagrafica', 'id'), max(id)) FROM anagrafiche_anagrafica;
SELECT setval(pg_get_serial_sequence('anagrafiche_cliente', 'id'), max(id)) FROM anagrafiche_cliente;
SELECT setval(pg_get_serial_sequence('anagrafiche_contattoemail', 'id'), max(id)) FROM anagrafiche_contattoemail;
SELECT setval(pg_get_serial_sequence('anagrafiche_indirizzo', 'id'), max(id)) FROM anagrafiche_indirizzo;
SELECT setval(pg_get_serial_sequence('pratiche_tipopratica', 'id'), max(id)) FROM pratiche_tipopratica;
SELECT setval(pg_get_serial_sequence('pratiche_etichetta', 'id'), max(id)) FROM pratiche_etichetta;
SELECT setval(pg_get_serial_sequence('pratiche_pratica', 'id'), max(id)) FROM pratiche_pratica;
SELECT setval(pg_get_serial_sequence('pratiche_praticanota', 'id'), max(id)) FROM pratiche_praticanota;
SELECT setval(pg_get_serial_sequence('pratiche_pratica_etichette', 'id'), max(id)) FROM pratiche_pratica_etichette;
SELECT setval(pg_get_serial_sequence('pratiche_pratica_assegnatari', 'id'), max(id)) FROM pratiche_pratica_assegnatari;
SELECT setval(pg_get_serial_sequence('vocititolario', 'id'), max(id)) FROM vocititolario;
SELECT setval(pg_get_serial_sequence('documenti_documento', 'id'), max(id)) FROM documenti_documento;
SELECT setval(pg_get_serial_sequence('scadenze_scadenza', 'id'), max(id)) FROM scadenze_scadenza;
