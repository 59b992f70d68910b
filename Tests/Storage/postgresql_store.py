"""Sessions in PostgreSQL, by the recipes."""

import psycopg

from recipes import recipe

INSERT = (
    "id", "subject", "client_id", "authenticated_at", "rotated_at", "generation", "secret",
    "idempotency_keys", "revocation_reason", "revoked_at", "version", "expires_at",
)  # fmt: skip
SWAP = (
    "id", "expected_version", "rotated_at", "generation", "idempotency_keys",
    "revocation_reason", "revoked_at", "version", "expires_at",
)  # fmt: skip


class PostgreSQLStore:
    engine = "PostgreSQL"

    def __init__(self, address, swap=None):
        self.swap_text = swap or recipe(self.engine, "swap.sql")
        self.connection = psycopg.connect(
            address, autocommit=True, cursor_factory=psycopg.RawCursor)

    def create(self):
        self.connection.execute(recipe(self.engine, "create.sql"))

    def insert(self, record, expires_at):
        row = record | {"expires_at": expires_at}
        try:
            return self._execute("insert.sql", [row.get(name) for name in INSERT]).rowcount == 1
        except psycopg.errors.UniqueViolation:
            return False

    def read(self, session_id):
        cursor = self._execute("read.sql", [session_id])
        row = cursor.fetchone()
        names = [column.name for column in cursor.description]
        return row and {name: value for name, value in zip(names, row) if value is not None}

    def swap(self, expected_version, record, expires_at):
        row = record | {"expires_at": expires_at, "expected_version": expected_version}
        try:
            cursor = self.connection.execute(self.swap_text, [row.get(name) for name in SWAP])
            return cursor.rowcount == 1
        except psycopg.errors.SerializationFailure:
            # What a lost swap is called above READ COMMITTED.
            return False

    def session_ids(self, subject):
        return [row[0] for row in self._execute("by-subject.sql", [subject])]

    def end_ahead(self, now):
        self._execute("end-ahead.sql", [now])

    def expire(self, now):
        self._execute("expire.sql", [now])

    def columns(self):
        rows = self.connection.execute(
            "SELECT column_name FROM information_schema.columns WHERE table_name = 'session'")
        return {row[0] for row in rows}

    def _execute(self, name, arguments):
        return self.connection.execute(recipe(self.engine, name), arguments)
