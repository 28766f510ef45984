"""Upper tail of the normal with 50 digits -> test/fixtures/normal-tail.json

    $OUTSET_PYTHON test/peers/normal_tail.py > test/fixtures/normal-tail.json
"""

import json

import mpmath as mp

mp.mp.dps = 50
tail = lambda x: mp.erfc(mp.mpf(x) / mp.sqrt(2)) / 2
density = lambda x: mp.exp(-mp.mpf(x) ** 2 / 2) / mp.sqrt(2 * mp.pi)
hazard = lambda x: density(x) / tail(x)


def moments(cut):
    mean = hazard(cut) - cut
    return [cut, float(mean), float(1 - cut * mean)]


def quantile(cut, u):
    target = mp.log(tail(cut)) + mp.log(u)
    excess = lambda d: mp.log(tail(cut + d)) - target
    low, high = mp.mpf(0), mp.mpf(100)
    for _ in range(160):
        middle = (low + high) / 2
        low, high = (middle, high) if excess(middle) > 0 else (low, middle)
    return [cut, u, float(low)]


print(
    json.dumps(
        {
            "command": "python3 test/peers/normal_tail.py > test/fixtures/normal-tail.json",
            "mpmath": mp.__version__,
            "scaledComplement": [
                [x, float(mp.exp(mp.mpf(x) ** 2) * mp.erfc(x))]
                for x in [0, 0.1, 0.5, 1, 1.5, 1.99, 2, 2.5, 3.9, 4, 6, 7.9, 8, 12, 30, 100]
            ],
            "logUpperTail": [
                [x, float(mp.log(tail(x)))] for x in [-12, -7, -3, -1, -0.1, 0, 0.1, 1, 2, 3, 5, 8, 12, 25, 40]
            ],
            "excess": [moments(x) for x in [-40, -8, -2, -0.5, 0, 0.5, 2, 8, 20, 40, 49, 51, 100, 1000]],
            "quantiles": [
                quantile(cut, u)
                for cut in [-40, -3, 0, 0.9, 1.1, 4, 15, 40]
                for u in [1e-9, 0.01, 0.3, 0.5, 0.9, 0.999]
            ],
        }
    )
)
