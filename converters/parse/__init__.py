"""Parsing: which pages need it, reading them in processes of their own, and keeping their records."""

from converters.parse.parsing import Pace, ParseReport, context_of, parse
from converters.parse.pool import WorkersBroken

__all__ = ["Pace", "ParseReport", "WorkersBroken", "context_of", "parse"]
