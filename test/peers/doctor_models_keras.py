"""Networks for the doctor as Keras saves them, tiny, and what they give for one batch.

    $OUTSET_PYTHON_JAX test/peers/doctor_models_keras.py test/fixtures/doctor

Needs keras.
"""

import json
import os
import pathlib
import sys

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
import keras
import numpy

folder = pathlib.Path(sys.argv[1])
keras.utils.set_random_seed(1)
random = numpy.random.default_rng(1)
layers = keras.layers
results = {}


def save(name, model, example):
    for weight in model.weights:
        if "moving_variance" not in weight.path:
            weight.assign(random.normal(size=weight.shape) * 0.5)
    model.save(folder / f"{name}.keras")
    if name == "images":
        model.save(folder / f"{name}.h5")
    output = numpy.asarray(model(example))
    results[name] = {
        "input": example.flatten().tolist(),
        "dims": list(example.shape),
        "output": output.flatten().tolist(),
    }


images = keras.Sequential(
    [
        layers.Input((8, 8, 2)),
        layers.Conv2D(4, 3, strides=2, padding="same", use_bias=False),
        layers.BatchNormalization(),
        layers.Activation("relu"),
        layers.DepthwiseConv2D(3, depth_multiplier=2, padding="same", activation="tanh"),
        layers.MaxPooling2D(),
        layers.Flatten(),
        layers.Dropout(0.5),
        layers.Dense(3, activation="softmax"),
    ],
    name="images",
)
save("images", images, random.normal(size=(2, 8, 8, 2)).astype("float32"))
tokens = keras.Input((5,), dtype="int32")
signal = layers.Embedding(7, 4)(tokens)
branch = layers.Conv1D(4, 3, padding="same", activation="gelu")(signal)
branch = layers.Conv1D(4, 3, padding="same")(branch)
signal = layers.Add()([signal, branch])
signal = layers.LayerNormalization()(signal)
signal = layers.GlobalAveragePooling1D()(signal)
wide = layers.Dense(3, activation="selu")(signal)
output = layers.Dense(2)(layers.Concatenate()([signal, wide]))
save("texts", keras.Model(tokens, output), random.integers(0, 7, (2, 5)).astype("int32"))
(folder / "keras.json").write_text(json.dumps(results) + "\n")
(folder / "versions-keras.json").write_text(json.dumps({"keras": keras.__version__}) + "\n")
