"""The interface for programs: its addresses, and the OpenAPI document at openapi.json."""

from django.urls import path
from ninja import NinjaAPI

from tantam.desk.api import errors
from tantam.desk.api.cases import router
from tantam.desk.api.measures import router as measures
from tantam.desk.api.replays import router as replays
from tantam.desk.api.token import DeskToken

api = NinjaAPI(
    title="Tantam",
    version="1",
    description="Opens cases at a desk that runs a customer service plan, and tries drafts of the plan on its past.",
    auth=DeskToken(),
    docs_url=None,  # its page would load scripts from elsewhere
    openapi_url="openapi.json",
    urls_namespace="api",
)
api.add_router("", router)
api.add_router("", measures)
api.add_router("", replays)
errors.register(api)

urlpatterns = [path("", api.urls)]
