-- The tables of an accounting office's application, as Django's migrations make them on MariaDB: numbers that
-- count up by themselves, booleans that are numbers, documents that are text, times in UTC.

CREATE TABLE auth_user (
    id int NOT NULL AUTO_INCREMENT PRIMARY KEY,
    username varchar(150) NOT NULL UNIQUE,
    password varchar(128) NOT NULL,
    first_name varchar(150) NOT NULL,
    last_name varchar(150) NOT NULL,
    email varchar(254) NOT NULL,
    is_staff bool NOT NULL,
    is_active bool NOT NULL,
    is_superuser bool NOT NULL,
    last_login datetime(6),
    date_joined datetime(6) NOT NULL
);

CREATE TABLE django_content_type (
    id int NOT NULL AUTO_INCREMENT PRIMARY KEY,
    app_label varchar(100) NOT NULL,
    model varchar(100) NOT NULL,
    CONSTRAINT django_content_type_app_label_model_uniq UNIQUE (app_label, model)
);

CREATE TABLE django_migrations (
    id bigint NOT NULL AUTO_INCREMENT PRIMARY KEY,
    app varchar(255) NOT NULL,
    name varchar(255) NOT NULL,
    applied datetime(6) NOT NULL
);

CREATE TABLE django_session (
    session_key varchar(40) PRIMARY KEY,
    session_data longtext NOT NULL,
    expire_date datetime(6) NOT NULL
);

-- anagrafiche: people and companies, and which of them are customers

CREATE TABLE anagrafiche_anagrafica (
    id bigint NOT NULL AUTO_INCREMENT PRIMARY KEY,
    tipo varchar(2) NOT NULL,
    denominazione varchar(200) NOT NULL,
    nome varchar(80) NOT NULL,
    cognome varchar(80) NOT NULL,
    codice_fiscale varchar(16) UNIQUE,
    partita_iva varchar(11) NOT NULL,
    data_nascita date,
    attiva bool NOT NULL,
    note longtext NOT NULL,
    creata_il datetime(6) NOT NULL,
    aggiornata_il datetime(6) NOT NULL,
    CONSTRAINT anagrafica_tipo_valido CHECK (tipo IN ('PF', 'PG'))
);

CREATE TABLE anagrafiche_cliente (
    id bigint NOT NULL AUTO_INCREMENT PRIMARY KEY,
    codice varchar(12) NOT NULL UNIQUE,
    anagrafica_id bigint NOT NULL UNIQUE,
    responsabile_id int,
    cliente_dal date NOT NULL,
    cliente_al date,
    tariffa_oraria decimal(10, 2) NOT NULL,
    preferenze json NOT NULL,
    CONSTRAINT cliente_intervallo_valido CHECK (cliente_al IS NULL OR cliente_al >= cliente_dal),
    CONSTRAINT cliente_anagrafica FOREIGN KEY (anagrafica_id) REFERENCES anagrafiche_anagrafica (id),
    CONSTRAINT cliente_responsabile FOREIGN KEY (responsabile_id) REFERENCES auth_user (id)
);

CREATE TABLE anagrafiche_contattoemail (
    id bigint NOT NULL AUTO_INCREMENT PRIMARY KEY,
    anagrafica_id bigint NOT NULL,
    email varchar(254) NOT NULL,
    pec bool NOT NULL,
    principale bool NOT NULL,
    CONSTRAINT contattoemail_anagrafica FOREIGN KEY (anagrafica_id) REFERENCES anagrafiche_anagrafica (id)
);

CREATE TABLE anagrafiche_indirizzo (
    id bigint NOT NULL AUTO_INCREMENT PRIMARY KEY,
    anagrafica_id bigint NOT NULL,
    tipo varchar(12) NOT NULL,
    via varchar(120) NOT NULL,
    civico varchar(10) NOT NULL,
    cap varchar(5) NOT NULL,
    comune varchar(80) NOT NULL,
    provincia varchar(2) NOT NULL,
    latitudine decimal(9, 6),
    longitudine decimal(9, 6),
    CONSTRAINT indirizzo_anagrafica FOREIGN KEY (anagrafica_id) REFERENCES anagrafiche_anagrafica (id)
);

-- pratiche: the office's cases

CREATE TABLE pratiche_tipopratica (
    id bigint NOT NULL AUTO_INCREMENT PRIMARY KEY,
    codice varchar(10) NOT NULL UNIQUE,
    nome varchar(100) NOT NULL,
    durata_prevista bigint
);

CREATE TABLE pratiche_etichetta (
    id bigint NOT NULL AUTO_INCREMENT PRIMARY KEY,
    nome varchar(50) NOT NULL UNIQUE,
    colore varchar(7) NOT NULL
);

