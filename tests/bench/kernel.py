"""The reduced kernel of kernel.h in numpy, vectorised over customers.

    kernel.py ACCOUNTS HISTORIES PERSISTENCE NOISE GROWTH SPREAD STAY BOND MONTHS

Prints the fastest history in nanoseconds per customer and month, then the mean and its standard
error over histories of each moment, in the order of enum kernel_moment. Single precision, arrays
that are reused and the fastest generator of numpy: as fast as it goes without another compiler.
"""
import sys
import time

import numpy

accounts, histories = int(sys.argv[1]), int(sys.argv[2])
persistence, noise, growth, spread, stay, bond = map(numpy.float32, sys.argv[3:9])
months = int(sys.argv[9])
one = numpy.float32(1)

satisfaction = numpy.empty(accounts, numpy.float32)
value = numpy.empty(accounts, numpy.float32)
draw = numpy.empty(accounts, numpy.float32)
odds = numpy.empty(accounts, numpy.float32)
leaves = numpy.empty(accounts, bool)


def history(random):
    lost, revenue = 0, 0.0
    satisfaction.fill(0)
    value.fill(1)
    for _ in range(months):
        random.standard_normal(out=draw, dtype=numpy.float32)
        numpy.multiply(draw, noise, out=draw)
        numpy.multiply(satisfaction, persistence, out=satisfaction)
        numpy.add(satisfaction, draw, out=satisfaction)
        random.standard_normal(out=draw, dtype=numpy.float32)
        numpy.multiply(draw, spread, out=draw)
        numpy.add(draw, growth, out=draw)
        numpy.exp(draw, out=draw)
        numpy.multiply(value, draw, out=value)
        numpy.multiply(satisfaction, bond, out=odds)
        numpy.add(odds, stay, out=odds)
        numpy.exp(odds, out=odds)
        numpy.add(odds, one, out=odds)
        random.random(out=draw, dtype=numpy.float32)
        numpy.multiply(odds, draw, out=odds)
        numpy.less(odds, one, out=leaves)
        satisfaction[leaves] = 0
        value[leaves] = 1
        lost += numpy.count_nonzero(leaves)
        revenue += float(value.sum())
    return (
        lost / accounts / months,
        float(satisfaction.mean(dtype=numpy.float64)),
        float(numpy.square(satisfaction, dtype=numpy.float64).mean()),
        float(value.mean(dtype=numpy.float64)),
        float(numpy.square(value, dtype=numpy.float64).mean()),
        revenue / accounts / months,
    )


moments = []
fastest = float("inf")
for seed in range(histories):
    generator = numpy.random.Generator(numpy.random.SFC64(seed))
    start = time.thread_time()
    moments.append(history(generator))
    fastest = min(fastest, time.thread_time() - start)

moments = numpy.array(moments)
means = moments.mean(axis=0)
errors = moments.std(axis=0, ddof=1) / histories**0.5
print(fastest * 1e9 / accounts / months, *numpy.ravel(numpy.column_stack((means, errors))))
