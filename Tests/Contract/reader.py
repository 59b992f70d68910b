#!/usr/bin/env python3
"""Holds session_tokens.py to the vectors of this folder.

    reader.py                 every row of server.json and app.json, and a count for each rule of README.md
    reader.py --self-check    then corrupts the vectors field by field: the reader notices

A server or an app in another language is held to them in the same way: `CHECKS` says for each section
which members of a row are given, and what has to come out as its `expect`.
"""

import copy
import json
import re
import sys
from collections import Counter
from pathlib import Path

import session_tokens as contract

FOLDER = Path(__file__).parent
FILES = ["server.json", "app.json"]


class Mismatch(Exception):
    pass


# What comes out of a row


def server_of(row, vectors):
    return contract.Server(vectors["configurations"][row["configuration"]], row["now"])


def presented(row, server):
    return server.verify_refresh(row["token"])


def check_key_ring(row, vectors):
    try:
        ring = contract.KeyRing(row["text"])
    except ValueError:
        return None
    return {"key_ids": list(ring.secrets), "retired_key_ids": ring.retired}


def check_two_rings(row, vectors):
    rings = {name: row[name] for name in ("access_keys", "refresh_keys")}
    try:
        contract.Server({**vectors["configurations"]["standard"], **rings}, 0)
    except ValueError:
        return False
    return True


def check_policy(row, vectors):
    try:
        policy = contract.Policy(**row["policy"])
    except ValueError:
        return None
    return {"retry_grace": policy.retry_grace}


def check_identifiers(row, vectors):
    secret = contract.decode_base64url(row["secret"].encode("ascii"))
    refresh, access = contract.recorded_ids(secret, row["generation"])
    return {"refresh": refresh, "access": access}


def check_opening(row, vectors):
    server = server_of(row, vectors)
    tokens, record = server.open_session(
        row["session_id"], row["secret"], row["subject"], row["client_id"], row["claims"],
        row["authenticated_at"])
    without_record = server.open_without_record(
        row["session_id"], row["subject"], row["client_id"], row["claims"], row["authenticated_at"])
    return {"tokens": tokens, "record": record, "tokens_without_record": without_record}


def check_presented(row, vectors):
    server = contract.Server(vectors["configurations"][row["configuration"]], 0)
    try:
        claims = presented(row, server)
    except contract.Refused as refusal:
        return contract.refused_token(refusal)
    return {name: claims[name] for name in ("sid", "sub", "client_id", "gen")}


def check_decision(row, vectors):
    server = server_of(row, vectors)
    number, decision = server.decide(
        presented(row, server), row["record"], row["idempotency_key"], row["claims"])
    if row["rule"].startswith("row ") and row["rule"] != f"row {number}":
        raise Mismatch(f"row {number} decides")
    return decision


def check_column(row, vectors):
    return contract.is_keys_column(row["text"])


def check_sign_out(row, vectors):
    server = server_of(row, vectors)
    return {"write": server.revoke(presented(row, server), row["record"], row["reason"])}


def check_without_record(row, vectors):
    return server_of(row, vectors).rotate_without_record(
        row["token"], row["signed_in_since"], row["claims"])


def access(verify):
    try:
        return verify()
    except contract.Refused as refusal:
        return {"error": refusal.code}


def check_access_token(row, vectors):
    return access(lambda: server_of(row, vectors).verify_access(row["token"]))


def check_authorization(row, vectors):
    return access(lambda: server_of(row, vectors).verify_authorization(row["field"]))


def check_response(row, vectors):
    if "tokens" in row:
        return contract.tokens_response(row["tokens"])
    if "refusal" in row:
        return contract.refusal_response(row["refusal"], row["error_description"])
    return contract.challenge_response(row["error"], row["error_description"])


def check_answer(row, vectors):
    body = row["body"]
    if isinstance(body, str):
        body = body.encode("utf-8")
    elif "hexadecimal" in body:
        body = bytes.fromhex(body["hexadecimal"])
    else:
        body = (body["start"] + "x" * body["filler"] + body["end"]).encode("utf-8")
    return contract.read_answer(row["status"], row["retry_after"], row["date"], body)


def check_launch(row, vectors):
    return contract.launch(row["store"], row["now"], row["margin"])


def check_before_signing_out(row, vectors):
    return contract.before_sign_out(
        row["sent"], row["code"], row["store"], row["is_second_reading"], row["now"], row["margin"])


CHECKS = {
    "key_rings": check_key_ring, "two_rings": check_two_rings, "policies": check_policy,
    "identifiers": check_identifiers, "openings": check_opening, "presented": check_presented,
    "decisions": check_decision, "idempotency_keys": check_column, "sign_outs": check_sign_out,
    "without_record": check_without_record, "access_tokens": check_access_token,
    "authorization": check_authorization, "responses": check_response, "answers": check_answer,
    "launches": check_launch, "before_signing_out": check_before_signing_out}


# Running them


def load():
    """All sections of both files; a name that appears twice is an error."""
    vectors = {}
    for name in FILES:
        for section, rows in json.loads((FOLDER / name).read_text(encoding="utf-8")).items():
            if section in vectors:
                sys.exit(f"{name}: {section} appears twice")
            vectors[section] = rows
    if set(vectors) != {"configurations", *CHECKS}:
        sys.exit(f"sections: {sorted(set(vectors) ^ {'configurations', *CHECKS})}")
    return vectors


