"""Compiles the catalogues before a wheel or an editable install is made, so that every install speaks vi and de."""

from __future__ import annotations

import sys
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CatalogueHook(BuildHookInterface):
    """Hatch calls `initialize` before it gathers files."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Write django.mo of each language into the tree."""
        sys.path.insert(0, self.root)
        from tools.catalogues import compile_all

        compile_all()
