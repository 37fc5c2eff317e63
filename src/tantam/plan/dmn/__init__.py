"""DMN models: read from XML, decided by the rules of FEEL. Knows no plan; shares its tables' bit sets."""

from tantam.plan.dmn.facts import Given as Given
from tantam.plan.dmn.facts import read_facts as read_facts
from tantam.plan.dmn.facts import read_json as read_json
from tantam.plan.dmn.model import read_model as read_model
from tantam.plan.dmn.run import Decided as Decided
from tantam.plan.dmn.run import decide as decide
from tantam.plan.dmn.shown import answer as answer
from tantam.plan.dmn.shown import json_text as json_text
from tantam.plan.dmn.shown import said_notes as said_notes
