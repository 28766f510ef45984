"""Keras's STFT initializer -> test/fixtures/keras-stft.json

    $OUTSET_PYTHON test/peers/keras_stft.py > test/fixtures/keras-stft.json

The Python needs keras with any backend, and scipy.
"""

import json

import keras
import numpy as np

cases = []
for side, window, scaling, periodic in [
    ("real", "hann", "density", False),
    ("imag", "hann", "density", False),
    ("real", "hamming", "spectrum", True),
    ("imag", None, "density", False),
    ("real", "hann", None, True),
]:
    shape = (9, 1, 5)
    initializer = keras.initializers.STFT(side, window, scaling, periodic)
    cases.append(
        {
            "side": side,
            "window": window or "none",
            "scaling": scaling or "none",
            "periodic": periodic,
            "shape": shape,
            "values": np.asarray(initializer(shape), dtype=np.float64).ravel().tolist(),
        }
    )
print(
    json.dumps(
        {
            "command": "$OUTSET_PYTHON test/peers/keras_stft.py > test/fixtures/keras-stft.json",
            "versions": {"keras": keras.__version__, "backend": keras.config.backend()},
            "cases": cases,
        }
    )
)
