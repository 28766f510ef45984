"""Writes test/fixtures/gradients/torch.json: gradients of single operators, by torch autograd in float64.

    python3 test/peers/torch_gradients.py

Every case is one ONNX node with inputs, loss weights w, and the gradients of sum(w * result) by torch. Inputs are
multiples of 1/64, which float32 holds exactly; some have ties on purpose.
"""
import json
import math
import pathlib
import sys

import torch
import torch.nn.functional as F

torch.manual_seed(2)
cases = []


def grid(*dims, low=-2.0, high=2.0, step=1 / 64):
    steps = torch.rand(*dims, dtype=torch.float64) * ((high - low) / step)
    return torch.floor(steps) * step + low


def away(*dims, least=0.25, most=2.0):
    """Either sign, not near 0."""
    sign = torch.where(torch.rand(*dims) < 0.5, -1.0, 1.0).double()
    return grid(*dims, low=least, high=most) * sign


def ints(*values):
    return {'kind': 'ints', 'value': list(values)}


def integer(value):
    return {'kind': 'int', 'value': value}


def number(value):
    return {'kind': 'float', 'value': value}


def text(value):
    return {'kind': 'string', 'value': value}


class Whole(list):
    """An int64 constant operand; not differentiated."""


class Truth(list):
    """A bool constant operand, with its dims."""

    def __init__(self, dims, values):
        super().__init__(values)
        self.dims = dims


def case(name, operator, inputs, function, attributes=None, outputs=1, domain='', fixed=()):
    """inputs: tensors are operands with a gradient (unless their position is in fixed), Whole constants, None absent."""
    leaves = [x.clone().requires_grad_(True) if torch.is_tensor(x) else x for x in inputs]
    result = function(*[x for x in leaves if torch.is_tensor(x)])
    weights = grid(*result.shape, low=-1, high=1, step=1 / 32) if result.dim() else torch.tensor(0.75).double()
    (result * weights).sum().backward()
    operands = []
    for i, leaf in enumerate(leaves):
        if leaf is None:
            operands.append(None)
        elif isinstance(leaf, Truth):
            operands.append({'bool': list(leaf), 'dims': leaf.dims})
        elif isinstance(leaf, Whole):
            operands.append({'int64': list(leaf), 'dims': [len(leaf)]})
        else:
            entry = {'dims': list(leaf.shape), 'data': leaf.detach().flatten().tolist()}
            if i not in fixed:
                gradient = leaf.grad if leaf.grad is not None else torch.zeros_like(leaf)
                entry['gradient'] = gradient.flatten().tolist()
            operands.append(entry)
    cases.append({
        'name': f'{operator}: {name}', 'operator': operator, 'domain': domain, 'attributes': attributes or {},
        'outputs': outputs, 'operands': operands, 'weights': weights.flatten().tolist(), 'dims': list(result.shape),
    })


# Arithmetic
for name, function in [('Add', torch.add), ('Sub', torch.sub), ('Mul', torch.mul), ('Div', torch.div)]:
    case('row over matrix', name, [away(3, 4), away(4)], function)
    case('both stretch', name, [away(3, 1), away(2, 1, 4)], function)
case('ties', 'Max', [grid(4, 5, step=1.0), grid(5, step=1.0)], torch.maximum)
case('ties', 'Min', [grid(4, 5, step=1.0), grid(5, step=1.0)], torch.minimum)
case('base and exponent', 'Pow', [grid(3, 4, low=0.25), grid(4)], torch.pow)
case('zero base', 'Pow', [torch.tensor([0.0, 1.0, 2.0]).double(), torch.tensor([2.0, 0.0, 3.0]).double()], torch.pow)

# One element
for name, function, values in [
    ('Neg', torch.neg, away(12)), ('Sqrt', torch.sqrt, grid(12, low=0.25)), ('Exp', torch.exp, away(12)),
    ('Log', torch.log, grid(12, low=0.25)), ('Erf', torch.erf, away(12)), ('Reciprocal', torch.reciprocal, away(12)),
    ('Abs', torch.abs, torch.tensor([-1.5, 0.0, 2.0]).double()), ('Sin', torch.sin, away(12)),
    ('Cos', torch.cos, away(12)), ('Tan', torch.tan, grid(12, low=-1, high=1)),
    ('Asin', torch.asin, grid(12, low=-0.75, high=0.75)), ('Acos', torch.acos, grid(12, low=-0.75, high=0.75)),
    ('Atan', torch.atan, away(12)), ('Sinh', torch.sinh, away(12)), ('Cosh', torch.cosh, away(12)),
    ('Asinh', torch.asinh, away(12)), ('Acosh', torch.acosh, grid(12, low=1.25, high=3)),
    ('Atanh', torch.atanh, grid(12, low=-0.75, high=0.75)),
]:
    case('plain', name, [values], function)

