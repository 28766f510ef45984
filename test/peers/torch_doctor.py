"""Writes test/fixtures/doctor-torch.json: what the doctor measures, worked out by torch in float64.

    $OUTSET_PYTHON test/peers/torch_doctor.py

Two networks. `conv`: 3 channels of 3 x 3 (tanh), 6 units (relu), 3 classes, cross-entropy on 10 examples; singular values of
Jacobians by torch.func.jacrev, the largest eigenvalue of the whole Hessian by torch.func.hessian. `dense`: 4, 7 (tanh), 1
output, mean squared error; the tangent kernel from gradients of single examples.
"""
import json
import pathlib

import torch
import torch.nn.functional as F
from torch.func import grad, hessian, jacrev

torch.manual_seed(5)
torch.set_default_dtype(torch.float64)


def sixtyfourths(*dims, scale=1.0):
    """Numbers that float32 holds exactly."""
    return torch.round(torch.randn(*dims) * scale * 64) / 64


def plain(tensors):
    return {name: {'dims': list(one.shape), 'data': one.flatten().tolist()} for name, one in tensors.items()}


def singular(jacobians):
    """Averages over examples: of the largest and smallest, and the root of the mean square."""
    values = torch.linalg.svdvals(jacobians)
    return {
        'largest': values[:, 0].mean().item(),
        'smallest': values[:, -1].mean().item(),
        'rootMeanSquare': values.square().mean().sqrt().item(),
    }


def top_eigenvalue(loss, parameters):
    names = list(parameters)
    blocks = hessian(loss)(parameters)
    rows = []
    for a in names:
        rows.append(torch.cat([blocks[a][b].reshape(parameters[a].numel(), -1) for b in names], dim=1))
    return torch.linalg.eigvalsh(torch.cat(rows))[-1].item()


# Weights of dense layers are [inputs, outputs].
conv = {
    'conv1.weight': sixtyfourths(3, 1, 3, 3, scale=0.5),
    'conv1.bias': sixtyfourths(3, scale=0.2),
    'dense1.weight': sixtyfourths(48, 6, scale=0.2),
    'dense1.bias': torch.tensor([0.0, 0.1, -40.0, 0.0, 0.2, -0.1]),
    'dense2.weight': sixtyfourths(6, 3, scale=0.6),
    'dense2.bias': sixtyfourths(3, scale=0.1),
}
images = sixtyfourths(10, 1, 4, 4)
labels = torch.arange(10) % 3


def from_first(p, z1):
    """The pre-activations behind the first."""
    z2 = torch.tanh(z1).flatten(-3) @ p['dense1.weight'] + p['dense1.bias']
    z3 = torch.relu(z2) @ p['dense2.weight'] + p['dense2.bias']
    return z2, z3


def conv_loss(p):
    z1 = F.conv2d(images, p['conv1.weight'], p['conv1.bias'], padding=1)
    return F.cross_entropy(from_first(p, z1)[1], labels)


gradients = grad(conv_loss)(conv)
z1 = F.conv2d(images, conv['conv1.weight'], conv['conv1.bias'], padding=1)
z2, z3 = from_first(conv, z1)
few = range(8)
jac = lambda function, at: torch.stack([jacrev(function)(at[i]).flatten(1) for i in few])
flat = lambda k: (lambda z: from_first(conv, z.reshape(3, 4, 4))[k])
last = lambda z: torch.relu(z) @ conv['dense2.weight'] + conv['dense2.bias']

dense = {
    'dense1.weight': sixtyfourths(4, 7, scale=0.7),
    'dense1.bias': sixtyfourths(7, scale=0.2),
    'dense2.weight': sixtyfourths(7, 1, scale=0.5),
    'dense2.bias': sixtyfourths(1, scale=0.1),
}
rows = sixtyfourths(9, 4)
targets = sixtyfourths(9, 1)
run = lambda p, x: torch.tanh(x @ p['dense1.weight'] + p['dense1.bias']) @ p['dense2.weight'] + p['dense2.bias']
each = []
for row in rows:
    of_one = grad(lambda p: run(p, row)[0])(dense)
    each.append(torch.cat([of_one[name].flatten() for name in dense]))
kernel = torch.linalg.eigvalsh(torch.stack(each) @ torch.stack(each).T)

fixture = {
    'command': 'test/peers/torch_doctor.py',
    'versions': {'torch': torch.__version__},
    'conv': {
        'parameters': plain(conv),
        'features': plain({'features': images})['features'],
        'labels': labels.tolist(),
        'loss': conv_loss(conv).item(),
        'gradientNorms': {name: one.norm().item() for name, one in gradients.items()},
        'dead': (torch.relu(z2) == 0).all(0).double().mean().item(),
        'ends': singular(jac(flat(1), z1.flatten(1))),
        'layers': [singular(jac(flat(0), z1.flatten(1))), singular(jac(last, z2))],
        'spectrum': torch.linalg.svdvals(conv['dense1.weight']).tolist(),
        'sharpness': top_eigenvalue(conv_loss, conv),
    },
    'dense': {
        'parameters': plain(dense),
        'features': plain({'features': rows})['features'],
        'targets': targets.flatten().tolist(),
        'kernel': kernel.tolist(),
        'sharpness': top_eigenvalue(lambda p: F.mse_loss(run(p, rows), targets), dense),
    },
}
target = pathlib.Path(__file__).parent.parent / 'fixtures' / 'doctor-torch.json'
target.write_text(json.dumps(fixture) + '\n')
