"""Files written by numpy and by the safetensors library, as base64, for the tests of src/formats.

Run from the repository's root, with numpy and safetensors importable:

    python3 test/peers/format_files.py > test/fixtures/format-files.json
"""

import base64
import gzip
import io
import json
import sys

import numpy
import safetensors
import safetensors.numpy


def text(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def npy(array, version=None) -> bytes:
    out = io.BytesIO()
    numpy.lib.format.write_array(out, array, version=version)
    return out.getvalue()


def npz(save, **arrays) -> bytes:
    out = io.BytesIO()
    save(out, **arrays)
    return out.getvalue()


def values(array):
    return [str(v) if numpy.issubdtype(array.dtype, numpy.integer) else float(v) for v in array.ravel(order="C")]


arrays = {"scalar": numpy.float32(2.5).reshape(()), "empty": numpy.zeros((0, 3), "<f4")}
for code in ["<f4", "<f8", "<f2", "|i1", "|u1", "<i2", "<u2", "<i4", "<u4", "<i8", "<u8", "|b1", ">f4", ">i4", ">u2", ">f8"]:
    dtype = numpy.dtype(code)
    base = numpy.arange(24).reshape(2, 3, 4)
    if dtype.kind == "f":
        base = (base - 11.5) / 3
    elif dtype.kind == "b":
        base = base % 3 == 0
    elif dtype.kind == "i":
        base = base - 12
    elif code == "<u8":
        base = base.astype("<u8") + numpy.uint64(2**63)
    arrays["c " + code] = base.astype(dtype)
    arrays["fortran " + code] = numpy.asfortranarray(base.astype(dtype))
arrays["vector"] = numpy.linspace(0, 1, 5)
arrays["halves"] = numpy.array([0.0, -0.0, 1.0, -2.5, 65504, 6e-8, 6.1e-5, numpy.inf, -numpy.inf, numpy.nan], "<f2")

npy_files = [
    {"name": name, "shape": list(a.shape), "values": [str(v) for v in values(a)], "bytes": text(npy(a))}
    for name, a in arrays.items()
]
small = numpy.arange(6, dtype="<f4").reshape(2, 3)
for version in [(2, 0), (3, 0)]:
    npy_files.append(
        {"name": f"version {version}", "shape": [2, 3], "values": [str(v) for v in values(small)], "bytes": text(npy(small, version))}
    )
refused = {
    "structured": numpy.zeros(2, dtype=[("a", "<f4"), ("b", "<i4")]),
    "text": numpy.array(["ab", "c"]),
    "complex": numpy.zeros(2, dtype="<c8"),
    "objects": numpy.array([1, "two"], dtype=object),
    "datetime": numpy.array(["2020-01-01"], dtype="datetime64[D]"),
}

x_train = (numpy.arange(6 * 4 * 3) % 256).astype("uint8").reshape(6, 4, 3)
y_train = numpy.array([0, 1, 2, 0, 1, 2], "uint8")
npz_files = {
    "keras": text(npz(numpy.savez, x_train=x_train, y_train=y_train, x_test=x_train[:2], y_test=y_train[:2])),
    "keras compressed": text(npz(numpy.savez_compressed, x_train=x_train, y_train=y_train, x_test=x_train[:2], y_test=y_train[:2])),
    "x and y": text(npz(numpy.savez, x=numpy.linspace(-1, 1, 40, dtype="<f4").reshape(10, 4), y=numpy.arange(10) % 2)),
    "regression": text(npz(numpy.savez, x=numpy.eye(4), y=numpy.arange(8, dtype="<f8").reshape(4, 2))),
    "channels last": text(npz(numpy.savez, x=numpy.arange(48, dtype="uint8").reshape(4, 2, 2, 3), y=numpy.arange(4))),
}

tensors = {
    "b.weight": numpy.arange(6, dtype="<f4").reshape(2, 3),
    "a": numpy.array([1.5, -2.5], "<f8"),
    "z/é": numpy.array([1, 2, 3], "<i8"),
    "u64": numpy.array([2**63], "<u8"),
    "u32": numpy.array([4000000000], "<u4"),
    "i32": numpy.array([-7], "<i4"),
    "u16": numpy.array([65535], "<u2"),
    "i16": numpy.array([-5, 5], "<i2"),
    "i8": numpy.array([-1], "i1"),
    "u8": numpy.array([255, 0, 1], "u1"),
    "flag": numpy.array([True, False]),
    "scalar": numpy.array(3.25, "<f4"),
    "none": numpy.zeros((0, 5), "<f4"),
    "A": numpy.array([0.5], "<f4"),
}
half = {"h": numpy.array([1.0, -0.333251953125, 65504, 6e-8], "<f2")}

json.dump(
    {
        "made": {
            "by": "python3 test/peers/format_files.py > test/fixtures/format-files.json",
            "python": sys.version.split()[0],
            "numpy": numpy.__version__,
            "safetensors": safetensors.__version__,
        },
        "npy": npy_files,
        "npyRefused": [{"name": name, "bytes": text(npy(a))} for name, a in refused.items()],
        "npz": npz_files,
        "safetensors": {
            "all": text(safetensors.numpy.save(tensors, metadata={"format": "np"})),
            "empty": text(safetensors.numpy.save({})),
            "half": text(safetensors.numpy.save(half)),
        },
        "idxGzip": text(gzip.compress(bytes([0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 3]) + bytes(range(12)), mtime=0)),
    },
    sys.stdout,
    ensure_ascii=True,
    indent=1,
)
print()