# Activations, at and around their kinks
edge = torch.cat([grid(9, low=-4, high=4), torch.tensor([0.0, -3.0, 3.0]).double()])
for name, function, attributes in [
    ('Relu', F.relu, {}), ('LeakyRelu', lambda x: F.leaky_relu(x, 0.1), {'alpha': number(0.1)}),
    ('Elu', lambda x: F.elu(x, 1.5), {'alpha': number(1.5)}), # ONNX' own defaults are these constants rounded to float32.
    ('Selu', F.selu, {'alpha': number(1.6732632423543772848170429916717),
                      'gamma': number(1.0507009873554804934193349852946)}),
    ('Celu', lambda x: F.celu(x, 1.5), {'alpha': number(1.5)}), ('Gelu', F.gelu, {}),
    ('Gelu', lambda x: F.gelu(x, approximate='tanh'), {'approximate': text('tanh')}),
    ('Sigmoid', torch.sigmoid, {}), ('Tanh', torch.tanh, {}), ('Softplus', F.softplus, {}),
    ('Softsign', F.softsign, {}), ('Mish', F.mish, {}), ('HardSwish', F.hardswish, {}),
    # torch's float64 kernel multiplies by a float32 sixth.
    ('HardSigmoid', F.hardsigmoid, {'alpha': number(torch.tensor(1 / 6, dtype=torch.float32).item())}),
    ('ThresholdedRelu', lambda x: F.threshold(x, 0.5, 0.0), {'alpha': number(0.5)}),
    ('Shrink', lambda x: F.hardshrink(x, 0.5), {'lambd': number(0.5)}),
    ('Shrink', lambda x: F.softshrink(x, 0.5), {'lambd': number(0.5), 'bias': number(0.5)}),
]:
    case('kinks' + (' ' + '/'.join(attributes) if attributes else ''), name, [edge.clone()], function, attributes)
case('per channel', 'PRelu', [away(2, 3, 4), away(3, 1)], lambda x, s: torch.where(x > 0, x, s * x))
case('bounds hit', 'Clip', [grid(4, 6, step=0.5), torch.tensor(-1.0).double(), torch.tensor(1.0).double()],
     lambda x, low, high: x.clamp(-1, 1), fixed=(1, 2))
for axis in (0, 1, -1):
    case(f'axis {axis}', 'Softmax', [grid(2, 3, 4)], lambda x: F.softmax(x, axis), {'axis': integer(axis)})
    case(f'axis {axis}', 'LogSoftmax', [grid(2, 3, 4)], lambda x: F.log_softmax(x, axis), {'axis': integer(axis)})

# Matrix products
for a, b in [((3, 4), (4, 2)), ((4,), (4, 2)), ((3, 4), (4,)), ((4,), (4,)), ((2, 3, 4), (4, 2)), ((2, 3, 4), (2, 4, 2)),
             ((2, 1, 3, 4), (3, 4, 2)), ((4,), (2, 4, 3)), ((2, 3, 4), (4,)), ((3, 4), (2, 4, 2))]:
    case(f'{list(a)} {list(b)}', 'MatMul', [grid(*a), grid(*b)], torch.matmul)
case('transposed and scaled', 'Gemm', [grid(4, 3), grid(2, 4), grid(1, 2)], lambda a, b, c: 0.5 * a.t() @ b.t() + 2 * c,
     {'transA': integer(1), 'transB': integer(1), 'alpha': number(0.5), 'beta': number(2)})
case('row bias', 'Gemm', [grid(5, 4), grid(4, 3), grid(3)], lambda a, b, c: a @ b + c)
for ta in (0, 1):
    for tb in (0, 1):
        case(f'transA {ta} transB {tb}', 'FusedMatMul',
             [grid(*((2, 4, 3) if ta else (2, 3, 4))), grid(*((2, 5, 4) if tb else (2, 4, 5)))],
             lambda a, b: 1.5 * (a.transpose(1, 2) if ta else a) @ (b.transpose(1, 2) if tb else b),
             {'transA': integer(ta), 'transB': integer(tb), 'alpha': number(1.5)}, domain='com.microsoft')

