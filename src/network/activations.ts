import { floatAttribute, type GraphBuilder } from '../onnx/builder.ts';
import type { ActivationName } from './spec.ts';

/** Every activation that a network can name. */
export const activationNames: readonly ActivationName[] = [
  'linear',
  'relu',
  'leaky-relu',
  'elu',
  'selu',
  'celu',
  'gelu',
  'gelu-tanh',
  'silu',
  'mish',
  'sigmoid',
  'hard-sigmoid',
  'tanh',
  'hard-tanh',
  'softplus',
  'softsign',
  'hard-swish',
  'erf',
  'sin',
];

/** Slope of `leaky-relu` below zero, as in PyTorch and ONNX. */
export const leakyReluSlope = 0.01;

/**
 * Appends an activation, element by element, with operators that every engine has.
 *
 * | name | formula |
 * |---|---|
 * | leaky-relu | x > 0 ? x : 0.01 x |
 * | elu, celu | x > 0 ? x : eˣ − 1 |
 * | selu | 1.0507 (x > 0 ? x : 1.6733 (eˣ − 1)) |
 * | gelu | x Φ(x); `gelu-tanh` its tanh approximation |
 * | silu | x σ(x) |
 * | mish | x tanh(log(1 + eˣ)) |
 * | hard-sigmoid | clip(x / 6 + 1/2, 0, 1), as in PyTorch (Keras 2 and ONNX default to a slope of 0.2) |
 * | hard-tanh | clip(x, −1, 1) |
 * | softsign | x / (1 + |x|) |
 * | hard-swish | x · hard-sigmoid(x) |
 *
 * @param options.output name of the resulting value; ignored for `linear`, which adds nothing
 * @returns the name of the value with the activation applied
 */
export function appendActivation(
  builder: GraphBuilder,
  activation: ActivationName,
  x: string,
  options: { output?: string } = {},
): string {
  const op = (
    operator: string,
    inputs: readonly string[] = [x],
    attributes: Parameters<GraphBuilder['op']>[2] = {},
  ) => builder.op(operator, inputs, attributes, options);
  switch (activation) {
    case 'linear':
      return x;
    case 'relu':
      return op('Relu');
    case 'leaky-relu':
      return op('LeakyRelu', [x], { alpha: leakyReluSlope });
    case 'elu':
      return op('Elu', [x], { alpha: floatAttribute(1) });
    case 'selu':
      return op('Selu');
    case 'celu':
      return op('Celu', [x], { alpha: floatAttribute(1) });
    case 'gelu':
      return op('Gelu', [x], { approximate: 'none' });
    case 'gelu-tanh':
      return op('Gelu', [x], { approximate: 'tanh' });
    case 'silu':
      return op('Mul', [x, builder.op('Sigmoid', [x])]);
    case 'mish':
      return op('Mish');
    case 'sigmoid':
      return op('Sigmoid');
    case 'hard-sigmoid':
      return op('HardSigmoid', [x], { alpha: 1 / 6, beta: 0.5 });
    case 'tanh':
      return op('Tanh');
    case 'hard-tanh':
      return op('Clip', [x, builder.scalar(-1), builder.scalar(1)]);
    case 'softplus':
      return op('Softplus');
    case 'softsign':
      return op('Softsign');
    case 'hard-swish':
      return op('HardSwish');
    case 'erf':
      return op('Erf');
    case 'sin':
      return op('Sin');
  }
}
