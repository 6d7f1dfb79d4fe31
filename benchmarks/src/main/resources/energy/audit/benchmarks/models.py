"""The same work as the models benchmark, by numpy on one core. Usage: models.py FILE SETS ROWS VARIABLES MODELS"""
import json
import sys
import time

import numpy

name, sets, rows, variables, models = sys.argv[1], *map(int, sys.argv[2:])
data = numpy.fromfile(name, dtype=">f8").astype(float).reshape(sets, variables + 1, rows)
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


for i in range(sets):
    fit(designs[i], data[i][0])
start = time.perf_counter()
for i in range(models):
    fit(designs[i % sets], data[i % sets][0])
seconds = time.perf_counter() - start
print(json.dumps({
    "numpy": numpy.__version__,
    "seconds": seconds,
    "coefficients": [list(fit(designs[i], data[i][0])[0]) for i in range(sets)],
}))
