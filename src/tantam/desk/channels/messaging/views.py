"""Takes what networks deliver: who signed it is believed, it is stored and acknowledged; the worker reads it."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from tantam.desk.arrivals import intake
from tantam.desk.channels.messaging import networks

MOST_BYTES = 1_000_000


@csrf_exempt
@require_http_methods(["GET", "POST"])
def delivered(request: HttpRequest, name: str) -> HttpResponse:
    """Answer the greeting of a network, or take a delivery: 200 once it is stored, 401 for what it did not sign."""
    network = networks.of(name)
    if network is None:
        raise Http404
    if request.method == "GET":
        word = network.greeted(request.GET.dict())
        return HttpResponse(status=403) if word is None else HttpResponse(word, content_type="text/plain")
    if len(request.body) > MOST_BYTES:
        return HttpResponse(status=413)
    if not network.believes(request.headers, request.body):
        return HttpResponse(status=401)
    intake.store(name, request.body)
    return HttpResponse(status=200)
