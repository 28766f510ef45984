"""PyTorch's Box-Muller at each of the 2^24 numbers that it can be given -> test/fixtures/torch-every-number.json

    $OUTSET_PYTHON test/peers/torch_every_number.py > test/fixtures/torch-every-number.json

The state of the generator is set so that normal_ draws words of our choice: in blocks of 16, eight for the radius
sqrt(-2 log(1 - w 2^-24)), then eight for the angle 2 pi w 2^-24. Three sweeps, each by AVX2 and without: all radii at angle
0, and all angles at two radii, whose products with cosine and sine differ if those do. Written as SHA-256 of the bytes.
"""

import hashlib
import json
import os
import platform
import subprocess
import sys

import numpy as np

BLOCKS = 38  # as many as 623 words give
SWEEPS = {"radii": None, "angles": 0x4D2B17, "anglesAgain": 0xB0F5A3}


def untempered(word):
    """The word of the state that is tempered to the given one."""
    y = word ^ (word >> 18)
    y = y ^ ((y << 15) & 0xEFC60000)
    z = y
    for _ in range(5):
        z = y ^ ((z << 7) & 0x9D2C5680)
    y = z
    for _ in range(3):
        z = y ^ (z >> 11)
    return z & 0xFFFFFFFF


def sweep(fixed):
    import torch

    torch.manual_seed(0)
    state = torch.get_rng_state().numpy().copy()
    words = state[24 : 24 + 8 * 624].view(np.uint64)
    digest = hashlib.sha256()
    for first in range(0, 1 << 24, 8 * BLOCKS):
        count = min(BLOCKS, ((1 << 24) - first) // 8)
        every = np.arange(first, first + 8 * count, dtype=np.uint64).reshape(count, 8)
        other = np.full_like(every, 0 if fixed is None else fixed)
        blocks = [every, other] if fixed is None else [other, every]
        words[: 16 * count] = untempered(np.concatenate(blocks, axis=1).ravel())
        state[8:12].view(np.int32)[0] = 624  # words left
        state[16:24].view(np.uint64)[0] = 0  # the next one
        torch.set_rng_state(torch.from_numpy(state))
        digest.update(torch.empty(16 * count).normal_().numpy().tobytes())
    return digest.hexdigest()


if len(sys.argv) > 1:
    json.dump({name: sweep(fixed) for name, fixed in SWEEPS.items()}, sys.stdout)
else:
    import torch

    answers = {}
    for capability in ("avx2", "default"):
        environment = {**os.environ, "ATEN_CPU_CAPABILITY": capability}
        run = subprocess.run([sys.executable, __file__, capability], env=environment, stdout=subprocess.PIPE, check=True)
        answers[capability] = json.loads(run.stdout)
    fixture = {
        "command": "python3 test/peers/torch_every_number.py > test/fixtures/torch-every-number.json",
        "versions": {"torch": torch.__version__, "libc": " ".join(platform.libc_ver())},
        "fixed": {name: fixed for name, fixed in SWEEPS.items() if fixed is not None},
        "sweeps": answers,
    }
    print(json.dumps(fixture, indent=1))
