"""The questions that we put to a wiki, built purely: names, parameters, addresses. Nothing here asks anything."""

from scraper.queries.query import Query

__all__ = ["Query"]