def rules():
    """The rules of README's table."""
    text = (FOLDER / "README.md").read_text(encoding="utf-8")
    section = text[text.index("## Rules\n"):text.index("## The server\n")]
    return re.findall(r"^\| `([^`]+)` \|", section, re.MULTILINE)


def same(a, b):
    """Equality of JSON values, to which true is not 1 and the order of members counts for nothing."""
    return json.dumps(a, sort_keys=True) == json.dumps(b, sort_keys=True)


def trouble(section, row, vectors):
    """What is wrong with a row; None for one that holds."""
    try:
        result = CHECKS[section](row, vectors)
    except Mismatch as mismatch:
        return str(mismatch)
    except Exception as error:  # a corrupted row may make anything fail
        return f"{type(error).__name__}: {error}"
    return None if same(result, row["expect"]) else f"gives {json.dumps(result)}"


def all_rows(vectors):
    for section in CHECKS:
        for row in vectors[section]:
            yield section, row


def run(vectors):
    failures = 0
    counts = Counter()
    for section, row in all_rows(vectors):
        counts[row["rule"]] += 1
        problem = trouble(section, row, vectors)
        if problem is not None:
            failures += 1
            print(f"{section}, {row['rule']}, {row['case']}: {problem}\n"
                  f"  instead of {json.dumps(row['expect'])}", file=sys.stderr)
    listed = rules()
    for rule in listed:
        print(f"{counts[rule]:5} {rule}")
    without = [rule for rule in listed if not counts[rule]] + sorted(set(counts) - set(listed))
    if without:
        sys.exit(f"rules without rows, or rows without a rule in README.md: {without}")
    if failures:
        sys.exit(f"{failures} rows fail")
    print(f"{sum(counts.values())} rows of {len(listed)} rules hold")


# Are the vectors looked at? Each of their fields is corrupted in turn.


def places(value, path=()):
    """The paths of all values inside a JSON value, and of itself."""
    yield path
    members = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, member in members:
        yield from places(member, (*path, name))


def corrupted(value):
    """Other values in place of a value."""
    if isinstance(value, bool):
        return [not value, None]
    if isinstance(value, int):
        return [value + 1, value - 1, None]
    if isinstance(value, str):
        last = "x" if value[-1:] != "x" else "y"
        return [value[:-1] + last, value + "x", value[1:] if value else "y", None]
    if isinstance(value, dict):
        return [{**value, "x": 1}, None] + [
            {name: member for name, member in value.items() if name != left_out} for left_out in value]
    if isinstance(value, list):
        return [value + ["x"], None]
    return ["x"]


def replaced(value, path, new):
    if not path:
        return new
    value = copy.copy(value)
    value[path[0]] = replaced(value[path[0]], path[1:], new)
    return value


def at(value, path):
    for name in path:
        value = value[name]
    return value


def self_check(vectors):
    """Every corrupted expectation is noticed in every row, and every corrupted input in some row."""
    expectations = 0
    unnoticed = Counter()
    noticed = Counter()
    for section, row in all_rows(vectors):
        for path in places(row):
            if not path or path[0] in ("case", "rule"):
                continue
            for new in corrupted(at(row, path)):
                is_noticed = trouble(section, replaced(row, path, new), vectors) is not None
                if path[0] == "expect":
                    expectations += 1
                    if not is_noticed:
                        sys.exit(f"{section}, {row['case']}: {path} may be {new!r}")
                else:
                    # An index says nothing of a field's meaning.
                    field = (section, *(name for name in path if isinstance(name, str)))
                    if "claims" in field:
                        field = field[:field.index("claims") + 1]
                    (noticed if is_noticed else unnoticed)[field] += 1
    blind = sorted(set(unnoticed) - set(noticed))
    if blind:
        sys.exit(f"fields that no row depends on: {blind}")
    mislabelled = 0
    for row in vectors["decisions"]:
        if row["rule"].startswith("row "):
            for number in range(1, 11):
                wrong = {**row, "rule": f"row {number}"}
                if wrong != row:
                    mislabelled += 1
                    if trouble("decisions", wrong, vectors) is None:
                        sys.exit(f"{row['case']}: may be of row {number}")
    for name, configuration in vectors["configurations"].items():
        for path in places(configuration):
            if path and not isinstance(at(configuration, path), dict):
                for new in corrupted(at(configuration, path)):
                    changed = {**vectors, "configurations": {
                        **vectors["configurations"], name: replaced(configuration, path, new)}}
                    rows = (pair for pair in all_rows(vectors) if pair[1].get("configuration") == name)
                    field = ("configurations", *path)
                    is_noticed = any(trouble(*pair, changed) is not None for pair in rows)
                    (noticed if is_noticed else unnoticed)[field] += 1
    blind = sorted(set(unnoticed) - set(noticed))
    if blind:
        sys.exit(f"fields that no row depends on: {blind}")
    print(f"{expectations} corrupted expectations and {mislabelled} wrong row numbers are noticed, "
          f"and each of {len(noticed)} fields by some row")


def main(arguments):
    vectors = load()
    if arguments not in ([], ["--self-check"]):
        sys.exit(__doc__)
    run(vectors)
    if arguments:
        self_check(vectors)


if __name__ == "__main__":
    main(sys.argv[1:])
