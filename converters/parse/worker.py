"""A process that makes records and nothing else: it can be killed at any moment without harm.

It is started with the number of a file descriptor, a socket to the pool, and the seconds of processor time that a page
may take; one that takes more ends the process. First comes the wiki, then batches of pages; for each page goes back its
records, or in one sentence why there are none.
"""

from __future__ import annotations

import resource
import signal
import sys
from multiprocessing.connection import Connection

from converters.document.wiki import Wiki
from converters.parse.context import Context
from converters.parse.pages import PageRecords, PageSource, read_records

# Address space. Usual pages need a tenth; a page that needs more is taken as hostile.
MAX_BYTES = 1 << 30


def serve(connection: Connection, page_seconds: float) -> None:
    """Answer until the pool closes the connection."""
    context: Context = connection.recv()
    wiki = context.wiki()
    connection.send(None)
    while True:
        for page in connection.recv():
            # Nobody handles the signal that comes then: it ends the process, in the middle of C code too.
            signal.setitimer(signal.ITIMER_PROF, page_seconds)
            connection.send(answer(page, wiki, context))


def answer(page: PageSource, wiki: Wiki, context: Context) -> PageRecords | str:
    """A page's records, or why it has none: whatever one page does, the next one is read."""
    # The page is untrusted: whatever its failure is, it is told, not lost.
    try:
        return read_records(page, wiki, context.exists)
    except Exception as error:
        return f"the parser ended with {type(error).__name__}: {error}"[:500]


def main() -> None:
    # Ctrl-C reaches all processes of a terminal; the pool's own decides what happens to its workers.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_AS, (MAX_BYTES, MAX_BYTES))
    try:
        serve(Connection(int(sys.argv[1])), float(sys.argv[2]))
    except (EOFError, BrokenPipeError, ConnectionResetError):
        return


if __name__ == "__main__":
    main()
