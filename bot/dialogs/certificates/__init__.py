"""The certificate of record: request, where to confirm, status, number."""
