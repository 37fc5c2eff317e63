"""What a plan tells freely: the sections that are typed as far as they can be read, and otherwise kept as written."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

from tantam.plan.sections.care import Courtesy, Knowledge, Profile, Quality, Surveys, Topics
from tantam.plan.sections.loose import Several, Words
from tantam.plan.sections.means import Costs, Privacy, Products, Sales
from tantam.plan.sections.people import Duties, Internal, Providers, Recognitions, Shifts, Sites, Teams, Training


class ToldCompany(BaseModel):
    """Of the company, who works where and when."""

    model_config = ConfigDict(extra="ignore", frozen=True, defer_build=True)

    tone: Words = None
    sites: Sites = None
    teams: Teams = None
    shifts: Shifts = None
    duties: Duties = None


class Told(BaseModel):
    """The free sections of a plan."""

    model_config = ConfigDict(extra="ignore", frozen=True, defer_build=True)

    company: ToldCompany = ToldCompany()
    profile: Profile = None
    surveys: Surveys = None
    knowledge: Knowledge | None = None
    training: Training = None
    providers: Providers = None
    internal: Internal = None
    recognition: Recognitions = None
    courtesy: Courtesy | None = None
    quality: Quality = None
    topics: Topics = None
    privacy: Privacy = None
    sales: Sales | None = None
    costs: Costs = None
    precedence: Several = None
    products: Products = None


FREE = tuple(name for name in Told.model_fields if name != "company")
FREE_OF_COMPANY = tuple(name for name in ToldCompany.model_fields if name != "tone")
