"""Understanding: everything that turns ``archive.db`` into documents, records and published files."""
