"""Numbers of Keras 3 on TensorFlow and on JAX -> test/fixtures/keras-random.json

    $OUTSET_PYTHON_JAX test/peers/keras_random.py > test/fixtures/keras-random.json

Sequences are written as the SHA-256 of their bytes, little-endian. Keras has one backend a process, so the script starts
itself once for each.
"""

import hashlib
import json
import os
import subprocess
import sys

BACKENDS = ("tensorflow", "jax")


def in_backend():
    import keras
    import numpy as np

    def digest(values):
        return hashlib.sha256(np.ascontiguousarray(np.asarray(values)).tobytes()).hexdigest()

    def generator(seed):
        source = keras.random.SeedGenerator(seed)
        return {
            "seed": seed,
            "uniform": digest(keras.random.uniform((1001,), -0.3, 0.8, seed=source)),
            "normal": digest(keras.random.normal((1001,), 0.5, 0.1, seed=source)),
            "truncatedNormal": digest(keras.random.truncated_normal((1001,), 0.5, 0.1, seed=source)),
            "shuffle": digest(np.asarray(keras.random.shuffle(np.arange(100, dtype=np.int32), seed=source), np.uint32)),
            "last": digest(keras.random.normal((5,), seed=source)),
        }

    initializers = {
        "GlorotUniform": digest(keras.initializers.GlorotUniform(seed=1)((30, 20))),
        "HeNormal": digest(keras.initializers.HeNormal(seed=1)((30, 20))),
        "RandomNormal": digest(keras.initializers.RandomNormal(seed=1)((30, 20))),
    }
    keras.utils.set_random_seed(5)
    layers = keras.layers
    model = keras.Sequential(
        [layers.Input((8, 8, 3)), layers.Conv2D(4, 3), layers.Flatten(), layers.Dense(10), layers.Dense(3)]
    )
    return {
        "versions": {"keras": keras.__version__, "numpy": np.__version__},
        "generators": [generator(seed) for seed in (0, 1, 2**31 + 5)],
        "initializers": initializers,
        "model": [{"dims": list(weight.shape), "digest": digest(weight)} for weight in model.get_weights()],
    }


if len(sys.argv) > 1:
    print(json.dumps(in_backend()))
else:
    results = {}
    for backend in BACKENDS:
        environment = {
            **os.environ,
            "KERAS_BACKEND": backend,
            "TF_CPP_MIN_LOG_LEVEL": "3",
            "JAX_PLATFORMS": "cpu",
            "CUDA_VISIBLE_DEVICES": "",
        }
        output = subprocess.run([sys.executable, __file__, backend], env=environment, check=True, stdout=subprocess.PIPE)
        results[backend] = json.loads(output.stdout.decode().strip().split("\n")[-1])
    print(
        json.dumps(
            {
                "command": "python3 test/peers/keras_random.py > test/fixtures/keras-random.json",
                "versions": results[BACKENDS[0]]["versions"],
                **{name: {key: value for key, value in result.items() if key != "versions"} for name, result in results.items()},
            },
            indent=1,
        )
    )
