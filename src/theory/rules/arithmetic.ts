/** Add, Sub, Mul, Div, Pow, Min, Max of two values. */
import type { GraphNode } from '../../onnx/graph.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import type { Base, Mapped, Propagation, PropagationRule, Settled, Value } from '../propagation.ts';
import { compose, type JoinName, join, joinNumber, joins } from '../scalar-function.ts';
import { type Signal, scaled, scaledSignal, spread, unitsAndPlaces, zip } from '../signal.ts';
import { power } from './activation.ts';
import { centered } from './average.ts';
import { constantMoments } from './weight-moments.ts';

export const arithmetic: PropagationRule = (propagation, node) => {
  if (node.inputs.length !== 2) return node.operator === 'Sum' && sumOf(propagation, node);
  const operator = node.operator === 'Sum' ? 'Add' : node.operator;
  const [a, b] = node.inputs;
  const [first, second] = [propagation.constants.get(a), propagation.constants.get(b)];
  if (operator === 'Pow')
    return second !== undefined && raise(propagation, node, constantMoments(second).mean);
  const name = operator as JoinName;
  if (second !== undefined) return withConstant(propagation, node, name, a, second, false);
  if (first !== undefined) return withConstant(propagation, node, name, b, first, true);
  return ofTwo(propagation, node, name);
};

function raise(propagation: Propagation, node: GraphNode, exponent: number): boolean {
  const [name] = node.outputs;
  const value = settledOrMapped(propagation, node.inputs[0]);
  if (value === undefined) return false;
  const f = power(exponent);
  if (value.kind === 'settled') propagation.values.set(name, { ...value, number: f.value(value.number) });
  else propagation.map(name, value.base, compose(f, value.f));
  return true;
}

/** A mean of many is a number here. */
function settledOrMapped(propagation: Propagation, input: string): Settled | Mapped | undefined {
  const value: Value | undefined = propagation.values.get(input);
  if (value?.kind !== 'averaged') return value;
  return propagation.settle(value) ?? value.mapped;
}

function withConstant(
  propagation: Propagation,
  node: GraphNode,
  operator: JoinName,
  input: string,
  constant: Tensor,
  constantFirst: boolean,
): boolean {
  const value = settledOrMapped(propagation, input);
  if (value === undefined) return false;
  const [name] = node.outputs;
  const moments = constantMoments(constant);
  const uniform = moments.square - moments.mean ** 2 <= 1e-12 * moments.square;
  if (value.kind === 'settled') {
    const size = uniform ? moments.mean : Math.sign(moments.mean || 1) * Math.sqrt(moments.square);
    const { value: combine } = joins[operator];
    const number = constantFirst ? combine(size, value.number) : combine(value.number, size);
    propagation.values.set(name, { ...value, number });
    return true;
  }
  if (uniform) {
    propagation.map(name, value.base, joinNumber(operator, value.f, moments.mean, constantFirst));
    return true;
  }
  const signal = propagation.signal(value);
  const shape = unitsAndPlaces(propagation.dims(name));
  if (operator === 'Add' || operator === 'Sub') {
    const sign = operator === 'Sub' && !constantFirst ? -1 : 1;
    const own = operator === 'Sub' && constantFirst ? -1 : 1;
    const cross = 2 * sign * own * signal.mean * moments.mean;
    const add = (list: Float64Array): Float64Array =>
      list.map((x) => Math.max(0, x + cross + moments.square));
    propagation.define(
      name,
      {
        ...signal,
        ...shape,
        square: add(signal.square),
        product: add(signal.product),
        spatial: add(signal.spatial),
        mean: own * signal.mean + sign * moments.mean,
      },
      (gradient) => propagation.send(value, gradient),
    );
    return true;
  }
  if (operator === 'Mul' || (operator === 'Div' && !constantFirst)) {
    const factors = operator === 'Mul' ? moments : inverseMoments(constant);
    propagation.define(
      name,
      { ...scaledSignal(signal, factors.mean, factors.square), ...shape },
      (gradient) => propagation.send(value, { ...gradient, square: scaled(gradient.square, factors.square) }),
    );
    return true;
  }
  return false;
}

function inverseMoments({ data }: Tensor): { mean: number; square: number } {
  let [mean, square] = [0, 0];
  for (let i = 0; i < data.length; i++) {
    mean += 1 / Number(data[i]);
    square += 1 / Number(data[i]) ** 2;
  }
  return { mean: mean / data.length, square: square / data.length };
}

