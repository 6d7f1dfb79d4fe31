"""The same work as the models benchmark, by numpy on one core. Usage: models.py FILE SETS ROWS VARIABLES MODELS CHANNELS

FILE: the data sets of the models, then the registers of the channels (big-endian int64): boundaries' instants, reading
instants, and SETS columns of counts.
"""
import json
import sys
import time

import numpy

name, sets, rows, variables, models, channels = sys.argv[1], *map(int, sys.argv[2:])
with open(name, "rb") as file:
    data = numpy.fromfile(file, dtype=">f8", count=sets * (variables + 1) * rows).astype(float)
    data = data.reshape(sets, variables + 1, rows)
    size = int(numpy.fromfile(file, dtype=">i8", count=1)[0])
    registers = numpy.fromfile(file, dtype=">i8").astype(numpy.int64).reshape(sets + 2, size)
boundaries, instants, counts = registers[0], registers[1], registers[2:]
MODULUS = 1 << 32
MOST_PER_HOUR = 4400
designs = [numpy.column_stack([numpy.ones(rows), *d[1:]]) for d in data]


def fit(x, y):
    q, r = numpy.linalg.qr(x)
    b = numpy.linalg.solve(r, q.T @ y)
    e = y - x @ b
    sse = e @ e
    free = rows - x.shape[1]
    inverse = numpy.linalg.inv(r)
    se = numpy.sqrt(sse / free * (inverse * inverse).sum(axis=1))
    sst = ((y - y.mean()) ** 2).sum()
    r2 = 1 - sse / sst
    leverage = (q * q).sum(axis=1)
    watson = (numpy.diff(e) ** 2).sum() / sse
    rho = numpy.corrcoef(e[:-1], e[1:])[0, 1]
    return b, se, b / se, r2, leverage, watson, rho


def intervals(at, count):
    """Consumption between boundaries: the reading at each (none: missing), rollovers undone, the implausible marked."""
    place = numpy.minimum(numpy.searchsorted(at, boundaries), len(at) - 1)
    there = at[place] == boundaries
    value = count[place]
    step = numpy.diff(value)
    step = numpy.where(step < 0, step + MODULUS, step)
    hours = numpy.diff(boundaries) / 3_600_000
    known = there[1:] & there[:-1]
    plausible = step <= MOST_PER_HOUR * hours
    quality = numpy.where(known, numpy.where(plausible, 0, 1), 2)
    return numpy.where(known, step, -1), quality


for i in range(models):
    fit(designs[i % sets], data[i % sets][0])
start = time.perf_counter()
for i in range(models):
    fit(designs[i % sets], data[i % sets][0])
seconds = time.perf_counter() - start
totals = [int(intervals(instants, c)[0].sum()) for c in counts]
for i in range(channels // 2):
    intervals(instants, counts[i % sets])
begin = time.perf_counter()
for i in range(channels):
    intervals(instants, counts[i % sets])
register_seconds = time.perf_counter() - begin
print(json.dumps({
    "registerSeconds": register_seconds,
    "totals": totals,
    "numpy": numpy.__version__,
    "seconds": seconds,
    "coefficients": [list(fit(designs[i], data[i][0])[0]) for i in range(sets)],
}))
