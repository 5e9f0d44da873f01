"""Prints the peak memory, in MB, of simulating the example plan with a million draws.

Trap: a child's `ru_maxrss` starts at its parent's, so the peak is read from the kernel's own account of this program.
"""

import sys
from pathlib import Path

from bench.__main__ import example
from planner.analysis.simulate import Settings, simulate

simulate(example(), Settings(draws=1_048_576))
peak = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
sys.stdout.write(str(float(peak.split()[1]) / 1024))
