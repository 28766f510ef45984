"""Models whose frameworks drew their first weights with a seed, for `outset init --like`.

    python seeded_models.py torch|jax|keras FOLDER SEED

Writes files into FOLDER; standard output is a list of {"file", "map"}: the map says what the file does not, such as the
order of the layers.
"""

import json
import os
import pathlib
import sys

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
framework, folder, seed = sys.argv[1], pathlib.Path(sys.argv[2]), int(sys.argv[3])
made = []


def torch_models():
    import torch
    from safetensors.torch import save_file
    from torch import nn

    class Images(nn.Module):
        def __init__(self):
            super().__init__()
            self.stem = nn.Conv2d(3, 8, 3)
            self.norm = nn.BatchNorm2d(8)
            self.depth = nn.Conv2d(8, 8, 3, groups=8, bias=False)
            self.up = nn.ConvTranspose2d(8, 6, 2)
            self.act = nn.PReLU()
            self.classify = nn.Linear(6, 5)

    class Texts(nn.Module):
        def __init__(self):
            super().__init__()
            self.words = nn.Embedding(11, 6)
            self.lstm = nn.LSTM(6, 4, num_layers=2, bidirectional=True)
            self.gru = nn.GRU(8, 3, bias=False)
            self.rnn = nn.RNNCell(3, 8)
            self.norm = nn.LayerNorm(8)
            self.attention = nn.MultiheadAttention(8, 2)
            self.head = nn.Linear(8, 3, bias=False)

    sequential = nn.Sequential
    for name, make in {
        "images": Images,
        "texts": Texts,
        "sequence": lambda: sequential(nn.Linear(30, 20), nn.ReLU(), nn.Linear(20, 7), nn.Tanh(), nn.Linear(7, 2)),
    }.items():
        torch.manual_seed(seed)
        model = make()
        file = folder / f"torch-{name}.safetensors"
        save_file(model.state_dict(), file)
        order = [] if name == "sequence" else [child for child, _ in model.named_children()]
        tables = {"words.weight": {"kind": "embedding"}} if name == "texts" else {}
        made.append({"file": str(file), "map": {"order": order, "parameters": tables}})


def jax_models():
    import flax.linen as nn
    import jax
    import numpy
    from flax.traverse_util import flatten_dict

    class Block(nn.Module):
        @nn.compact
        def __call__(self, x):
            x = nn.Conv(8, (3, 3))(x)
            x = nn.LayerNorm()(x)
            x = nn.ConvTranspose(4, (2, 2))(x)
            return nn.Conv(8, (3, 3), feature_group_count=4)(x)

    class Images(nn.Module):
        @nn.compact
        def __call__(self, x):
            x = Block(name="first")(x)
            x = x.mean((1, 2))
            x = nn.relu(nn.Dense(7)(x))
            return nn.Dense(2, use_bias=False)(x)

    class Texts(nn.Module):
        @nn.compact
        def __call__(self, x):
            x = nn.Embed(11, 6)(x)
            x = nn.MultiHeadDotProductAttention(num_heads=2)(x, x)
            return nn.Dense(3)(x)

    for name, model, example in (
        ("images", Images(), numpy.zeros((1, 8, 8, 3), "float32")),
        ("texts", Texts(), numpy.zeros((2, 5), "int32")),
    ):
        parameters = model.init(jax.random.key(seed), example)["params"]
        flat = {"/".join(path): numpy.asarray(value) for path, value in flatten_dict(parameters).items()}
        file = folder / f"jax-{name}.npz"
        numpy.savez(file, **flat)
        made.append({"file": str(file), "map": {}})


def keras_models():
    import keras

    layers = keras.layers
    keras.utils.set_random_seed(seed)
    images = keras.Sequential(
        [
            layers.Input((8, 8, 3)),
            layers.Conv2D(4, 3, activation="relu"),
            layers.BatchNormalization(),
            layers.DepthwiseConv2D(3),
            layers.SeparableConv2D(6, 3, padding="same"),
            layers.Dropout(0.2),
            layers.Conv2DTranspose(5, 3, strides=2),
            layers.Flatten(),
            layers.Dense(7, activation="tanh", kernel_initializer="he_normal"),
            layers.Dense(4, kernel_initializer=keras.initializers.VarianceScaling(2.0, "fan_out", "untruncated_normal")),
            layers.Dense(2, bias_initializer="ones", kernel_initializer=keras.initializers.RandomNormal(0.1, seed=3)),
        ],
        name="images",
    )
    images.save(folder / "keras-images.keras")
    keras.utils.set_random_seed(seed)
    tokens = keras.Input((5,), dtype="int32")
    signal = layers.Embedding(11, 6)(tokens)
    signal = layers.SpatialDropout1D(0.1)(signal)
    signal = layers.LayerNormalization()(signal)
    texts = keras.Model(tokens, layers.Dense(3)(signal), name="texts")
    texts.save(folder / "keras-texts.keras")
    for name in ("images", "texts"):
        made.append({"file": str(folder / f"keras-{name}.keras"), "map": {}})


{"torch": torch_models, "jax": jax_models, "keras": keras_models}[framework]()
json.dump(made, sys.stdout)