# Convolutions
def conv(name, x, w, stride, pad, dilation, groups, bias=True):
    rank = len(x) - 2
    function = {1: F.conv1d, 2: F.conv2d, 3: F.conv3d}[rank]
    operands = [grid(*x), grid(*w)] + ([grid(w[0])] if bias else [])
    case(name, 'Conv', operands, lambda *o: function(*o, stride=stride, padding=pad, dilation=dilation, groups=groups),
         {'strides': ints(*stride), 'pads': ints(*pad, *pad), 'dilations': ints(*dilation), 'group': integer(groups)})


conv('plain', (2, 3, 5, 6), (4, 3, 3, 3), (1, 1), (0, 0), (1, 1), 1)
conv('stride that leaves a rest', (2, 2, 6, 7), (3, 2, 3, 2), (2, 3), (1, 0), (1, 1), 1)
conv('stride and dilation', (1, 2, 8, 9), (2, 2, 3, 3), (2, 3), (2, 1), (2, 2), 1, bias=False)
conv('groups', (2, 4, 5, 5), (6, 2, 3, 3), (2, 1), (1, 1), (1, 2), 2)
conv('depthwise', (2, 3, 5, 5), (6, 1, 3, 3), (1, 2), (1, 1), (1, 1), 3)
conv('one axis', (2, 2, 9), (3, 2, 4), (3,), (2,), (1,), 1)
conv('three axes', (1, 2, 4, 3, 4), (2, 2, 2, 2, 3), (2, 1, 1), (0, 1, 1), (1, 1, 1), 1)
conv('wide padding', (1, 1, 3, 3), (2, 1, 2, 2), (3, 3), (4, 3), (1, 1), 1)


def conv_transpose(name, x, w, stride, pad, extra, dilation, groups):
    rank = len(x) - 2
    function = {1: F.conv_transpose1d, 2: F.conv_transpose2d}[rank]
    case(name, 'ConvTranspose', [grid(*x), grid(*w), grid(w[1] * groups)],
         lambda *o: function(*o, stride=stride, padding=pad, output_padding=extra, groups=groups, dilation=dilation),
         {'strides': ints(*stride), 'pads': ints(*pad, *pad), 'output_padding': ints(*extra),
          'dilations': ints(*dilation), 'group': integer(groups)})


conv_transpose('plain', (2, 3, 3, 4), (3, 2, 3, 2), (1, 1), (0, 0), (0, 0), (1, 1), 1)
conv_transpose('output padding', (2, 2, 3, 3), (2, 3, 3, 3), (2, 3), (1, 0), (1, 2), (1, 1), 1)
conv_transpose('groups and dilation', (1, 4, 3, 3), (4, 2, 2, 3), (2, 2), (1, 1), (0, 1), (2, 1), 2)
conv_transpose('one axis', (2, 2, 4), (2, 2, 3), (2,), (1,), (1,), (1,), 1)

# Pools; inputs with ties
def max_pool(name, x, kernel, stride, pad, dilation, ceil=False, step=0.5):
    function = {1: F.max_pool1d, 2: F.max_pool2d, 3: F.max_pool3d}[len(x) - 2]
    case(name, 'MaxPool', [grid(*x, low=-1, high=1, step=step)],
         lambda v: function(v, kernel, stride, pad, dilation, ceil),
         {'kernel_shape': ints(*kernel), 'strides': ints(*stride), 'pads': ints(*pad, *pad),
          'dilations': ints(*dilation), 'ceil_mode': integer(int(ceil))})


max_pool('tiles with ties', (2, 3, 4, 6), (2, 2), (2, 2), (0, 0), (1, 1))
max_pool('tiles of 3 x 2 with a rest', (2, 2, 7, 5), (3, 2), (3, 2), (0, 0), (1, 1))
max_pool('all equal', (1, 2, 4, 4), (2, 2), (2, 2), (0, 0), (1, 1), step=4)
max_pool('overlapping with ties', (2, 2, 6, 7), (3, 3), (2, 2), (1, 1), (1, 1))
max_pool('dilated with ties', (1, 2, 7, 8), (2, 3), (1, 2), (1, 1), (2, 2))
max_pool('ceil with ties', (1, 2, 5, 6), (3, 3), (2, 2), (0, 1), (1, 1), ceil=True)
max_pool('one axis', (2, 2, 9), (3,), (2,), (1,), (1,))
max_pool('one axis, tiles', (2, 2, 9), (3,), (3,), (0,), (1,))
max_pool('three axes, tiles', (1, 2, 4, 4, 2), (2, 2, 2), (2, 2, 2), (0, 0, 0), (1, 1, 1))
case('ties', 'GlobalMaxPool', [grid(2, 3, 4, 4, step=1.0)], lambda x: F.adaptive_max_pool2d(x, 1))
case('plain', 'GlobalAveragePool', [grid(2, 3, 4, 4)], lambda x: F.adaptive_avg_pool2d(x, 1))
for include in (False, True):
    for ceil in (False, True):
        case(f'count_include_pad {include} ceil {ceil}', 'AveragePool', [grid(1, 2, 6, 7)],
             lambda x: F.avg_pool2d(x, (3, 3), (2, 2), (1, 1), ceil, include),
             {'kernel_shape': ints(3, 3), 'strides': ints(2, 2), 'pads': ints(1, 1, 1, 1),
              'ceil_mode': integer(int(ceil)), 'count_include_pad': integer(int(include))})
