"""The web desk: coming in, the queue of requests, deciding many, tables by expiring links."""
