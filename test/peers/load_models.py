"""Loads model files with the libraries that they are for, and says what is in them.

Standard input: {"torch": [...], "onnx": [...], "npz": [...], "keras": [...], "weights": [[model, weights], ...]} with
paths. Standard output: {path: {name: {"dims": [...], "sha256": of the little-endian bytes}}}.
"""

import hashlib
import json
import os
import sys

import numpy

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"


def described(array):
    array = numpy.asarray(array, order="C")
    return {"dims": list(array.shape), "sha256": hashlib.sha256(array.tobytes()).hexdigest()}


def torch_file(path):
    import safetensors.torch
    import torch

    tensors = safetensors.torch.load_file(path)
    bits = {torch.bfloat16: torch.int16, torch.float16: torch.int16}
    return {name: described(one.view(bits.get(one.dtype, one.dtype)).numpy()) for name, one in tensors.items()}


def safetensors_numpy(path):
    import safetensors.numpy

    return {name: described(one) for name, one in safetensors.numpy.load_file(path).items()}


def onnx_file(path):
    import onnx

    model = onnx.load(path)
    onnx.checker.check_model(model, full_check=True)
    return {one.name: described(onnx.numpy_helper.to_array(one)) for one in model.graph.initializer}


def npz_file(path):
    with numpy.load(path) as arrays:
        return {name: described(arrays[name]) for name in arrays.files}


def keras_weights(model):
    return {one.path.replace("sequential/", ""): described(numpy.asarray(one)) for one in model.weights}


def keras_file(path):
    import keras

    model = keras.saving.load_model(path)
    model.predict(numpy.zeros((1, *model.input_shape[1:])), verbose=0)
    return keras_weights(model)


def keras_weights_file(model, path):
    import keras

    loaded = keras.saving.load_model(model)
    loaded.load_weights(path)
    return keras_weights(loaded)


asked = json.load(sys.stdin)
readers = {
    "torch": torch_file,
    "safetensors": safetensors_numpy,
    "onnx": onnx_file,
    "npz": npz_file,
    "keras": keras_file,
}
found = {path: read(path) for kind, read in readers.items() for path in asked.get(kind, [])}
for model, path in asked.get("weights", []):
    found[path] = keras_weights_file(model, path)
json.dump(found, sys.stdout)