CREATE TABLE pratiche_pratica (
    id bigint NOT NULL AUTO_INCREMENT PRIMARY KEY,
    codice varchar(30) NOT NULL UNIQUE,
    oggetto varchar(255) NOT NULL,
    stato varchar(12) NOT NULL,
    cliente_id bigint NOT NULL,
    tipo_id bigint NOT NULL,
    responsabile_id int,
    aperta_il date NOT NULL,
    chiusa_il date,
    valore decimal(12, 2),
    avanzamento double NOT NULL,
    dati json,
    creata_il datetime(6) NOT NULL,
    CONSTRAINT pratica_chiusa_dopo CHECK (chiusa_il IS NULL OR chiusa_il >= aperta_il),
    CONSTRAINT pratica_cliente FOREIGN KEY (cliente_id) REFERENCES anagrafiche_cliente (id),
    CONSTRAINT pratica_tipo FOREIGN KEY (tipo_id) REFERENCES pratiche_tipopratica (id),
    CONSTRAINT pratica_responsabile FOREIGN KEY (responsabile_id) REFERENCES auth_user (id)
);

CREATE TABLE pratiche_praticanota (
    id bigint NOT NULL AUTO_INCREMENT PRIMARY KEY,
    pratica_id bigint NOT NULL,
    autore_id int NOT NULL,
    testo longtext NOT NULL,
    creata_il datetime(6) NOT NULL,
    CONSTRAINT praticanota_pratica FOREIGN KEY (pratica_id) REFERENCES pratiche_pratica (id),
    CONSTRAINT praticanota_autore FOREIGN KEY (autore_id) REFERENCES auth_user (id)
);

CREATE TABLE pratiche_pratica_etichette (
    id bigint NOT NULL AUTO_INCREMENT PRIMARY KEY,
    pratica_id bigint NOT NULL,
    etichetta_id bigint NOT NULL,
    CONSTRAINT pratica_etichette_uniq UNIQUE (pratica_id, etichetta_id),
    CONSTRAINT pratica_etichette_pratica FOREIGN KEY (pratica_id) REFERENCES pratiche_pratica (id),
    CONSTRAINT pratica_etichette_etichetta FOREIGN KEY (etichetta_id) REFERENCES pratiche_etichetta (id)
);

CREATE TABLE pratiche_pratica_assegnatari (
    id bigint NOT NULL AUTO_INCREMENT PRIMARY KEY,
    pratica_id bigint NOT NULL,
    user_id int NOT NULL,
    CONSTRAINT pratica_assegnatari_uniq UNIQUE (pratica_id, user_id),
    CONSTRAINT pratica_assegnatari_pratica FOREIGN KEY (pratica_id) REFERENCES pratiche_pratica (id),
    CONSTRAINT pratica_assegnatari_user FOREIGN KEY (user_id) REFERENCES auth_user (id)
);

-- titolario: the tree of headings under which documents are filed; not Django's default name

CREATE TABLE vocititolario (
    id bigint NOT NULL AUTO_INCREMENT PRIMARY KEY,
    codice varchar(30) NOT NULL UNIQUE,
    titolo varchar(200) NOT NULL,
    padre_id bigint,
    CONSTRAINT vocititolario_padre FOREIGN KEY (padre_id) REFERENCES vocititolario (id)
);

-- documenti

CREATE TABLE documenti_documento (
    id bigint NOT NULL AUTO_INCREMENT PRIMARY KEY,
    codice uuid NOT NULL UNIQUE,
    titolo varchar(255) NOT NULL,
    percorso varchar(500) NOT NULL,
    impronta longblob,
    importo decimal(12, 2),
    metadati json NOT NULL,
    data_documento date NOT NULL,
    creato_il datetime(6) NOT NULL,
    cliente_id bigint NOT NULL,
    pratica_id bigint,
    voce_id bigint,
    creato_da_id int,
    CONSTRAINT documento_cliente FOREIGN KEY (cliente_id) REFERENCES anagrafiche_cliente (id),
    CONSTRAINT documento_pratica FOREIGN KEY (pratica_id) REFERENCES pratiche_pratica (id),
    CONSTRAINT documento_voce FOREIGN KEY (voce_id) REFERENCES vocititolario (id),
    CONSTRAINT documento_creato_da FOREIGN KEY (creato_da_id) REFERENCES auth_user (id)
);

-- scadenze: deadlines; what a deadline is about may be any object of the application

CREATE TABLE scadenze_scadenza (
    id bigint NOT NULL AUTO_INCREMENT PRIMARY KEY,
    titolo varchar(200) NOT NULL,
    quando datetime(6) NOT NULL,
    fatta bool NOT NULL,
    ricorrenza json,
    content_type_id int NOT NULL,
    object_id bigint NOT NULL,
    assegnata_a_id int,
    CONSTRAINT scadenza_content_type FOREIGN KEY (content_type_id) REFERENCES django_content_type (id),
    CONSTRAINT scadenza_assegnata_a FOREIGN KEY (assegnata_a_id) REFERENCES auth_user (id)
);
