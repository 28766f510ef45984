/** Nodes that apply a function to every number. */
import { activationFunction } from '../../initializers/activation-functions.ts';
import { numberAttribute, stringAttribute } from '../../onnx/attributes.ts';
import type { GraphNode } from '../../onnx/graph.ts';
import type { Propagation, PropagationRule } from '../propagation.ts';
import { compose, line, type ScalarFunction } from '../scalar-function.ts';
import { constantMoments } from './weight-moments.ts';

/** f(x) of a node with one operand, or of one whose other operands are constants. */
export const activation: PropagationRule = (propagation, node) => {
  const f = functionOf(propagation, node);
  if (f === undefined) return false;
  const [name] = node.outputs;
  const value = propagation.values.get(node.inputs[0]);
  const settled = value?.kind === 'averaged' ? propagation.settle(value) : value;
  if (settled?.kind === 'settled') {
    propagation.values.set(name, { ...settled, number: f.value(settled.number) });
    return true;
  }
  const mapped = propagation.mapped(node.inputs[0]);
  if (mapped === undefined) return false;
  propagation.map(name, mapped.base, compose(f, mapped.f));
  return true;
};

function functionOf(propagation: Propagation, node: GraphNode): ScalarFunction | undefined {
  const number = (name: string, fallback: number): number => numberAttribute(node, name, fallback);
  const constant = (index: number, fallback: number): number | undefined => {
    const input = node.inputs[index] ?? '';
    if (input === '') return fallback;
    const tensor = propagation.constants.get(input);
    return tensor === undefined ? undefined : constantMoments(tensor).mean;
  };
  switch (node.operator) {
    case 'Relu':
      return named('relu');
    case 'LeakyRelu':
      return leaky(number('alpha', 0.01));
    case 'PRelu': {
      const slope = constant(1, 0.25);
      return slope === undefined ? undefined : leaky(slope);
    }
    case 'Elu':
    case 'Celu': {
      const alpha = number('alpha', 1);
      const name = node.operator === 'Elu' ? 'elu' : 'celu';
      return alpha > 0 ? { key: `${name}${alpha}`, ...activationFunction(name, { alpha }) } : undefined;
    }
    case 'Selu':
      return named('selu');
    case 'Gelu':
      return named(stringAttribute(node, 'approximate', 'none') === 'tanh' ? 'gelu-tanh' : 'gelu');
    case 'FastGelu':
      return named('gelu-tanh');
    case 'QuickGelu':
      return scaledGate(number('alpha', 1.702));
    case 'Swish':
      return scaledGate(number('alpha', 1));
    case 'Mish':
      return named('mish');
    case 'Sigmoid':
      return named('sigmoid');
    case 'HardSigmoid':
      return hardSigmoid(number('alpha', 0.2), number('beta', 0.5));
    case 'HardSwish':
      return named('hard-swish');
    case 'Tanh':
      return named('tanh');
    case 'Softplus':
      return named('softplus');
    case 'Softsign':
      return named('softsign');
    case 'Erf':
      return named('erf');
    case 'Sin':
      return named('sin');
    case 'Clip': {
      const low = constant(1, number('min', -3e38));
      const high = constant(2, number('max', 3e38));
      return low === undefined || high === undefined ? undefined : clip(low, high);
    }
    case 'ThresholdedRelu': {
      const alpha = number('alpha', 1);
      return plain(
        `over${alpha}`,
        (x) => (x > alpha ? x : 0),
        (x) => (x > alpha ? 1 : 0),
        [alpha],
      );
    }
    default:
      return elementary[node.operator];
  }
}

type Name = Parameters<typeof activationFunction>[0];

function named(name: Name): ScalarFunction {
  return { key: name, ...activationFunction(name) };
}

function plain(
  key: string,
  value: (x: number) => number,
  derivative: (x: number) => number,
  kinks: readonly number[] = [],
): ScalarFunction {
  return { key, value, derivative, kinks };
}

function leaky(slope: number): ScalarFunction {
  if (slope === 1) return line(1, 0);
  return { key: `leaky${slope}`, ...activationFunction('leaky-relu', { slope }) };
}

function clip(low: number, high: number): ScalarFunction {
  return plain(
    `clip${low},${high}`,
    (x) => Math.min(Math.max(x, low), high),
    (x) => (x > low && x < high ? 1 : 0),
    [low, high].filter((bound) => Math.abs(bound) < 1e30),
  );
}

function hardSigmoid(alpha: number, beta: number): ScalarFunction {
  return compose(clip(0, 1), line(alpha, beta));
}

/** x sigmoid(alpha x) = silu(alpha x) / alpha. */
function scaledGate(alpha: number): ScalarFunction {
  if (alpha === 0) return line(0.5, 0);
  return compose(line(1 / alpha, 0), compose(named('silu'), line(alpha, 0)));
}

const elementary: Readonly<Record<string, ScalarFunction | undefined>> = {
  Neg: line(-1, 0),
  Abs: plain('abs', Math.abs, Math.sign, [0]),
  Exp: plain('exp', Math.exp, Math.exp),
  Log: plain('log', Math.log, (x) => 1 / x),
  Sqrt: plain(
    'sqrt',
    (x) => Math.sqrt(Math.max(0, x)),
    (x) => (x > 0 ? 0.5 / Math.sqrt(x) : 0),
    [0],
  ),
  Reciprocal: plain(
    '1/',
    (x) => 1 / x,
    (x) => -1 / (x * x),
  ),
  Cos: plain('cos', Math.cos, (x) => -Math.sin(x)),
  Sinh: plain('sinh', Math.sinh, Math.cosh),
  Cosh: plain('cosh', Math.cosh, Math.sinh),
  Atan: plain('atan', Math.atan, (x) => 1 / (1 + x * x)),
  Sign: plain('sign', Math.sign, () => 0, [0]),
  Floor: plain('floor', Math.floor, () => 0),
  Round: plain('round', Math.round, () => 0),
};

/** x to a constant power. */
export function power(exponent: number): ScalarFunction {
  if (exponent === 1) return line(1, 0);
  const whole = Number.isInteger(exponent);
  const base = (x: number): number => (whole ? x : Math.max(0, x));
  return plain(
    `^${exponent}`,
    (x) => base(x) ** exponent,
    (x) => (whole || x > 0 ? exponent * base(x) ** (exponent - 1) : 0),
    whole ? [] : [0],
  );
}