function ofTwo(propagation: Propagation, node: GraphNode, operator: JoinName): boolean {
  const [a, b] = node.inputs;
  const [name] = node.outputs;
  if (operator === 'Sub' && centered(propagation, name, a, b)) return true;
  const first = settledOrMapped(propagation, a);
  const second = settledOrMapped(propagation, b);
  if (first === undefined || second === undefined) return false;
  if (first.kind === 'settled' && second.kind === 'settled') {
    const number = joins[operator].value(first.number, second.number);
    propagation.values.set(name, { kind: 'settled', number, of: first.of ?? second.of });
    return true;
  }
  if (first.kind === 'settled' || second.kind === 'settled') {
    const [mapped, settled] =
      first.kind === 'mapped' ? [first, second as Settled] : [second as Mapped, first as Settled];
    if (settled.of !== undefined && (operator === 'Mul' || (operator === 'Div' && first.kind === 'mapped'))) {
      const factor = operator === 'Mul' ? settled.number : 1 / settled.number;
      normalized(propagation, name, mapped, factor);
      return true;
    }
    propagation.map(
      name,
      mapped.base,
      joinNumber(operator, mapped.f, settled.number, first.kind === 'settled'),
    );
    return true;
  }
  if (first.base === second.base) {
    propagation.map(name, first.base, join(operator, first.f, second.f));
    return true;
  }
  return independent(propagation, name, operator, first, second);
}

/** Brought to its own scale: what the draw of the weights did to the scale in front of it is forgotten. */
export function normalized(propagation: Propagation, name: string, value: Mapped, factor: number): Base {
  const signal = propagation.signal(value);
  return propagation.define(
    name,
    { ...scaledSignal(signal, factor), logVariance: 0, growth: 1 },
    (gradient) =>
      propagation.send(value, {
        square: scaled(gradient.square, factor * factor),
        logVariance: gradient.logVariance,
        sensitivity: -1,
      }),
  );
}

/** Two values that have nothing in common but their means. */
function independent(
  propagation: Propagation,
  name: string,
  operator: JoinName,
  first: Mapped,
  second: Mapped,
): boolean {
  const [a, b] = [propagation.signal(first), propagation.signal(second)];
  const shape = unitsAndPlaces(propagation.dims(name));
  const growth = Math.max(a.growth, b.growth);
  if (operator === 'Add' || operator === 'Sub') {
    const sign = operator === 'Add' ? 1 : -1;
    const cross = 2 * sign * a.mean * b.mean;
    const add = (x: Float64Array, y: Float64Array): Float64Array => zip([x, y], ([p, q]) => p + q + cross);
    const square = add(a.square, b.square);
    const shares = [a, b].map(({ square: own }) => {
      const total = zip([square], ([q]) => q).reduce((sum, q) => sum + q, 0) / square.length;
      return total > 0 ? own.reduce((sum, q) => sum + q, 0) / own.length / total : 0;
    });
    // Both ways begin at the same place: deviations add up.
    const deviation = shares[0] * Math.sqrt(a.logVariance) + shares[1] * Math.sqrt(b.logVariance);
    propagation.define(
      name,
      {
        ...shape,
        square,
        product: add(a.product, b.product),
        spatial: add(a.spatial, b.spatial),
        mean: a.mean + sign * b.mean,
        logVariance: deviation ** 2,
        growth: Math.max(1, shares[0] * a.growth + shares[1] * b.growth),
      },
      (gradient) => {
        propagation.send(first, { ...gradient, sensitivity: shares[0] * gradient.sensitivity });
        propagation.send(second, { ...gradient, sensitivity: shares[1] * gradient.sensitivity });
      },
    );
    return true;
  }
  if (operator !== 'Mul') return false;
  const times = (x: Float64Array, y: Float64Array): Float64Array => zip([x, y], ([p, q]) => p * q);
  const signal: Signal = {
    ...shape,
    square: times(a.square, b.square),
    product: times(a.product, b.product),
    spatial: times(a.spatial, b.spatial),
    mean: a.mean * b.mean,
    logVariance: a.logVariance + b.logVariance,
    growth,
  };
  propagation.define(name, signal, (gradient) => {
    const through = (value: Mapped, own: Signal, other: Signal): void => {
      // A gate [batch, channels, 1, 1] gathers the gradients of all places.
      const gathered = shape.places / own.places;
      const square = times(gradient.square, other.square);
      propagation.send(value, {
        ...gradient,
        square: gathered > 1 ? scaled(square, gathered) : spread(square, square.length),
      });
    };
    through(first, a, b);
    through(second, b, a);
  });
  return true;
}

/** Sum of any number of values. */
function sumOf(propagation: Propagation, node: GraphNode): boolean {
  if (node.inputs.length === 1) {
    const value = propagation.values.get(node.inputs[0]);
    if (value === undefined) return false;
    propagation.values.set(node.outputs[0], value);
    return true;
  }
  return false;
}
