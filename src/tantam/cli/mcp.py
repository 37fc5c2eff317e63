"""`tantam mcp`: the desk's tools for an AI assistant that speaks over standard input and output.

It knows no database: it asks a running desk at /mcp/ with the assistant's token, so one door holds for both ways.
"""

from __future__ import annotations

import os
from typing import Annotated, Any
from urllib.parse import urlsplit

import typer

from tantam.cli.ends import usual_language

TOKEN = "TANTAM_TOKEN"


def mcp(
    desk: Annotated[str, typer.Option(help="The address of the desk's pages.")] = "http://127.0.0.1:8000",
) -> None:
    """Answer an assistant until it hangs up. Its token is read from TANTAM_TOKEN, which no list of processes shows."""
    secret = os.environ.get(TOKEN, "").strip()
    if not secret:
        typer.echo(f"Set {TOKEN} to the assistant's token. A service manager makes one under AI assistants.", err=True)
        raise typer.Exit(2)
    parts = urlsplit(desk)
    if parts.scheme not in ("http", "https") or not parts.netloc:
        typer.echo(f"{desk} is no address of a desk. Write one such as https://desk.example.com.", err=True)
        raise typer.Exit(2)
    import anyio

    try:
        anyio.run(_serve, f"{desk.rstrip('/')}/mcp/", secret)
    except BaseExceptionGroup as several:
        why = _first(several)
        typer.echo(f"The desk at {desk} cannot be asked: {why}", err=True)
        raise typer.Exit(1) from several
    except OSError as away:
        typer.echo(f"The desk at {desk} cannot be asked: {away}", err=True)
        raise typer.Exit(1) from away


async def _serve(address: str, secret: str) -> None:
    import httpx2
    from mcp.client import Client
    from mcp.client.streamable_http import streamable_http_client
    from mcp.server.stdio import stdio_server

    headers = {"Authorization": f"Bearer {secret}", "Accept-Language": usual_language()}
    async with (
        httpx2.AsyncClient(headers=headers, timeout=httpx2.Timeout(30, read=120)) as http,
        Client(streamable_http_client(address, http_client=http)) as desk,
        stdio_server() as (heard, said),
    ):
        server = _server(desk)
        await server.run(heard, said, server.create_initialization_options())


def _server(desk: Any) -> Any:
    """Return a server that asks the desk for everything."""
    from mcp.server.lowlevel import Server

    async def list_tools(_context: Any, params: Any) -> Any:
        return await desk.list_tools(cursor=params.cursor if params else None)

    async def call_tool(_context: Any, params: Any) -> Any:
        return await desk.call_tool(params.name, params.arguments)

    async def list_resources(_context: Any, params: Any) -> Any:
        return await desk.list_resources(cursor=params.cursor if params else None)

    async def read_resource(_context: Any, params: Any) -> Any:
        return await desk.read_resource(params.uri)

    return Server(
        "tantam",
        version=desk.server_info.version if desk.server_info else "",
        instructions=desk.instructions,
        on_list_tools=list_tools,
        on_call_tool=call_tool,
        on_list_resources=list_resources,
        on_read_resource=read_resource,
    )


def _first(several: BaseException) -> BaseException:
    while isinstance(several, BaseExceptionGroup):
        several = several.exceptions[0]
    return several
