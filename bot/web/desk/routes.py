"""The addresses of the desk."""

from __future__ import annotations

from aiohttp import web

from bot.services import Services
from bot.settings import Settings
from bot.web.desk.door import Door
from bot.web.desk.entrance import Entrance
from bot.web.desk.files import Files
from bot.web.desk.pages import Pages
from bot.web.desk.papers import Papers
from bot.web.desk.queue import Queue
from bot.web.desk.request import OneRequest
from core.clock import Clock
from core.i18n import Texts

_LIST = "/desk/{subject:certificates|applications}"
_ONE = _LIST + r"/{id:\d{1,19}}"
_PAPER = "{paper:statement|consent}"
_FILE = "/desk/files/{token:[A-Za-z0-9_-]{1,64}}"


def desk_routes(
    services: Services, settings: Settings, texts: Texts, clock: Clock
) -> list[web.RouteDef]:
    """All pages, each behind the door."""
    pages = Pages(texts, settings.locale)
    door = Door(services, settings, pages)
    entrance = Entrance(services, settings, pages)
    queue = Queue(services, pages)
    one = OneRequest(services, pages)
    papers = Papers(settings, pages, one, clock)
    files = Files(services, pages)
    return [
        web.get("/desk/static/{name}", pages.static),
        web.get("/desk/enter", door.outside(entrance.ask)),
        web.post("/desk/enter", door.outside(entrance.enter)),
        web.get("/desk", door.inside(queue.home)),
        web.get("/desk/sessions", door.inside(entrance.list)),
        web.post("/desk/leave", door.inside(entrance.leave)),
        web.post("/desk/leave-everywhere", door.inside(entrance.leave_everywhere)),
        web.get(_LIST, door.inside(queue.list)),
        web.post(f"{_LIST}/find", door.inside(queue.find)),
        web.post(f"{_LIST}/check", door.inside(queue.check)),
        web.post(f"{_LIST}/confirm", door.inside(queue.confirm)),
        web.get(_ONE, door.inside(one.look)),
        web.post(f"{_ONE}/confirm", door.inside(one.confirm)),
        web.post(f"{_ONE}/refuse", door.inside(one.refuse)),
        web.get(f"{_ONE}/{_PAPER}", door.inside(papers.filled)),
        web.get(f"/desk/blank/{_PAPER}", door.inside(papers.blank)),
        web.get("/desk/files", door.inside(files.choose)),
        web.post("/desk/files", door.inside(files.make)),
        web.get(_FILE, door.inside(files.look)),
        web.post(f"{_FILE}/download", door.inside(files.download)),
    ]
