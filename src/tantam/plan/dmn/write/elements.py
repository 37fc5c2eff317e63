"""The parts of a DMN file: XML elements in the order that its schema asks for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from xml.etree import ElementTree as Tree

DRAWN = {
    "xmlns:dc": "http://www.omg.org/spec/DMN/20180521/DC/",
    "xmlns:di": "http://www.omg.org/spec/DMN/20180521/DI/",
}


class Edition(StrEnum):
    """A version of DMN, by the date in its namespaces. What is written is the same in both.

    1.3 is opened by the tools of 1.3 and of all later versions; dmn-js and what is built on it know no later one."""

    DMN_1_3 = "20191111"
    DMN_1_5 = "20230324"

    @property
    def spaces(self) -> dict[str, str]:
        """The namespaces, as attributes of a file's root."""
        address = f"https://www.omg.org/spec/DMN/{self}"
        return {"xmlns": f"{address}/MODEL/", "xmlns:dmndi": f"{address}/DMNDI/", **DRAWN}


# What XML 1.0 cannot hold.
NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def element(tag: str, attributes: Mapping[str, str] | None = None, *inside: Tree.Element | None) -> Tree.Element:
    """Return an element; attributes without a value and parts that are None are left out."""
    made = Tree.Element(tag, {name: clean(value) for name, value in (attributes or {}).items() if value})
    made.extend(each for each in inside if each is not None)
    return made


def texted(tag: str, words: str, attributes: Mapping[str, str] | None = None) -> Tree.Element:
    """Return an element with a `text` in it."""
    return element(tag, attributes, plain("text", words))


def plain(tag: str, words: str) -> Tree.Element:
    """Return an element that holds nothing but words."""
    made = Tree.Element(tag)
    made.text = clean(words)
    return made


def described(words: str) -> Tree.Element | None:
    """Return a description, None for no words."""
    return plain("description", words) if words else None


def ident(*parts: str) -> str:
    """Return an id: a name of XML, unlike for unlike parts."""
    return "_" + "-".join(re.sub(r"[^\w.]", lambda sign: f"_{ord(sign.group()):x}_", part) for part in parts)


def written(root: Tree.Element) -> str:
    """Return the XML of a whole file."""
    Tree.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + Tree.tostring(root, encoding="unicode") + "\n"


def clean(words: str) -> str:
    """Return the words without what XML cannot hold."""
    return NO_XML.sub("\ufffd", words)
