"""Sessions in SQLite, by the recipes."""

import sqlite3

from recipes import recipe


class SQLiteStore:
    engine = "SQLite"

    def __init__(self, path, swap=None):
        self.swap_text = swap or recipe(self.engine, "swap.sql")
        self.connection = sqlite3.connect(path, timeout=30, isolation_level=None)
        self.connection.row_factory = sqlite3.Row
        self.connection.execute("PRAGMA journal_mode = WAL")
        self.connection.execute("PRAGMA synchronous = FULL")

    def create(self):
        self.connection.executescript(recipe(self.engine, "create.sql"))

    def insert(self, record, expires_at):
        try:
            return self._execute("insert.sql", self._row(record, expires_at)).rowcount == 1
        except sqlite3.IntegrityError:
            return False

    def read(self, session_id):
        row = self._execute("read.sql", {"id": session_id}).fetchone()
        return row and {name: row[name] for name in row.keys() if row[name] is not None}

    def swap(self, expected_version, record, expires_at):
        row = self._row(record, expires_at) | {"expected_version": expected_version}
        return self.connection.execute(self.swap_text, row).rowcount == 1

    def session_ids(self, subject):
        rows = self._execute("by-subject.sql", {"subject": subject})
        return [row["id"] for row in rows]

    def end_ahead(self, now):
        self._execute("end-ahead.sql", {"now": now})

    def expire(self, now):
        self._execute("expire.sql", {"now": now})

    def columns(self):
        return {row["name"] for row in self.connection.execute("PRAGMA table_info(session)")}

    def _execute(self, name, arguments):
        return self.connection.execute(recipe(self.engine, name), arguments)

    def _row(self, record, expires_at):
        absent = dict.fromkeys(("client_id", "revocation_reason", "revoked_at"))
        return absent | record | {"expires_at": expires_at}
