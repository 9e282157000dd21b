"""No page may hold up those who read it: a limit of processor time, for readers without a process of their own."""

from __future__ import annotations

import signal
from collections.abc import Callable
from types import FrameType
from typing import NoReturn, TypeVar

# Of processor time, so that what else the machine does is not the page's fault.
PAGE_SECONDS = 4.0
# Callbacks of C code may lose the first call to give up.
AGAIN_SECONDS = 0.2

Made = TypeVar("Made")


class OutOfTime(BaseException):
    """Raised in the midst of the work; not an Exception, so that nothing on the way takes it for its own."""


def in_time(work: Callable[[], Made], fall_back: Callable[[str], Made], seconds: float = PAGE_SECONDS) -> Made:
    """What ``work`` gives; or, when it fails or takes longer, what ``fall_back`` makes of the reason, a sentence.

    In the main thread only, where Python hears signals.
    """
    before = signal.signal(signal.SIGPROF, _give_up)
    try:
        signal.setitimer(signal.ITIMER_PROF, seconds, AGAIN_SECONDS)
        return work()
    except OutOfTime:
        reason = f"reading took more than {seconds:g} s"
    # The page is untrusted: whatever its failure is, it is told, not lost.
    except Exception as error:
        reason = f"the parser ended with {type(error).__name__}: {error}"[:500]
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before or signal.SIG_DFL)
    return fall_back(reason)


def _give_up(_signal: int, _frame: FrameType | None) -> NoReturn:
    raise OutOfTime
