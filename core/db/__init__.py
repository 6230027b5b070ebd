"""The database: engine and transactions, models, migrations. Rows never leave `core`."""
