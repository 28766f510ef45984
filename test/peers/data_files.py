"""Images written by Pillow and sparse matrices written by scipy and scikit-learn, for the tests of src/data.

Run from the repository's root, with numpy, Pillow, scipy and scikit-learn importable:

    python3 test/peers/data_files.py > test/fixtures/data-files.json
"""

import base64
import io
import json
import sys

import numpy
import PIL
import scipy
import scipy.sparse
import sklearn
from PIL import Image
from sklearn.datasets import dump_svmlight_file


def text(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def saved(image, form, **options) -> bytes:
    out = io.BytesIO()
    image.save(out, form, **options)
    return out.getvalue()


random = numpy.random.RandomState(0)
grey = random.randint(0, 256, (5, 7)).astype("uint8")
color = random.randint(0, 256, (5, 7, 3)).astype("uint8")
alpha = numpy.concatenate([color, random.randint(0, 256, (5, 7, 1)).astype("uint8")], axis=2)
wide = random.randint(0, 65536, (5, 7)).astype("uint16")
rows, columns = numpy.mgrid[0:16, 0:16]
smooth = numpy.stack([rows * 16, columns * 16, (rows + columns) * 8], axis=2).astype("uint8")

images = {
    "grey": Image.fromarray(grey),
    "rgb": Image.fromarray(color),
    "rgba": Image.fromarray(alpha),
    "grey and alpha": Image.fromarray(alpha[:, :, 2:4], "LA"),
    "one bit": Image.fromarray((grey > 127).astype("uint8") * 255).convert("1"),
    "palette": Image.fromarray(color).quantize(16),
    "16 bit": Image.fromarray(wide),
}
png = {}
for name, image in images.items():
    if name == "16 bit":
        l = wide.astype("float64") / 65535
        rgb = numpy.stack([l] * 3)
    else:
        plain = image.convert("RGB") if name != "rgba" else Image.fromarray(color)
        if name == "grey and alpha":
            plain = Image.fromarray(alpha[:, :, 2]).convert("RGB")
        rgb = numpy.asarray(plain).astype("float64").transpose(2, 0, 1) / 255
    png[name] = {"file": text(saved(image, "PNG")), "rgb": [round(v, 9) for v in rgb.ravel().tolist()]}

jpeg = {
    "baseline": {"file": text(saved(Image.fromarray(smooth), "JPEG", quality=95, subsampling=0))},
    "progressive": {"file": text(saved(Image.fromarray(smooth), "JPEG", quality=95, subsampling=0, progressive=True))},
    "grey": {"file": text(saved(Image.fromarray(smooth[:, :, 0]), "JPEG", quality=95))},
}
for entry in jpeg.values():
    decoded = Image.open(io.BytesIO(base64.b64decode(entry["file"]))).convert("RGB")
    entry["rgb"] = numpy.asarray(decoded).transpose(2, 0, 1).ravel().tolist()

dense = numpy.where(random.rand(6, 9) < 0.3, random.randint(1, 5, (6, 9)), 0).astype("float32")
dense[2] = 0
labels = numpy.array([0, 1, 2, 0, 1, 2])


def npz(matrix, **options) -> str:
    out = io.BytesIO()
    scipy.sparse.save_npz(out, matrix, **options)
    return text(out.getvalue())


def svmlight(zero_based) -> str:
    out = io.BytesIO()
    dump_svmlight_file(scipy.sparse.csr_matrix(dense), labels - 1, out, zero_based=zero_based)
    return text(out.getvalue())


matrix = scipy.sparse.csr_matrix(dense)
unsorted = scipy.sparse.csr_matrix(
    (matrix.data[::-1].copy(), matrix.indices[::-1].copy(), (matrix.nnz - matrix.indptr[::-1]).astype("int32")),
    shape=dense.shape,
)
json.dump(
    {
        "versions": {
            "Pillow": PIL.__version__,
            "scipy": scipy.__version__,
            "scikit-learn": sklearn.__version__,
        },
        "png": png,
        "jpeg": jpeg,
        "sparse": {
            "dense": dense.tolist(),
            "csr": npz(matrix),
            "csr stored": npz(matrix, compressed=False),
            "csr int64": npz(scipy.sparse.csr_matrix(dense.astype("int64"))),
            "csr reversed": npz(unsorted),
            "reversed": unsorted.toarray().tolist(),
            "csc": npz(scipy.sparse.csc_matrix(dense)),
            "svmlight": svmlight(False),
            "svmlight from 0": svmlight(True),
        },
    },
    sys.stdout,
    separators=(",", ":"),
)
