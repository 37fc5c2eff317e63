"""Web push: encrypted as RFC 8291 says, signed with a key that is made once, and gone browsers forgotten."""

from __future__ import annotations

import stat
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from tantam.desk.notices import push

# RFC 8291, appendix A
WORDS = b"When I grow up, I want to be a watermelon"
SECRET = "BTBZMqHH6r4Tts7J_aSIgg"
THEIRS = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
OURS = "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"
SALT = "DGv6ra1nlYgDCS1FRnbzlw"
SEALED = (
    "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl"
    "7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
)


def test_message_is_encrypted_as_the_standard_shows() -> None:
    key = ec.derive_private_key(int.from_bytes(push.read(OURS), "big"), ec.SECP256R1())
    sealed = push.encrypted(WORDS, push.read(THEIRS), push.read(SECRET), key=key, salt=push.read(SALT))
    assert push.written(sealed) == SEALED


def test_key_is_made_once_and_read_by_its_owner_alone(settings: Any, tmp_path: Path) -> None:
    settings.HOME = tmp_path
    first = push.public_key()
    assert push.public_key() == first and len(push.read(first)) == 65
    assert stat.S_IMODE((tmp_path / "push.key").stat().st_mode) == 0o600
    assert [each.name for each in tmp_path.iterdir()] == ["push.key"]


def test_request_is_signed_for_the_service_that_takes_it(settings: Any, tmp_path: Path) -> None:
    settings.HOME = tmp_path
    headers = push._headers("https://push.example/send/abc", "topic")
    token, key = headers["Authorization"].removeprefix("vapid t=").split(", k=")
    head, claims, signature = token.split(".")
    assert b'"aud": "https://push.example"' in push.read(claims)
    raw = push.read(signature)
    public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), push.read(key))
    whole = encode_dss_signature(int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big"))
    public.verify(whole, f"{head}.{claims}".encode(), ec.ECDSA(hashes.SHA256()))
