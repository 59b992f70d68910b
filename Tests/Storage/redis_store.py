"""Sessions in Redis, by the recipes: the value is the JSON of the record."""

import json
import time

import redis

from recipes import recipe


class RedisStore:
    engine = "Redis"

    def __init__(self, path, swap=None):
        self.swap_text = swap or recipe(self.engine, "swap.lua")
        self.connection = redis.Redis(unix_socket_path=path, decode_responses=True)

    def create(self):
        """A Redis has no tables."""

    def insert(self, record, expires_at):
        self._remember(record, expires_at)
        key = self._key(record["id"])
        return self._eval("insert.lua", key, record["version"], json.dumps(record), expires_at) == 1

    def read(self, session_id):
        value = self._eval("read.lua", self._key(session_id))
        return value and json.loads(value)

    def swap(self, expected_version, record, expires_at):
        self._remember(record, expires_at)
        key = self._key(record["id"])
        return self.connection.eval(
            self.swap_text, 1, key, expected_version, record["version"], json.dumps(record),
            expires_at) == 1

    def end_ahead(self, now):
        for key in self.connection.scan_iter("session:*"):
            self._eval("end-ahead.lua", key, now)

    def session_ids(self, subject):
        return self._eval("by-subject.lua", f"sessions-of:{subject}")

    def columns(self):
        members = set()
        for key in self.connection.scan_iter("session:*"):
            row = self.connection.hgetall(key)
            record = json.loads(row["record"])
            assert row.keys() == {"version", "record"} and row["version"] == str(record["version"])
            members |= record.keys()
        return members | {"expires_at"}

    def expires_at(self, session_id):
        return self.connection.expiretime(self._key(session_id))

    def _remember(self, record, expires_at):
        key = f"sessions-of:{record['subject']}"
        self._eval("remember.lua", key, record["id"], expires_at, int(time.time()))

    def _eval(self, name, key, *arguments):
        return self.connection.eval(recipe(self.engine, name), 1, key, *arguments)

    def _key(self, session_id):
        return f"session:{session_id}"
