"""Numbers of numpy's Generator and SeedSequence, and numpy's own test vectors -> test/fixtures/numpy-generator.json

    $OUTSET_PYTHON test/peers/numpy_generator.py > test/fixtures/numpy-generator.json

Sequences are written as the SHA-256 of their bytes, little-endian. Whole numbers above 2^53 are decimal text.
"""

import csv
import hashlib
import json
import os
import platform

import numpy as np

INTEGERS = (
    ("bool", 0, 2),
    ("int8", -100, 100),
    ("uint8", 0, 256),
    ("int16", -5, 1000),
    ("uint16", 0, 3),
    ("int32", -(2**31), 2**31),
    ("uint32", 7, 4_000_000_000),
    ("int64", 0, 10),
    ("int64", -(2**62), 2**62 + 12345),
    ("uint64", 0, 2**64),
)


def digest(values):
    return hashlib.sha256(np.ascontiguousarray(values).tobytes()).hexdigest()


def sequences(seed):
    start = lambda: np.random.default_rng(seed)
    mixed = start()
    child = start().bit_generator._seed_seq.spawn(3)[2].spawn(2)[1]
    return {
        "seed": [str(part) for part in seed] if isinstance(seed, list) else str(seed),
        "words": digest(np.random.SeedSequence(seed).generate_state(9)),
        "random": digest(start().random(20001)),
        "randomSingle": digest(start().random(20001, dtype=np.float32)),
        "normal": digest(start().standard_normal(100001)),
        "normalSingle": digest(start().standard_normal(100001, dtype=np.float32)),
        "normalBetween": digest(start().normal(3.0, 0.25, 1000)),
        "uniform": digest(start().uniform(-0.05, 0.05, 1000)),
        "permutation": digest(start().permutation(5000).astype(np.uint32)),
        "integers": [digest(start().integers(low, high, 501, dtype=kind)) for kind, low, high in INTEGERS],
        "spawned": digest(np.random.default_rng(child).standard_normal(100)),
        "mixed": [
            *mixed.standard_normal(3).tolist(),
            *mixed.random(3, dtype=np.float32).tolist(),
            *mixed.integers(0, 10, 3).tolist(),
            *mixed.random(2).tolist(),
            *mixed.permutation(5).tolist(),
        ],
    }


def vectors(name):
    path = os.path.join(os.path.dirname(np.__file__), "random", "tests", "data", name)
    with open(path) as lines:
        rows = [[int(cell, 0) for cell in row[1:]] for row in csv.reader(lines)]
    width = np.uint64 if name.startswith("pcg") else np.uint32
    return {"file": name, "seed": rows[0][0], "count": len(rows) - 1, "digest": digest(np.array([row[0] for row in rows[1:]], width))}


print(
    json.dumps(
        {
            "command": "python3 test/peers/numpy_generator.py > test/fixtures/numpy-generator.json",
            "versions": {"numpy": np.__version__, "python": platform.python_version()},
            "sequences": [sequences(seed) for seed in (0, 42, 2**32 - 1, 2**100 + 7, [1, 2, 3], [2**70, 5])],
            "integers": [[kind, str(low), str(high)] for kind, low, high in INTEGERS],
            "vectors": [
                vectors(name)
                for name in ("mt19937-testset-1.csv", "mt19937-testset-2.csv", "pcg64-testset-1.csv", "pcg64-testset-2.csv")
            ],
        },
        indent=1,
    )
)
