"""Writes test/fixtures/drawn-weights.json: the first weights of small models as their frameworks drew them, with a seed.

    $OUTSET_PYTHON test/peers/drawn_weights.py torch
    $OUTSET_PYTHON_JAX test/peers/drawn_weights.py jax     # JAX with Flax, Keras on TensorFlow

Weights are base64 of float32, little-endian, in the framework's own order of axes; `layout` says which it is.
"""
import base64
import json
import os
import pathlib
import sys

import numpy as np

os.environ['TF_CPP_MIN_LOG_LEVEL'] = '3'
target = pathlib.Path(__file__).parent.parent / 'fixtures' / 'drawn-weights.json'
models = {}
versions = {}


def add(name, seed, layout, parameters):
    models[name] = {
        'seed': seed,
        'layout': layout,
        'parameters': [
            {
                'name': key,
                'dims': list(value.shape),
                'data': base64.b64encode(np.ascontiguousarray(value, dtype='<f4').tobytes()).decode(),
            }
            for key, value in parameters
        ],
    }


def of_torch():
    import torch
    from torch import nn

    versions['torch'] = torch.__version__
    versions['numpy'] = np.__version__
    for name, seed, init in [
        ('torch-default', 42, None),
        ('torch-kaiming', 3407, nn.init.kaiming_normal_),
        ('torch-xavier', 7, nn.init.xavier_uniform_),
    ]:
        with torch.no_grad():
            if init is None:
                torch.manual_seed(seed)
                layers = [nn.Linear(20, 30), nn.Linear(30, 10)]
                drawn = [(f'{i}.{key}', value.numpy()) for i, one in enumerate(layers) for key, value in one.named_parameters()]
            else:
                first, second = torch.empty(30, 20), torch.empty(10, 30)
                torch.manual_seed(seed)
                drawn = [('0.weight', init(first).numpy()), ('1.weight', init(second).numpy())]
        add(name, seed, 'out-in', drawn)
    np.random.seed(1234)
    add('numpy-legacy', 1234, 'in-out', [(f'{i}.weight', np.random.randn(*dims) * 0.01) for i, dims in enumerate([(20, 30), (30, 10)])])
    rng = np.random.default_rng(0)
    add('numpy', 0, 'in-out', [(f'{i}.weight', rng.uniform(-0.3, 0.3, dims)) for i, dims in enumerate([(20, 30), (30, 10)])])


def of_jax():
    import flax.linen as flax
    import jax
    import keras

    versions.update({'jax': jax.__version__, 'keras': keras.__version__})

    class Net(flax.Module):
        @flax.compact
        def __call__(self, x):
            return flax.Dense(10)(flax.relu(flax.Dense(30)(x)))

    drawn = Net().init(jax.random.key(5), np.zeros((1, 20), np.float32))['params']
    add('flax', 5, 'in-out', [(f'{layer}.kernel', np.asarray(drawn[layer]['kernel'])) for layer in ['Dense_0', 'Dense_1']])
    for name, seed, init in [('keras-default', 2024, 'glorot_uniform'), ('keras-he', 11, 'he_normal')]:
        keras.utils.set_random_seed(seed)
        model = keras.Sequential([keras.Input((20,)), keras.layers.Dense(30, kernel_initializer=init), keras.layers.Dense(10, kernel_initializer=init)])
        add(name, seed, 'in-out', [(f'{i}.kernel', np.asarray(model.layers[i].kernel)) for i in range(2)])


{'torch': of_torch, 'jax': of_jax}[sys.argv[1]]()
old = json.loads(target.read_text()) if target.exists() else {'versions': {}, 'models': {}}
fixture = {
    'command': 'test/peers/drawn_weights.py',
    'versions': {**old['versions'], **versions},
    'models': {**old['models'], **models},
}
target.write_text(json.dumps(fixture) + '\n')