case('tiles', 'AveragePool', [grid(2, 2, 4, 6)], lambda x: F.avg_pool2d(x, 2),
     {'kernel_shape': ints(2, 2), 'strides': ints(2, 2)})

# Normalizations
def channels(n):
    return torch.full((n,), 0.5).double(), torch.full((n,), 1.5).double()


for dims in [(6, 3), (4, 3, 2, 3)]:
    mean, variance = channels(3)
    case(f'training {list(dims)}', 'BatchNormalization', [grid(*dims), away(3), grid(3), mean, variance],
         lambda x, s, b, m, v: F.batch_norm(x, m.detach().clone(), v.detach().clone(), s, b, True, 0.1, 1e-3),
         {'training_mode': integer(1), 'epsilon': number(1e-3)}, outputs=3, fixed=(3, 4))
case('inference', 'BatchNormalization', [grid(2, 3, 2, 2), away(3), grid(3), grid(3), grid(3, low=0.5)],
     lambda x, s, b, m, v: (x - m.view(1, 3, 1, 1)) / torch.sqrt(v.view(1, 3, 1, 1) + 1e-3) * s.view(1, 3, 1, 1)
     + b.view(1, 3, 1, 1), {'epsilon': number(1e-3)})
case('last axis', 'LayerNormalization', [grid(3, 5), away(5), grid(5)],
     lambda x, s, b: F.layer_norm(x, (5,), s, b, 1e-3), {'epsilon': number(1e-3)})
case('two axes', 'LayerNormalization', [grid(2, 3, 4), away(3, 4), grid(3, 4)],
     lambda x, s, b: F.layer_norm(x, (3, 4), s, b, 1e-3), {'axis': integer(1), 'epsilon': number(1e-3)})
case('plain', 'InstanceNormalization', [grid(2, 3, 3, 2), away(3), grid(3)],
     lambda x, s, b: F.instance_norm(x, weight=s, bias=b, eps=1e-3), {'epsilon': number(1e-3)})
case('two groups', 'GroupNormalization', [grid(2, 4, 3, 2), away(4), grid(4)],
     lambda x, s, b: F.group_norm(x, 2, s, b, 1e-3), {'num_groups': integer(2), 'epsilon': number(1e-3)})

# Elements moved
case('any order', 'Transpose', [grid(2, 3, 4)], lambda x: x.permute(2, 0, 1), {'perm': ints(2, 0, 1)})
case('middle', 'Concat', [grid(2, 1, 3), grid(2, 2, 3)], lambda a, b: torch.cat([a, b], 1), {'axis': integer(1)})
case('stretched', 'Expand', [grid(2, 1, 3), Whole([4, 2, 5, 3])], lambda x: x.expand(4, 2, 5, 3))
case('repeats', 'Tile', [grid(2, 3), Whole([3, 2])], lambda x: x.repeat(3, 2))
case('plain', 'Where', [Truth([2, 3], [1, 0, 1, 0, 0, 1]), grid(2, 3), grid(3)],
     lambda a, b: torch.where(torch.tensor([[1, 0, 1], [0, 0, 1]]).bool(), a, b))
case('steps', 'Slice', [grid(5, 7), Whole([1, 0]), Whole([5, 7]), Whole([0, 1]), Whole([2, 3])], lambda x: x[1:5:2, 0:7:3])
case('backwards', 'Slice', [grid(7), Whole([5]), Whole([-8]), Whole([0]), Whole([-2])], lambda x: x[[5, 3, 1]])
case('duplicates', 'Gather', [grid(4, 3), Whole([2, 0, 2, 2])], lambda x: x[[2, 0, 2, 2]])
case('duplicates, axis 1', 'Gather', [grid(2, 4, 3), Whole([3, 3, -1])], lambda x: x[:, [3, 3, -1]], {'axis': integer(1)})
case('reflect', 'Pad', [grid(1, 2, 4, 5), Whole([0, 0, 2, 1, 0, 0, 3, 4])],
     lambda x: F.pad(x, (1, 4, 2, 3), mode='reflect'), {'mode': text('reflect')})
