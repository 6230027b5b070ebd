"""Tables by expiring links: asking for one, the page of a link, the download."""

from __future__ import annotations

import asyncio

from aiohttp import web

from bot.services import Services
from bot.web.desk.door import HOME, Asked, see
from bot.web.desk.pages import Pages
from core.domain.desk import FileKind
from core.domain.refusals import NotFound
from core.files.inert_workbook import InertCell, inert_workbook
from core.i18n import Speech
from core.services.desk.files import MadeTable
from core.services.desk.tables import TableRow

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class Files:
    def __init__(self, services: Services, pages: Pages) -> None:
        self._services = services
        self._pages = pages

    async def choose(self, asked: Asked) -> web.StreamResponse:
        choices = await self._services.desk.files.choices(asked.visit.actor)
        return self._pages.show("files.j2", asked.speech, asked=asked, tab="files", choices=choices)

    async def make(self, asked: Asked) -> web.StreamResponse:
        kind = asked.form.one("kind")
        if kind not in set(FileKind):
            raise NotFound()
        token = await self._services.desk.files.make(
            asked.visit.actor, FileKind(kind), asked.form.number("about")
        )
        return see(f"{HOME}/files/{token}")

    async def look(self, asked: Asked) -> web.StreamResponse:
        token = asked.request.match_info["token"]
        link = await self._services.desk.files.look(asked.visit.actor, token)
        return self._pages.show(
            "file.j2", asked.speech, asked=asked, tab="files", link=link, token=token
        )

    async def download(self, asked: Asked) -> web.StreamResponse:
        """By a form: a look from elsewhere downloads nothing."""
        token = asked.request.match_info["token"]
        table = await self._services.desk.files.download(asked.visit.actor, token)
        body = await asyncio.to_thread(_workbook, table, asked.speech)
        # the name tells the kind and the link's day, never a person or a club
        name = f"{table.link.kind}-{table.made_at:%Y-%m-%d}.xlsx"
        return web.Response(
            body=body,
            content_type=_XLSX,
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )


def _workbook(table: MadeTable, speech: Speech) -> bytes:
    kind = table.link.kind
    columns: tuple[str, ...] = ("id", "child", "born", "state", "on", "tail")
    if kind is FileKind.APPLICATIONS:
        columns = (*columns, "programme", "group", "organisation")
    heading = [speech.say_plain(f"desk-column-{name}") for name in columns]
    rows = [_cells(row, kind, speech)[: len(columns)] for row in table.rows]
    return inert_workbook(speech.say_plain(f"desk-file-{kind}"), heading, rows)


def _cells(row: TableRow, kind: FileKind, speech: Speech) -> list[InertCell]:
    if kind is FileKind.CERTIFICATES:
        state = speech.say_plain("card-certificate-state", state=row.state)
    else:
        state = speech.say_plain("card-application-state", state=row.state)
    return [
        row.id,
        row.child_name,
        row.born,
        state,
        row.on,
        row.tail,
        row.programme,
        row.group,
        row.organisation,
    ]
