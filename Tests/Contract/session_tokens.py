"""The contract of SessionTokens in Python, with the standard library alone.

It does what README.md beside this file says, and nothing that is not said there. It reads from the top:
encoding, keys, tokens, the refresh_ttl window, the decision table, the wire, and the app's side. It is
made to be read and ported, and to be compared with the vectors; it is not hardened, and keeps secrets in
memory like any other bytes.
"""

import base64
import hashlib
import hmac
import json
import math
import re
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from fractions import Fraction

MAXIMUM_DATE = 253_402_300_799
MAXIMUM_INTEGER = 2**63 - 1
KNOWN_CLAIMS = ["iss", "sub", "aud", "exp", "nbf", "iat", "jti", "sid", "auth_time", "client_id", "gen"]


class Refused(Exception):
    """A token that is not accepted: the verifier's code, and the field of a token of another kind."""

    def __init__(self, code, field=None):
        super().__init__(code)
        self.code = code
        self.field = field


# Encoding


def encode_base64url(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def decode_base64url(text):
    """The bytes of canonical, unpadded base64url; None for any other text."""
    if not re.fullmatch(rb"[A-Za-z0-9_-]*", text) or len(text) % 4 == 1:
        return None
    data = base64.urlsafe_b64decode(text + b"=" * (-len(text) % 4))
    return data if encode_base64url(data).encode() == text else None


def write_json(value):
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


class Number(str):
    """A JSON number as it is written."""

    def bounds(self):
        """The nearest integers below and above; an exponent that no date can have counts as ±20,000."""
        significand, _, exponent = self.lower().partition("e")
        power = max(-20_000, min(Decimal(exponent or "0"), 20_000))
        value = Fraction(Decimal(significand)) * Fraction(10) ** int(power)
        return math.floor(value), math.ceil(value)

    def integer(self):
        """The value of an integer literal that fits 64 bits."""
        if not re.fullmatch("-?[0-9]{1,40}", self):
            return None
        return int(self) if -(2**63) <= int(self) <= MAXIMUM_INTEGER else None


class Members(list):
    """An object's members, in their order, as pairs."""


def depth(text):
    """How deep brackets nest, those in strings left aside."""
    deepest = level = 0
    for bracket in re.findall(r'"(?:[^"\\]|\\.)*"|[\[\]{}]', text, re.DOTALL):
        level += (bracket in "[{") - (bracket in "]}")
        deepest = max(deepest, level)
    return deepest


def refuse_constant(name):
    raise ValueError(name)


def read_object(data):
    """The members of one JSON object, each value in Python's types but for numbers; None if malformed."""
    try:
        text = data.decode()
        if depth(text) > 32:
            return None
        value = json.loads(
            text, object_pairs_hook=Members, parse_int=Number, parse_float=Number,
            parse_constant=refuse_constant)
    except ValueError:
        return None
    return value if isinstance(value, Members) else None


def is_strict(value):
    """True without names that appear twice and lone surrogates, at any depth."""
    if isinstance(value, Members):
        names = [name for name, _ in value]
        return len(set(names)) == len(names) and all(is_strict(part) for pair in value for part in pair)
    if isinstance(value, list):
        return all(is_strict(element) for element in value)
    return not isinstance(value, str) or not any("\ud800" <= character <= "\udfff" for character in value)


def has_infinite_number(value):
    if isinstance(value, Members):
        return any(has_infinite_number(member) for _, member in value)
    if isinstance(value, list):
        return any(has_infinite_number(element) for element in value)
    return isinstance(value, Number) and math.isinf(float(value))


def plain(value):
    """A JSON value with Python's own numbers and objects."""
    if isinstance(value, Members):
        return {name: plain(member) for name, member in value}
    if isinstance(value, list):
        return [plain(element) for element in value]
    if isinstance(value, Number):
        return float(value) if value.integer() is None else value.integer()
    return value


# Keys


class KeyRing:
    """One key that signs, others that verify, and the names of those that never will again."""

    def __init__(self, text):
        self.secrets, self.retired = {}, []
        for entry in text.split(","):
            name, _, secret = entry.partition(":")
            if not name or name[0] <= " " or name[-1] <= " " or "\0" in name:
                raise ValueError("an entry is ID:SECRET")
            if len(write_json(name).encode()) > 512:
                raise ValueError("an ID is too long")
            if name in self.secrets or name in self.retired:
                raise ValueError("an ID appears twice")
            if secret == "retired":
                if not self.secrets:
                    raise ValueError("the first key signs")
                self.retired.append(name)
            else:
                self.secrets[name] = read_secret(secret)
        self.active = next(iter(self.secrets))

    def sign(self, typ, claims):
        header = {"alg": "HS256", "typ": typ, "kid": self.active}
        parts = [encode_base64url(write_json(part).encode()) for part in (header, claims)]
        signed = ".".join(parts)
        return f"{signed}.{encode_base64url(mac(self.secrets[self.active], signed.encode('ascii')))}"


def read_secret(text):
    """At least 32 bytes in base64 of either alphabet, with or without padding."""
    digits = text
    if len(digits) % 4 == 0:
        digits = digits.removesuffix("=").removesuffix("=")
    if re.search("[+/]", digits):
        if re.search("[-_]", digits):
            raise ValueError("two alphabets")
        digits = digits.replace("+", "-").replace("/", "_")
    secret = decode_base64url(digits.encode())
    if secret is None or len(secret) < 32:
        raise ValueError("no secret")
    return secret


def mac(key, message):
    return hmac.new(key, message, hashlib.sha256).digest()


def share_a_key(a, b):
    """True when HMAC computes the same codes with a key of each ring: `K` and `K` with zeros at its end are one."""
    codes = [{mac(secret, b"") for secret in ring.secrets.values()} for ring in (a, b)]
    return bool(codes[0] & codes[1])


# Tokens


def token_ids(code):
    """The `jti` of a generation's refresh token and of its access token."""
    return encode_base64url(code[:16]), encode_base64url(code[16:])


def recorded_ids(secret, generation):
    return token_ids(mac(secret, b"SessionTokens jti\0" + generation.to_bytes(8, "big")))


def ids_without_record(refresh_key, session_id, generation, issued_at):
    name = decode_base64url(session_id.encode())
    numbers = generation.to_bytes(8, "big") + issued_at.to_bytes(8, "big")
    return token_ids(mac(refresh_key, b"SessionTokens stateless jti\0" + name + numbers))


def same_media_type(a, b):
    return short_media_type(a) == short_media_type(b)


def short_media_type(text):
    text = text.encode().lower()
    rest = text.removeprefix(b"application/")
    return rest if b"/" not in rest else text


def authenticate(token, ring, typ):
    """The payload's members of a token that a key of the ring has signed, of the given type."""
    text = token.encode()
    parts = text.split(b".")
    if len(text) > 16_384 or len(parts) != 3 or len(parts[0]) > 1_024:
        raise Refused("malformed")
    key_id = read_header(parts[0], typ)
    if key_id in ring.retired:
        raise Refused("retired_key")
    if key_id not in ring.secrets:
        raise Refused("unknown_key")
    signature = decode_base64url(parts[2])
    if signature is None or len(signature) != 32:
        raise Refused("malformed")
    if not hmac.compare_digest(signature, mac(ring.secrets[key_id], parts[0] + b"." + parts[1])):
        raise Refused("bad_signature")
    payload = read_part(parts[1])
    if any(has_infinite_number(value) for name, value in payload
           if name not in KNOWN_CLAIMS or not isinstance(value, Number)):
        raise Refused("malformed")
    return dict(payload)


def read_part(digits):
    data = decode_base64url(digits)
    members = None if data is None else read_object(data)
    if members is None or not is_strict(members):
        raise Refused("malformed")
    return members


def read_header(digits, typ):
    """The key ID of a header that has the right algorithm and type."""
    members = read_part(digits)
    header = dict(members)
    if has_infinite_number(members):
        raise Refused("malformed")
    content_type = header.get("cty", "")
    if {"crit", "b64", "zip"} & set(header) or type(content_type) is not str \
            or same_media_type(content_type, "JWT"):
        raise Refused("unsupported_header")
    for name in ("alg", "typ", "kid"):
        value = header.get(name, "" if name != "alg" else None)
        if type(value) is not str or name != "alg" and "\0" in value:
            raise Refused("malformed")
    if header["alg"] != "HS256":
        raise Refused("unsupported_header")
    if "typ" not in header or not same_media_type(header["typ"], typ):
        raise Refused("wrong_type")
    if "kid" not in header:
        raise Refused("unknown_key")
    return header["kid"]


class ClaimReader:
    """Takes typed claims and gathers what is wrong: `missing`, `malformed`, `mismatch` or a date's trouble."""

    def __init__(self, claims):
        self.claims = claims
        self.failures = []

    def fail(self, name, problem):
        self.failures.append((name, problem))

    def get(self, name, is_required, convert):
        if name not in self.claims:
            if is_required:
                self.fail(name, "missing")
            return None
        value = convert(self.claims[name])
        if value is None:
            self.fail(name, "malformed")
        return value

    def text(self, name, is_required=True):
        return self.get(name, is_required, lambda value: value if type(value) is str and value else None)

    def identifier(self, name):
        return self.get(name, True, lambda value: value if is_identifier(value) else None)

    def date(self, name, is_required=True):
        """`exp` rounds down, all others up: a fraction never lengthens a token's life."""
        return self.get(name, is_required, lambda value: read_date(value, rounds_down=name == "exp"))

    def generation(self):
        return self.get("gen", True, lambda value: read_generation(value))

    def expect(self, name, expected, may_be_list=False):
        """A text that must be `expected`, or a list of texts that must hold it."""
        def convert(value):
            if type(value) is str:
                return [value]
            if may_be_list and type(value) is list and value and all(type(item) is str for item in value):
                return value
            return None
        values = self.get(name, True, convert)
        if values is not None and expected not in values:
            self.fail(name, "mismatch")


def is_identifier(value):
    data = decode_base64url(value.encode()) if type(value) is str else None
    return data is not None and len(data) == 16


def read_date(value, rounds_down):
    if not isinstance(value, Number):
        return None
    date = value.bounds()[0 if rounds_down else 1]
    return date if 0 <= date <= MAXIMUM_DATE else None


def read_generation(value):
    generation = value.integer() if isinstance(value, Number) else None
    return generation if generation is not None and generation >= 0 else None


# The server: what it is configured with, and the tokens of a generation


class Policy:
    """The numbers, in whole seconds."""

    def __init__(self, access_ttl, refresh_ttl, idle_ttl, retry_grace, clock_skew):
        if not 0 < access_ttl <= refresh_ttl <= 3_155_760_000:
            raise ValueError("ttl")
        if idle_ttl is not None and not access_ttl < idle_ttl <= refresh_ttl:
            raise ValueError("idle_ttl")
        if retry_grace is None:
            retry_grace = min(120, access_ttl // 2)
        if not 0 <= retry_grace < access_ttl or not 0 <= clock_skew <= 600:
            raise ValueError("retry_grace or clock_skew")
        self.access_ttl, self.refresh_ttl, self.idle_ttl = access_ttl, refresh_ttl, idle_ttl
        self.retry_grace, self.clock_skew = retry_grace, clock_skew

    def window(self, authenticated_at, rotated_at):
        """When the refresh_ttl window closes, and by which bound."""
        absolute = later(authenticated_at, self.refresh_ttl)
        if self.idle_ttl is not None and later(rotated_at, self.idle_ttl) < absolute:
            return later(rotated_at, self.idle_ttl), "idle"
        return absolute, "absolute"


def later(date, seconds):
    return max(0, min(date + seconds, MAXIMUM_DATE))


class Server:
    """Opens sessions, rotates refresh tokens, and verifies access tokens, at one moment."""

    def __init__(self, configuration, now):
        self.issuer, self.audience = configuration["issuer"], configuration["audience"]
        self.access_keys = KeyRing(configuration["access_keys"])
        self.refresh_keys = KeyRing(configuration["refresh_keys"])
        if share_a_key(self.access_keys, self.refresh_keys):
            raise ValueError("the rings share a key")
        self.policy = Policy(**configuration["policy"])
        self.now = now

    def tokens(self, grant, ids, claims, typ="rt+jwt"):
        """The two tokens of a generation, and their lifetimes from now."""
        closes_at, _ = self.policy.window(grant["authenticated_at"], grant["rotated_at"])
        expires_at = min(later(grant["rotated_at"], self.policy.access_ttl), closes_at)

        def shared(audience, expiry, token_id):
            members = {
                "iss": self.issuer, "sub": grant["subject"], "aud": audience, "exp": expiry,
                "iat": grant["rotated_at"], "jti": token_id, "sid": grant["id"],
                "auth_time": grant["authenticated_at"]}
            if grant["client_id"] is not None:
                members["client_id"] = grant["client_id"]
            return members

        access = {**shared(self.audience, expires_at, ids[1]), **claims}
        refresh = {**shared(self.issuer, closes_at, ids[0]), "gen": grant["generation"]}
        return {
            "access_token": self.access_keys.sign("at+jwt", access),
            "expires_in": max(0, expires_at - self.now),
            "refresh_token": self.refresh_keys.sign(typ, refresh),
            "refresh_token_expires_in": max(0, closes_at - self.now)}

    def recorded_tokens(self, record, claims):
        secret = decode_base64url(record["secret"].encode())
        return self.tokens(record, recorded_ids(secret, record["generation"]), claims)

    def open_session(self, session_id, secret, subject, client_id, claims, authenticated_at):
        record = {
            "id": session_id, "subject": subject, "client_id": client_id,
            "authenticated_at": self.now if authenticated_at is None else min(authenticated_at, self.now),
            "rotated_at": self.now, "generation": 0, "secret": secret, "idempotency_keys": "",
            "revocation_reason": None, "revoked_at": None, "version": 0}
        return self.recorded_tokens(record, claims), record

    def verify_refresh(self, token, typ="rt+jwt"):
        """The claims of a refresh token; refused with the code of the refresh endpoint."""
        try:
            reader = ClaimReader(authenticate(token, self.refresh_keys, typ))
        except Refused as refusal:
            if refusal.code == "wrong_type":
                raise Refused("wrong_token", "typ") from None
            is_header = refusal.code == "unsupported_header"
            raise Refused("malformed" if is_header else refusal.code) from None
        reader.expect("iss", self.issuer)
        reader.expect("aud", self.issuer, may_be_list=True)
        presented = {
            "sid": reader.identifier("sid"), "sub": reader.text("sub"),
            "client_id": reader.text("client_id", is_required=False), "gen": reader.generation(),
            "jti": reader.identifier("jti"), "auth_time": reader.date("auth_time"),
            "iat": reader.date("iat"), "exp": reader.date("exp")}
        for name, problem in reader.failures:
            if problem == "mismatch":
                raise Refused("wrong_token", name)
        if reader.failures:
            raise Refused("malformed")
        return presented

    # The decision table

    def decide(self, presented, record, key, claims):
        """The row of the table that decides, and the decision."""
        now, policy = self.now, self.policy
        if record is None:
            return 1, refuse("unknown_session")
        if not is_bound(presented, record):
            return 2, refuse("binding_mismatch")
        if ending(record):
            return 3, refuse("revoked", reason=ending(record))
        t, g = presented["gen"], record["generation"]
        active_at = max(record["rotated_at"], presented["iat"]) if t > g else record["rotated_at"]
        closes_at, bound = policy.window(record["authenticated_at"], active_at)
        if now >= closes_at:
            return 4, refuse("window_closed", bound=bound)
        if presented["iat"] > later(now, policy.clock_skew) \
                or now < later(record["rotated_at"], -policy.clock_skew):
            return 5, refuse("clock_skew")
        key = key if is_key(key) else None
        if t >= g:
            return 6, self.rotate(record, t, key, claims)
        keys = record["idempotency_keys"].split(",")
        behind = g - t
        rotating_key = (keys[behind - 1] or None) if behind <= len(keys) else None
        if behind == 1 and key and key == rotating_key:
            return 7, {"decision": "replay", "tokens": self.recorded_tokens(record, claims)}
        if behind == 1 and not key and not rotating_key and now < record["rotated_at"] + policy.retry_grace:
            return 8, {"decision": "replay", "tokens": self.recorded_tokens(record, claims)}
        if key and key == rotating_key:
            return 9, refuse("superseded")
        refusal = refuse("reuse_detected", behind=behind, age=max(0, now - record["rotated_at"]))
        return 10, {**refusal, "decision": "revoke", "write": self.ended(record, "reuse_detected")}

    def rotate(self, record, generation, key, claims):
        skipped = min(generation - record["generation"], 3)
        keys = [key or ""] + [""] * skipped + record["idempotency_keys"].split(",")
        rotated = {
            **record, "rotated_at": max(self.now, record["rotated_at"]),
            "generation": increment(generation), "idempotency_keys": ",".join(keys[:4]).rstrip(","),
            "version": increment(record["version"])}
        return {
            "decision": "rotate", "tokens": self.recorded_tokens(rotated, claims),
            "write": {"expected_version": record["version"], "record": rotated}}

    def ended(self, record, reason):
        ended = {
            **record, "revocation_reason": reason, "revoked_at": self.now,
            "version": increment(record["version"])}
        return {"expected_version": record["version"], "record": ended}

    def revoke(self, presented, record, reason):
        """What to write when the user signs out with a token; None when there is no session to end."""
        if record is None or not is_bound(presented, record) or ending(record):
            return None
        return self.ended(record, reason)

    # Sessions without a record

    def tokens_without_record(self, grant, claims):
        ids = ids_without_record(
            self.refresh_keys.secrets[self.refresh_keys.active], grant["id"], grant["generation"],
            grant["rotated_at"])
        return self.tokens(grant, ids, claims, typ="rt-stateless+jwt")

    def open_without_record(self, session_id, subject, client_id, claims, authenticated_at):
        grant = {
            "id": session_id, "subject": subject, "client_id": client_id, "rotated_at": self.now,
            "authenticated_at": self.now if authenticated_at is None else min(authenticated_at, self.now),
            "generation": 0}
        return self.tokens_without_record(grant, claims)

    def rotate_without_record(self, token, signed_in_since, claims):
        try:
            presented = self.verify_refresh(token, typ="rt-stateless+jwt")
        except Refused as refusal:
            return refused_token(refusal)
        closes_at, bound = self.policy.window(presented["auth_time"], presented["iat"])
        if self.now >= closes_at:
            return refuse("window_closed", bound=bound)
        latest = later(self.now, self.policy.clock_skew)
        if presented["iat"] > latest or presented["auth_time"] > latest:
            return refuse("clock_skew")
        if self.now >= presented["exp"]:
            return refuse("expired")
        if signed_in_since is not None and presented["auth_time"] < signed_in_since:
            return refuse("signed_in_before")
        grant = {
            "id": presented["sid"], "subject": presented["sub"], "client_id": presented["client_id"],
            "authenticated_at": presented["auth_time"],
            "rotated_at": max(self.now, presented["iat"]), "generation": increment(presented["gen"])}
        return {"decision": "rotate", "tokens": self.tokens_without_record(grant, claims)}

    # Access tokens

    def verify_access(self, token):
        """The claims of an access token."""
        try:
            claims = authenticate(token, self.access_keys, "at+jwt")
        except Refused as refusal:
            raise Refused("unknown_key" if refusal.code == "retired_key" else refusal.code) from None
        reader = ClaimReader(claims)
        reader.expect("iss", self.issuer)
        reader.expect("aud", self.audience, may_be_list=True)
        access = {
            "sub": reader.text("sub"), "client_id": reader.text("client_id", is_required=False),
            "sid": reader.identifier("sid"), "jti": reader.text("jti"),
            "auth_time": reader.date("auth_time"), "iat": reader.date("iat"), "exp": reader.date("exp")}
        not_before = reader.date("nbf", is_required=False)
        if access["exp"] is not None and self.now >= access["exp"]:
            reader.fail("exp", "expired")
        if not_before is not None and self.now < not_before:
            reader.fail("nbf", "too early")
        if access["iat"] is not None and access["iat"] > self.now + self.policy.clock_skew:
            reader.fail("iat", "in the future")
        if reader.failures:
            is_expired = reader.failures == [("exp", "expired")]
            raise Refused("expired" if is_expired else "invalid_claims")
        custom = {name: plain(value) for name, value in claims.items() if name not in KNOWN_CLAIMS}
        return {**access, "claims": custom}

    def verify_authorization(self, field):
        """The claims of a request's bearer token (RFC 6750 §2.1)."""
        scheme, _, rest = (field or "").partition(" ")
        if scheme.lower() != "bearer":
            raise Refused("missing")
        token = rest.lstrip(" ")
        if " " in token or "," in token:
            raise Refused("malformed")
        return self.verify_access(token)


def is_bound(presented, record):
    """Row 2: the token was issued for the session of the record, in whatever generation."""
    secret = decode_base64url(record["secret"].encode())
    return presented["sid"] == record["id"] and presented["sub"] == record["subject"] \
        and presented["client_id"] == record["client_id"] \
        and presented["auth_time"] == record["authenticated_at"] \
        and presented["jti"] == recorded_ids(secret, presented["gen"])[0]


def ending(record):
    """Why the session was ended; one of the two columns is enough."""
    if record["revocation_reason"] is not None:
        return record["revocation_reason"]
    return "unspecified" if record["revoked_at"] is not None else None


def is_key(key):
    return key is not None and re.fullmatch("[A-Za-z0-9_-]{16,64}", key) is not None


def is_keys_column(text):
    keys = text.split(",")
    return len(keys) <= 4 and (len(keys) == 1 or keys[-1] != "") and all(is_key(key) for key in keys if key)


def increment(counter):
    return min(counter + 1, MAXIMUM_INTEGER)


# The wire

NOT_DEFINITIVE = {"clock_skew", "unknown_key"}
HEADERS = {"Content-Type": "application/json", "Cache-Control": "no-store"}


def refuse(code, **details):
    return {"decision": "refuse", "refusal": code, **details}


def refused_token(refusal):
    return refuse(refusal.code, **({"field": refusal.field} if refusal.field else {}))


def refusal_status(code):
    return 503 if code in NOT_DEFINITIVE else 400


def tokens_response(tokens):
    body = {
        "access_token": tokens["access_token"], "token_type": "Bearer",
        "expires_in": tokens["expires_in"], "refresh_token": tokens["refresh_token"],
        "refresh_token_expires_in": tokens["refresh_token_expires_in"]}
    return {"status": 200, "headers": HEADERS, "body": write_json(body)}


def refusal_response(code, description):
    error = "temporarily_unavailable" if code in NOT_DEFINITIVE else "invalid_grant"
    body = {"error": error, "error_description": description, "refusal": code}
    return {"status": refusal_status(code), "headers": HEADERS, "body": write_json(body)}


def challenge_response(code, description):
    challenge = f'Bearer error="invalid_token", error_description="{description}"'
    return {"status": 401, "headers": {"WWW-Authenticate": "Bearer" if code == "missing" else challenge}}


# The app: what an answer means

SESSION_ENDS = {
    "malformed", "bad_signature", "retired_key", "wrong_token", "unknown_session", "binding_mismatch",
    "revoked", "window_closed", "reuse_detected", "expired", "signed_in_before"}


def read_body(body, names):
    """The members of those names in another server's body, `null` left out; None if it cannot be read."""
    members = read_object(body.removeprefix(b"\xef\xbb\xbf")) if len(body) <= 65_536 else None
    if members is None:
        return None
    ours = [(name, value) for name, value in members if name in names]
    if len(set(name for name, _ in ours)) < len(ours):
        return None
    return {name: value for name, value in ours if value is not None}


def is_token(value):
    return type(value) is str and re.fullmatch("[ -~]{1,16384}", value) is not None


def read_lifetime(value):
    """Seconds in 0 … the year 9999; None for what says no number."""
    if isinstance(value, Number):
        seconds = value.bounds()[0]
    elif type(value) is str and re.fullmatch("[0-9]+", value):
        seconds = Decimal(value)
    else:
        return None
    return int(max(0, min(seconds, MAXIMUM_DATE)))


def read_tokens(body):
    names = ["access_token", "token_type", "expires_in", "refresh_token", "refresh_token_expires_in"]
    members = read_body(body, names)
    if members is None or not is_token(members.get("access_token")):
        return None
    token_type = members.get("token_type", "Bearer")
    if type(token_type) is not str or token_type.lower() != "bearer":
        return None
    refresh_token = members.get("refresh_token")
    if refresh_token == "":
        refresh_token = None
    if refresh_token is not None and not is_token(refresh_token):
        return None
    lifetime = read_lifetime(members.get("expires_in"))
    return {
        "answer": "tokens", "access_token": members["access_token"],
        "expires_in": 300 if lifetime is None else lifetime, "refresh_token": refresh_token,
        "refresh_token_expires_in": read_lifetime(members.get("refresh_token_expires_in"))}


def read_code(value):
    """1 … 64 characters of RFC 6749 §5.2."""
    is_code = type(value) is str and re.fullmatch(r"[ !#-\[\]-~]{1,64}", value)
    return value if is_code else None


def read_http_date(field):
    """Seconds since the epoch of an IMF-fixdate (RFC 9110 §5.6.7); None for anything else."""
    months = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
    parts = re.fullmatch(
        r"[^ ]{3}, (\d\d) ([A-Z][a-z]{2}) (\d{4}) (\d\d):(\d\d):(\d\d) GMT", field, re.ASCII)
    if not parts or parts[2] not in months:
        return None
    day, year, hour, minute, second = (int(parts[index]) for index in (1, 3, 4, 5, 6))
    if not 1 <= day <= 31 or hour > 23 or minute > 59 or second > 60 or year < 1970:
        return None
    first = datetime(year, months.index(parts[2]) + 1, 1, tzinfo=timezone.utc)
    moment = timedelta(days=day - 1, hours=hour, minutes=minute, seconds=second)
    return int(first.timestamp() + moment.total_seconds())


def read_delay(field, date):
    """The seconds that a `Retry-After` asks for, at most a day; a date in it counts from `Date`."""
    if field is None:
        return None
    if re.fullmatch("[0-9]+", field):
        return int(min(Decimal(field), 86_400))
    until, start = read_http_date(field), read_http_date(date or "")
    return None if until is None or start is None else max(0, min(until - start, 86_400))


def read_answer(status, retry_after, date, body):
    """What a response of a refresh endpoint means."""
    if 200 <= status <= 299:
        tokens = read_tokens(body)
        if tokens is not None:
            return tokens
    members = read_body(body, ["error", "refusal"]) or {}
    error = read_code(members.get("error"))
    code = read_code(members.get("refusal")) or error
    if status in (400, 401, 403) and error == "invalid_grant" and code not in NOT_DEFINITIVE:
        return {"answer": "refused", "code": code}
    delay = read_delay(retry_after, date) if status in (429, 503) else None
    return {"answer": "unavailable", "retry_after": delay, "code": code}


# The app: at launch, and before it signs out


def launch(store, now, margin):
    """What to do with what the store holds; a store that is corrupt twice, the second time after a pause, is."""
    if store == "locked":
        return "wait"
    if store in ("empty", "corrupt"):
        return "sign in" if store == "empty" else "read again"
    if store["is_spent"]:
        return "sign in"
    return act(store, now, margin)


def act(blob, now, margin):
    """What a stored session that is of use calls for."""
    can_refresh = blob["refresh_token"] is not None
    if now < blob["received_at"]:
        return "refresh" if can_refresh else "resume"
    left = blob["expires_in"] - (now - blob["received_at"])
    if left > min(margin, blob["expires_in"] // 4):
        return "resume"
    if left <= 0:
        return "refresh" if can_refresh else "sign in"
    lifetime = blob["refresh_token_expires_in"]
    ends_with_session = lifetime is not None and blob["expires_in"] >= lifetime
    return "resume and refresh" if can_refresh and not ends_with_session else "resume"


def before_sign_out(sent, code, store, is_second_reading, now, margin):
    """What to do after a definitive refusal of the token that was sent, once the store was read again."""
    if store == "locked":
        return "wait"
    if store == "empty":
        return "sign in" if is_second_reading else "read again"
    if store == "corrupt":
        if not is_second_reading:
            return "read again"
    elif store != sent:
        return "sign in" if store["is_spent"] else "adopt, then " + act(store, now, margin)
    elif code not in SESSION_ENDS:
        return "mark as spent, sign in"
    return "erase, sign in" if code in SESSION_ENDS else "sign in"
