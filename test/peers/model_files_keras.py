"""Models as Keras writes them, small: .keras, .weights.h5, .h5.

    $OUTSET_PYTHON_JAX test/peers/model_files_keras.py test/fixtures/models

Needs keras with TensorFlow, and h5py.
"""

import json
import os
import pathlib
import sys

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
import h5py
import keras
import numpy

folder = pathlib.Path(sys.argv[1])
keras.utils.set_random_seed(1)
layers = keras.layers
images = keras.Sequential(
    [
        layers.Input((8, 8, 3)),
        layers.Conv2D(4, 3, activation="relu", name="first"),
        layers.BatchNormalization(),
        layers.DepthwiseConv2D(3),
        layers.SeparableConv2D(6, 3, padding="same"),
        layers.Conv2DTranspose(5, 3, strides=2),
        layers.GlobalAveragePooling2D(),
        layers.Dense(7, activation="tanh"),
        layers.Dense(2),
    ],
    name="images",
)
tokens = keras.Input((5,), dtype="int32")
signal = layers.Embedding(11, 6)(tokens)
signal = layers.LSTM(4, return_sequences=True)(signal)
signal = layers.Bidirectional(layers.GRU(3, return_sequences=True))(signal)
signal = layers.MultiHeadAttention(2, 3)(signal, signal)
signal = layers.LayerNormalization()(signal)
texts = keras.Model(tokens, layers.Dense(1)(signal), name="texts")
small = keras.Sequential([layers.Input((3,)), layers.Dense(2)], name="small")
for model in (images, texts, small):
    model.save(folder / f"{model.name}.keras")
    model.save_weights(folder / f"{model.name}.weights.h5")
    model.save(folder / f"{model.name}.h5")

# What h5py can do besides: newer headers, compression, half precision, compact data, many links.
with h5py.File(folder / "features.h5", "w", libver="latest") as file:
    group = file.create_group("layers/dense/vars", track_order=True)
    group.attrs["name"] = "dense"
    group["0"] = numpy.arange(12, dtype="<f4").reshape(3, 4)
    group["1"] = numpy.arange(4, dtype="<f2")
    file.create_dataset("packed", data=numpy.zeros((64, 64), "<f4"), compression="gzip")
    file["big"] = numpy.arange(3, dtype=">f8")
    file["flags"] = numpy.array([True, False])

versions = {m.__name__: m.__version__ for m in (keras, numpy, h5py)}
text = json.dumps({"by": "test/peers/model_files_keras.py", **versions}, indent=1)
(folder / "versions-keras.json").write_text(text + "\n")
