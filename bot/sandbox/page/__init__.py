"""The chat page: the sandbox's people and chats in a browser, for the demo and for looking.

It acts as any person of the world, so it serves this machine only (``guard``). The server renders
everything; the browser asks for the present scene again at each change and morphs into it, so there
is no second copy of the truth in JavaScript. Without JavaScript the forms still work, page by page.

The way of a look: ``routes`` → ``scene`` (what is shown) → ``bubbles``, ``rich_text`` → templates.
The way of a deed: ``routes`` → ``deeds`` (a form becomes a verb of ``People``) → the next scene.
"""
