"""Headers come out as they were meant, in every form in which programs write them."""

from __future__ import annotations

import time
from email import message_from_bytes
from email.message import Message

import pytest

from tantam.desk.channels.email.headers import addresses, decoded, file_name, header, shortened


def _mail(*lines: str) -> Message:
    return message_from_bytes("\r\n".join([*lines, "", "x"]).encode("utf-8"))


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("=?utf-8?B?TcOheSBnaeG6t3Qga8OqdSB0bw==?=", "Máy giặt kêu to"),
        ("=?utf-8?B?TcOh?= =?utf-8?B?eQ==?=", "Máy"),
        ("=?utf-8?Q?M=C3?=\r\n =?utf-8?Q?=A1y?=", "Máy"),
        ("=?UTF-8?B?TcOheSBnaeG6t3Q", "Máy giặt"),
        ("=?utf-8?b?TcOheSBn aeG6t3Q?=", "Máy giặt"),
        ("=?utf-8*vi?q?M=C3=A1y_gi=E1=BA=B7t?=", "Máy giặt"),
        ("Re:=?utf-8?Q?M=C3=A1y giặt?=!", "Re:Máy giặt!"),
        ('"=?utf-8?q?a=2C?=" x', '"a," x'),
        ("=?iso-8859-1?Q?a?= b =?iso-8859-1?Q?c?=", "a b c"),
        ("=?iso-8859-1?q?Gr=C3=BC=C3=9Fe?=", "Grüße"),
        ("=?gb2312?B?1tC5+g==?=", "中国"),
        ("=?viscii?q?M=E1y_gi=A3t?=", "Máy giặt"),
        ("=?nonsense?q?a?=", "a"),
        ("=?utf-8?x?a?=", "=?utf-8?x?a?="),
        ("Đổi nồi cơm", "Đổi nồi cơm"),
    ],
)
def test_subject_is_read(written: str, meant: str) -> None:
    assert header(_mail(f"Subject: {written}"), "Subject") == meant


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ('Content-Disposition: attachment; filename="a;b.pdf"; x=1', "a;b.pdf"),
        ("Content-Disposition: attachment; filename*=UTF-8''H%C3%B3a%20%C4%91%C6%A1n.pdf", "Hóa đơn.pdf"),
        ("Content-Disposition: attachment; filename*0*=UTF-8''H%C3%B3a; filename*1=.pdf", "Hóa.pdf"),
        ('Content-Disposition: attachment; filename*1="def.txt"; filename*0="abc"', "abcdef.txt"),
        ("Content-Disposition: attachment; filename*=iso-8859-1'de'%FCber.txt", "über.txt"),
        ('Content-Type: application/pdf; name="=?utf-8?B?SMOzYSDEkcahbi5wZGY=?="', "Hóa đơn.pdf"),
        ("Content-Disposition: attachment; filename=hóa đơn.pdf; size=3", "hóa đơn.pdf"),
        ('Content-Disposition: attachment; filename="broken', ""),
        ("Content-Disposition: attachment; filename=", ""),
        ('Content-Type: application/pdf; boundary="name=z"', ""),
    ],
)
def test_name_of_a_file_is_read(line: str, name: str) -> None:
    assert file_name(_mail(line)) == name


@pytest.mark.parametrize("head", ["Content-Type: " + ";" * 1_000_000, 'Content-Type: a/b; x="' + ";" * 1_000_000])
def test_header_of_a_megabyte_is_cut_before_it_is_read(head: str) -> None:
    began = time.process_time()
    mail = message_from_bytes(shortened(f"{head}\r\nSubject: x\r\n\r\nbody".encode()))
    assert (mail["Subject"], mail.get_payload()) == ("x", "body")
    assert time.process_time() - began < 2


@pytest.mark.parametrize("piece", ["=?utf-8?q?a?= ", "=?", "=?a?q?", "(", "<", '"', "; name*1=", "@,"])
def test_no_header_takes_long(piece: str) -> None:
    began = time.process_time()
    text = piece * 20_000
    decoded(text)
    addresses(text[:20_000])
    assert time.process_time() - began < 3