case('edge', 'Pad', [grid(1, 2, 3, 4), Whole([0, 0, 2, 1, 0, 0, 1, 3])],
     lambda x: F.pad(x, (1, 3, 2, 1), mode='replicate'), {'mode': text('edge')})
case('wrap', 'Pad', [grid(1, 2, 3, 4), Whole([0, 0, 2, 1, 0, 0, 1, 3])],
     lambda x: F.pad(x, (1, 3, 2, 1), mode='circular'), {'mode': text('wrap')})
case('constant, some cut off', 'Pad', [grid(4, 5), Whole([1, -2, 0, 3])], lambda x: F.pad(x, (-2, 3, 1, 0)))
case('pixel shuffle', 'DepthToSpace', [grid(1, 8, 2, 3)], lambda x: F.pixel_shuffle(x, 2),
     {'blocksize': integer(2), 'mode': text('CRD')})
case('blocks first', 'DepthToSpace', [grid(1, 8, 2, 3)],
     lambda x: x.reshape(1, 2, 2, 2, 2, 3).permute(0, 3, 4, 1, 5, 2).reshape(1, 2, 4, 6), {'blocksize': integer(2)})
case('blocks first', 'SpaceToDepth', [grid(1, 2, 4, 6)],
     lambda x: x.reshape(1, 2, 2, 2, 3, 2).permute(0, 3, 5, 1, 2, 4).reshape(1, 8, 2, 3), {'blocksize': integer(2)})
case('upper', 'Trilu', [grid(2, 4, 4)], torch.triu)
case('rows', 'CumSum', [grid(3, 4), Whole([1])], lambda x: x.cumsum(1))
case('three largest', 'TopK', [torch.randperm(20).double().reshape(4, 5) / 8, Whole([3])],
     lambda x: torch.topk(x, 3)[0], outputs=2)

# Reductions
for name, function in [
    ('ReduceSum', lambda x: x.sum((0, 2))), ('ReduceMean', lambda x: x.mean((0, 2))),
    ('ReduceMax', lambda x: x.amax((0, 2))), ('ReduceMin', lambda x: x.amin((0, 2))),
    ('ReduceL1', lambda x: x.abs().sum((0, 2))), ('ReduceSumSquare', lambda x: (x * x).sum((0, 2))),
    ('ReduceL2', lambda x: torch.linalg.vector_norm(x, dim=(0, 2))),
    ('ReduceLogSumExp', lambda x: torch.logsumexp(x, (0, 2))),
]:
    case('two axes, ties', name, [grid(3, 2, 4, step=1.0), Whole([0, 2])], function, {'keepdims': integer(0)})
case('zeros', 'ReduceProd', [torch.tensor([[1.0, 2, 0], [0, 3, 0], [2, 4, 5]]).double(), Whole([1])],
     lambda x: x.prod(1), {'keepdims': integer(0)})

# Resize
case('nearest, doubled', 'Resize', [grid(1, 2, 3, 2), None, None, Whole([1, 2, 6, 4])],
     lambda x: F.interpolate(x, (6, 4), mode='nearest'),
     {'mode': text('nearest'), 'nearest_mode': text('floor'), 'coordinate_transformation_mode': text('asymmetric')})
case('nearest, 3 to 5', 'Resize', [grid(1, 2, 3, 5), None, None, Whole([1, 2, 5, 3])],
     lambda x: F.interpolate(x, (5, 3), mode='nearest'),
     {'mode': text('nearest'), 'nearest_mode': text('floor'), 'coordinate_transformation_mode': text('asymmetric')})
case('linear', 'Resize', [grid(1, 2, 3, 5), None, None, Whole([1, 2, 5, 4])],
     lambda x: F.interpolate(x, (5, 4), mode='bilinear', align_corners=False), {'mode': text('linear')})

out = pathlib.Path(__file__).parent.parent / 'fixtures' / 'gradients' / 'torch.json'
out.write_text(json.dumps({
    'command': 'python3 test/peers/torch_gradients.py',
    'torch': torch.__version__,
    'python': '.'.join(map(str, sys.version_info[:3])),
    'cases': cases,
}, separators=(',', ':')) + '\n')
assert all(math.isfinite(x) for c in cases for o in c['operands'] if o for x in o.get('gradient', []))
print(len(cases), 'cases,', out.stat().st_size, 'bytes')
