"""A small application: notes in a database, uploads in a folder, and a schema that has to fit its code.

    app.py serve                    answer on port 8000
    app.py migrate                  bring the schema to this version; from 2 to 3 it breaks half-way
    app.py maintenance on|off       turn visitors away

GET /health            200 if code and schema fit, or 503; JSON with both versions
GET /notes             the notes, as JSON
GET, PUT /upload/NAME  a file
"""

import json
import os
import signal
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import psycopg2

VERSION = int(os.environ["APP_VERSION"])
DATA = Path(os.environ.get("APP_DATA", "/data"))
# Outlives every restore, so that it tells how often migrations were really begun.
COUNTS = Path(os.environ.get("APP_COUNTS", "/counts"))
MAINTENANCE = DATA / "maintenance"

COLUMNS = {1: "id, text", 2: "id, text, author", 3: "id, text, writer"}


def connect():
    return psycopg2.connect(
        host=os.environ.get("DB_HOST", "django-db"),
        dbname=os.environ["DB_NAME"],
        user=os.environ["DB_USER"],
        password=os.environ["DB_PASSWORD"],
        connect_timeout=5,
    )


def schema_version(cursor):
    cursor.execute("SELECT to_regclass('app_schema') IS NOT NULL")
    if not cursor.fetchone()[0]:
        return 0
    cursor.execute("SELECT version FROM app_schema")
    return cursor.fetchone()[0]


def to_1(cursor):
    cursor.execute("CREATE TABLE app_schema (version int NOT NULL)")
    cursor.execute("INSERT INTO app_schema VALUES (1)")
    cursor.execute("CREATE TABLE app_note (id serial PRIMARY KEY, text text NOT NULL)")
    cursor.execute("INSERT INTO app_note (text) VALUES ('first'), ('second'), ('third')")


def to_2(cursor):
    cursor.execute("ALTER TABLE app_note ADD COLUMN author text NOT NULL DEFAULT 'nobody'")
    cursor.execute("INSERT INTO app_note (text, author) VALUES ('written by version 2', 'anna')")
    cursor.execute("UPDATE app_schema SET version = 2")


def to_3(cursor):
    # Where there is no way back by itself: what is gone is committed, and the rest fails.
    cursor.execute("ALTER TABLE app_note DROP COLUMN author")
    cursor.connection.commit()
    cursor.execute("INSERT INTO app_writer SELECT DISTINCT author FROM app_note")
    cursor.execute("UPDATE app_schema SET version = 3")


def migrate():
    connection = connect()
    cursor = connection.cursor()
    present = schema_version(cursor)
    if COUNTS.is_dir():
        os.umask(0)
        with open(COUNTS / "migrations", "a", encoding="utf-8") as counts:
            counts.write(f"{present} to {VERSION}\n")
    steps = [to_1, to_2, to_3][present:VERSION]
    for number, step in enumerate(steps, present + 1):
        print(f"Migrating to {number}")
        step(cursor)
        connection.commit()
    print(f"Schema {schema_version(cursor)}")


def maintenance(mode):
    if mode == "on":
        MAINTENANCE.touch()
    elif mode == "off":
        MAINTENANCE.unlink(missing_ok=True)
    else:
        sys.exit("maintenance on|off")
    print(f"Maintenance {mode}")


class Page(BaseHTTPRequestHandler):
    def do_GET(self):
        if self.path == "/health":
            self.health()
        elif MAINTENANCE.exists():
            self.answer(503, "In maintenance")
        elif self.path == "/notes":
            self.answer(200, notes())
        elif self.upload() and self.upload().is_file():
            self.answer(200, self.upload().read_bytes())
        else:
            self.answer(404, "No such page")

    def do_PUT(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if MAINTENANCE.exists():
            self.answer(503, "In maintenance")
        elif self.upload():
            self.upload().write_bytes(body)
            self.answer(201, "Stored")
        else:
            self.answer(404, "No such page")

    def upload(self):
        parts = self.path.split("/")
        return DATA / parts[2] if len(parts) == 3 and parts[1] == "upload" and parts[2] not in ("", "..") else None

    def health(self):
        state = {"version": VERSION, "schema": None, "maintenance": MAINTENANCE.exists()}
        try:
            with connect() as connection, connection.cursor() as cursor:
                state["schema"] = schema_version(cursor)
            notes()
            fits = state["schema"] == VERSION
        except psycopg2.Error as e:
            state["error"] = str(e).splitlines()[0]
            fits = False
        self.answer(200 if fits else 503, state)

    def answer(self, status, body):
        if isinstance(body, (dict, list)):
            body = json.dumps(body)
        if isinstance(body, str):
            body = (body + "\n").encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


def notes():
    with connect() as connection, connection.cursor() as cursor:
        cursor.execute(f"SELECT {COLUMNS[VERSION]} FROM app_note ORDER BY id")
        return [list(row) for row in cursor.fetchall()]


def serve():
    # As the first process of a container it would not be ended by this otherwise.
    signal.signal(signal.SIGTERM, lambda *_: os._exit(0))
    print(f"Version {VERSION} answers on port 8000")
    ThreadingHTTPServer(("", 8000), Page).serve_forever()


def main(arguments):
    if arguments == ["serve"]:
        serve()
    elif arguments == ["migrate"]:
        try:
            migrate()
        except psycopg2.Error as e:
            sys.exit(f"Migration failed: {e}")
    elif arguments[:1] == ["maintenance"] and len(arguments) == 2:
        maintenance(arguments[1])
    else:
        sys.exit(__doc__)


if __name__ == "__main__":
    main(sys.argv[1:])
