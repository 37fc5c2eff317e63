"""Files are kept once, whole, by what they hold; nothing is believed of their names."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.test import RequestFactory

from tantam.desk.common.errors import Refused
from tantam.desk.files import kinds, serving, store
from tantam.desk.files.models import Blob
from tests.support.clock import StandingClock

pytestmark = pytest.mark.django_db


def picture(kind: str = "PNG", size: tuple[int, int] = (40, 20)) -> bytes:
    from PIL import Image

    drawn = io.BytesIO()
    Image.new("RGB", size, "teal").save(drawn, kind)
    return drawn.getvalue()


def bomb() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("zeros", b"\x00" * 200_000_000)
    return packed.getvalue()


def test_same_bytes_are_kept_once(settings: Any) -> None:
    first, second = store.keep([b"a", b"b"], "one.txt"), store.keep([b"ab"], "two.txt")
    assert first.pk == second.pk
    assert store.read(first).read() == b"ab"
    assert store.path_of(first).relative_to(settings.MEDIA_ROOT).parts[:2] == (first.pk[:2], first.pk[2:4])
    assert not list((Path(settings.MEDIA_ROOT) / "unfinished").iterdir())


def test_too_large_a_file_is_not_read_to_its_end(settings: Any) -> None:
    read = 0

    def endless() -> Any:
        nonlocal read
        while True:
            read += 1
            yield b"x" * store.MEGABYTE

    with pytest.raises(Refused, match="file_too_large"):
        store.keep(endless(), "film.mov")
    assert read == 21
    assert not list((Path(settings.MEDIA_ROOT) / "unfinished").iterdir())
    assert not Blob.objects.exists()


def test_empty_files_and_programs_are_refused() -> None:
    for given, code in ((b"", "file_empty"), (b"MZ\x90", "file_type"), (b"#!/bin/sh\n", "file_type")):
        with pytest.raises(Refused, match=code):
            store.keep([given], "photo.jpg")


@pytest.mark.parametrize(
    ("given", "kind"),
    [
        (picture("PNG"), "image/png"),
        (picture("JPEG"), "image/jpeg"),
        (picture("WEBP"), "image/webp"),
        (b"%PDF-1.7\n", "application/pdf"),
        (b"<svg xmlns='x'><script>alert(1)</script></svg>", "image/svg+xml"),
        (b"\n<!-- x --><?xml version='1.0'?>\n<SVG onload=x>", "image/svg+xml"),
        (b"GIF89a<script>alert(1)</script>", "image/gif"),
        (b"hello <b>you</b><script>x</script>", "text/html"),
        ("<html>".encode("utf-16"), "text/html"),
        ("Máy giặt kêu to".encode(), "text/plain"),
        ("für Sie".encode("cp1252"), "text/plain"),
        (bytes(range(256)), "application/octet-stream"),
        (b"PK\x03\x04" + b"\x00" * 26 + b"word/document.xml", kinds._OFFICE + "wordprocessingml.document"),
    ],
)
def test_what_a_file_is_stands_in_its_bytes(given: bytes, kind: str) -> None:
    assert kinds.media_type(given) == kind


def test_zip_bomb_is_a_small_file_like_any() -> None:
    given = bomb()
    blob = store.keep([given], "photos.zip")
    assert (blob.bytes, blob.media_type) == (len(given), "application/zip")


def test_broken_or_huge_pictures_are_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = picture()
    assert serving.is_picture(store.keep([whole], "a.png"))
    assert not serving.is_picture(store.keep([b"GIF89a<script>alert(1)</script>"], "b.gif"))
    monkeypatch.setattr("tantam.desk.files.pictures.MOST_PIXELS", 900)
    monkeypatch.setattr("tantam.desk.files.pictures.MOST_WHOLE", 100)
    assert serving.is_picture(store.keep([picture("JPEG", size=(41, 20))], "c.jpg"))
    assert not serving.is_picture(store.keep([picture("JPEG", size=(50, 20))], "d.jpg"))
    for unpacked_whole in ("PNG", "GIF", "WEBP"):
        assert not serving.is_picture(store.keep([picture(unpacked_whole, size=(41, 20))], "e"))


def test_small_picture_is_drawn_anew() -> None:
    blob = store.keep([picture("JPEG", (2000, 1000)) + b"<script>alert(1)</script>"], "a.jpg")
    answer = serving.small(blob)
    assert answer.headers["Content-Type"] == "image/webp"
    assert b"script" not in answer.content
    from PIL import Image

    assert Image.open(io.BytesIO(answer.content)).size == (480, 240)


@pytest.mark.parametrize(
    ("given", "content_type", "shown"),
    [
        (picture(), "image/png", True),
        (b"%PDF-1.7", "application/pdf", True),
        (b"<svg><script/></svg>", "application/octet-stream", False),
        (b"<html><script>alert(1)</script>", "application/octet-stream", False),
        (b"words", "text/plain", False),
    ],
)
def test_nothing_that_acts_is_shown(given: bytes, content_type: str, shown: bool, rf: RequestFactory) -> None:
    answer = serving.answer(store.keep([given], "x"), "Hoá đơn Đỗ.pdf")
    assert answer.headers["Content-Type"] == content_type
    assert answer.headers["Content-Disposition"].startswith("inline" if shown else "attachment")
    assert "filename*=utf-8''Ho%C3%A1%20%C4%91%C6%A1n" in answer.headers["Content-Disposition"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    if content_type != "application/pdf":
        assert "sandbox" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\Hoa\\ảnh.jpg", "ảnh.jpg"),
        ("фото 图片 صورة.png", "фото 图片 صورة.png"),
        ("bill\u202egpj.exe", "billgpj.exe"),
        ('a"\r\nSet-Cookie: x.txt', "a Set-Cookie x.txt"),
        ("..", "file"),
        ("\x00", "file"),
    ],
)
def test_names_lead_nowhere(given: str, kept: str) -> None:
    assert serving.safe_name(given) == kept


def test_lone_files_are_tidied_and_young_ones_stay(clock: StandingClock) -> None:
    blob = store.keep([b"alone"], "a.txt")
    assert store.tidy() == 0
    clock.forward(days=1, minutes=1)
    assert store.tidy() == 1
    assert not store.path_of(blob).exists()
    assert not Blob.objects.exists()
