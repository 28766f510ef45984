/** Small belief nets with weights that matter, for tests that enumerate. */
import type { Dbn } from '../../src/boltzmann/dbn.ts';
import type { Rbm } from '../../src/boltzmann/rbm.ts';
import { threefry } from '../../src/random/threefry-stream.ts';
import { tensor } from '../../src/tensor/tensor.ts';

export function smallRbm(visible: number, hidden: number, seed: number, std = 1): Rbm {
  const stream = threefry(seed);
  const normal = (name: string, count: number) => stream.child(name).normal(new Float32Array(count), 0, std);
  return {
    visible: { kind: 'bernoulli', count: visible },
    hidden: { kind: 'bernoulli', count: hidden },
    weights: tensor('float32', [visible, hidden], normal('weights', visible * hidden)),
    visibleParameters: { bias: normal('visible', visible) },
    hiddenParameters: { bias: normal('hidden', hidden) },
  };
}

/** Layers 3-2 and (2 + 2 labels)-3, recognition weights of their own. */
export function labelledDbn(): Dbn {
  const { weights, hiddenParameters } = smallRbm(3, 2, 2);
  const recognition = { weights, hiddenBias: hiddenParameters.bias };
  return { layers: [{ rbm: smallRbm(3, 2, 1), recognition }, { rbm: smallRbm(4, 3, 3) }], labels: 2 };
}

export const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

/** bias + x W, or bias + W x downward. */
export function inputsOf(rbm: Rbm, x: ArrayLike<number>, downward: boolean): number[] {
  const [rows, columns] = rbm.weights.dims;
  const bias = downward ? rbm.visibleParameters.bias : rbm.hiddenParameters.bias;
  return Array.from(bias, (b, j) => {
    let sum = b;
    for (let i = 0; i < x.length; i++)
      sum += x[i] * rbm.weights.data[downward ? j * columns + i : i * columns + j];
    if (x.length !== (downward ? columns : rows)) throw new Error('width');
    return sum;
  });
}

/** All binary states of `count` units. */
export function binaryStates(count: number): number[][] {
  return Array.from({ length: 2 ** count }, (_, code) =>
    Array.from({ length: count }, (_, i) => (code >> i) & 1),
  );
}

/** Probability of a binary state under independent units with these inputs. */
export function stateProbability(inputs: readonly number[], state: readonly number[]): number {
  return inputs.reduce((product, x, i) => product * (state[i] === 1 ? sigmoid(x) : sigmoid(-x)), 1);
}
