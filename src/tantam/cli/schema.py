"""`tantam schema`: the JSON Schema of a plan, which editors complete and check by."""

from __future__ import annotations

import json

from tantam.plan.sections import json_schema


def schema() -> None:
    """Print the JSON Schema of a plan. Save it, and begin plan.yaml with: # yaml-language-server: $schema=FILE"""
    print(json.dumps(json_schema(), ensure_ascii=False, indent=2))
