"""Web push: a message encrypted for one browser (RFC 8291) and signed with the desk's own key (RFC 8292)."""

from __future__ import annotations

import base64
import json
import os
from urllib.parse import urlsplit

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from tantam.desk.common import clock, keys
from tantam.desk.common.posting import Forbidden, post
from tantam.desk.common.work import Hopeless
from tantam.desk.notices.models import Subscription
from tantam.desk.notices.words import Short

LASTS_SECONDS = 12 * 3600  # a signature; at most a day
KEPT_SECONDS = 24 * 3600  # by the push service, for a browser that is off
RECORD = 4096

_CURVE = ec.SECP256R1()


class Gone(Exception):
    """The browser takes no more."""


class NotTaken(Exception):
    """The push service did not take it just now: tried again later."""


def send(subscription: Subscription, short: Short, *, topic: str) -> None:
    """Push a notice. topic: a later one of the same replaces it while the browser is off.

    Raises Gone, Hopeless, NotTaken, OSError.
    """
    words = json.dumps({"title": short.title, "body": short.more, "url": short.url, "tag": topic}, ensure_ascii=False)
    endpoint = subscription.endpoint
    try:
        sealed = encrypted(words.encode(), read(subscription.p256dh), read(subscription.auth))
        status = post(endpoint, sealed, _headers(endpoint, topic))
    except (Forbidden, ValueError) as wrong:
        raise Hopeless(f"{urlsplit(endpoint).hostname} cannot be pushed to: {wrong}") from wrong
    if status in (404, 410):
        raise Gone
    if not 200 <= status < 300:
        raise NotTaken(f"The push service answered {status}.")


def encrypted(
    words: bytes, public: bytes, secret: bytes, *, key: ec.EllipticCurvePrivateKey | None = None, salt: bytes = b""
) -> bytes:
    """Return the body of a push message, aes128gcm in one record. key, salt: new ones each time, but in tests.

    Source: RFC 8291, section 3.4; RFC 8188, section 2.
    """
    theirs = ec.EllipticCurvePublicKey.from_encoded_point(_CURVE, public)
    key, salt = key or ec.generate_private_key(_CURVE), salt or os.urandom(16)
    ours = point(key)
    shared = key.exchange(ec.ECDH(), theirs)
    material = _derived(shared, secret, b"WebPush: info\x00" + public + ours, 32)
    sealing = _derived(material, salt, b"Content-Encoding: aes128gcm\x00", 16)
    nonce = _derived(material, salt, b"Content-Encoding: nonce\x00", 12)
    head = salt + RECORD.to_bytes(4, "big") + bytes([len(ours)]) + ours
    return head + AESGCM(sealing).encrypt(nonce, words + b"\x02", None)


def public_key() -> str:
    """Return the desk's public key, as a browser wants it to subscribe."""
    return written(point(_own_key()))


def point(key: ec.EllipticCurvePrivateKey) -> bytes:
    """Return the public point, uncompressed."""
    form = serialization.PublicFormat.UncompressedPoint
    return key.public_key().public_bytes(serialization.Encoding.X962, form)


def read(text: str) -> bytes:
    """Return what base64url without padding says. Raises ValueError."""
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def written(data: bytes) -> str:
    """Return base64url without padding."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _derived(material: bytes, salt: bytes, info: bytes, length: int) -> bytes:
    return HKDF(hashes.SHA256(), length, salt, info).derive(material)


def _headers(endpoint: str, topic: str) -> dict[str, str]:
    parts, key = urlsplit(endpoint), _own_key()
    expires = int(clock.now().timestamp()) + LASTS_SECONDS
    claims = {"aud": f"{parts.scheme}://{parts.netloc}", "exp": expires, "sub": f"mailto:{settings.MAIL_FROM}"}
    signed = ".".join(written(json.dumps(each).encode()) for each in ({"typ": "JWT", "alg": "ES256"}, claims))
    r, s = decode_dss_signature(key.sign(signed.encode(), ec.ECDSA(hashes.SHA256())))
    token = f"{signed}.{written(r.to_bytes(32, 'big') + s.to_bytes(32, 'big'))}"
    return {
        "Authorization": f"vapid t={token}, k={written(point(key))}",
        "Content-Encoding": "aes128gcm",
        "Content-Type": "application/octet-stream",
        "TTL": str(KEPT_SECONDS),
        "Urgency": "normal",
        "Topic": topic[-32:],
    }


def _own_key() -> ec.EllipticCurvePrivateKey:
    """Return the desk's key: kept in TANTAM_HOME, made at first use."""
    key = serialization.load_pem_private_key(keys.kept(settings.HOME / "push.key", _new_key), None)
    assert isinstance(key, ec.EllipticCurvePrivateKey)
    return key


def _new_key() -> bytes:
    return ec.generate_private_key(_CURVE).private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
