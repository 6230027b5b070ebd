"""The web desk of staff: pages over the same services the chats use.

The way of a look: `routes` -> `door` (session, right, form) -> a page -> templates. Pages work
without JavaScript; `static/desk.js` adds the keyboard. No page calls another machine.
"""
