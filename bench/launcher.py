"""Starts one command, waits for its end, and prints what the operating system says of it: a :class:`measure.Run`.

A process of its own, for Linux takes what the parent ever held for memory of the child: this one holds 12 MB.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time

began = time.perf_counter()
process = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
_, status, usage = os.wait4(process.pid, 0)
process.returncode = os.waitstatus_to_exitcode(status)
told = {
    "wall": time.perf_counter() - began,
    "cpu": usage.ru_utime + usage.ru_stime,
    "system": usage.ru_stime,
    "memory": usage.ru_maxrss / 1024,
    "status": process.returncode,
}
print(json.dumps(told))
