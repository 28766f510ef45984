/**
 * Update rules with PyTorch's formulas and defaults, as a SIMD kernel that works in place on the flat vectors of a
 * {@link ParameterStore}. `optimizer-graph.ts` is the same as ONNX nodes.
 *
 * Weight decay acts on every parameter, biases too, as a PyTorch optimizer with one parameter group does: added to
 * the gradient (L2) by all but AdamW, which shrinks the parameters directly.
 * After every 16th update, state below 2^-126 is set to zero: see `flush` in assembly/optimizer.ts.
 */
import { OutsetError } from '../messages/error.ts';
import { instantiateKernel } from './kernels/kernel.ts';
import optimizerBinary from './kernels/optimizer.generated.ts';
import type { ParameterStore } from './parameter-store.ts';
import type { OptimizerSpec } from './spec.ts';

/** The constants of an update rule, with PyTorch's defaults filled in. */
export interface OptimizerConstants {
  readonly name: OptimizerSpec['name'];
  /** Added to the gradient, times the parameter; not for AdamW. Default 0. */
  readonly weightDecay: number;
  /** Default 0.9. */
  readonly momentum: number;
  /** Weight of the old mean square (RMSProp); default 0.99. */
  readonly decay: number;
  /** Default 0.9. */
  readonly beta1: number;
  /** Default 0.999. */
  readonly beta2: number;
  /** Default 1e-8. */
  readonly epsilon: number;
  /** State vectors per parameter: 0, 1 or 2. */
  readonly slotCount: number;
}

const slotCounts = { sgd: 0, momentum: 1, nesterov: 1, rmsprop: 1, adam: 2, adamw: 2 } as const;

/** True for update rules that divide each gradient by its own size, and so do not mind how small it is. */
export function isAdaptive(name: OptimizerSpec['name']): boolean {
  return name === 'adam' || name === 'adamw' || name === 'rmsprop';
}

/** Names of the update rules. */
export const optimizerNames = Object.keys(slotCounts) as OptimizerSpec['name'][];

/**
 * Fills in the defaults: momentum 0.9; RMSProp decay 0.99; betas 0.9 and 0.999; epsilon 1e-8; weight decay 0, for
 * AdamW 0.01.
 * @throws training.bad_value for a constant out of its range
 */
export function optimizerConstants(spec: OptimizerSpec): OptimizerConstants {
  const given = spec as Readonly<Record<string, unknown>> as Partial<
    Record<keyof OptimizerConstants, number>
  >;
  const constants = {
    name: spec.name,
    weightDecay: given.weightDecay ?? (spec.name === 'adamw' ? 0.01 : 0),
    momentum: given.momentum ?? 0.9,
    decay: given.decay ?? 0.99,
    beta1: given.beta1 ?? 0.9,
    beta2: given.beta2 ?? 0.999,
    epsilon: given.epsilon ?? 1e-8,
    slotCount: slotCounts[spec.name],
  };
  const ranges = {
    weightDecay: Number.POSITIVE_INFINITY,
    momentum: 1,
    decay: 1,
    beta1: 1,
    beta2: 1,
    epsilon: Number.POSITIVE_INFINITY,
  };
  for (const [key, limit] of Object.entries(ranges) as [keyof typeof ranges, number][]) {
    const got = constants[key];
    if (!(got >= 0 && got < limit)) {
      const expected = limit === 1 ? '0 <= x < 1' : 'x >= 0';
      throw new OutsetError('training.bad_value', { field: `optimizer.${key}`, expected, got });
    }
  }
  return constants;
}

/** The numbers of Adam that change with the update number t = 1, 2, ...; computed in double precision. */
export function adamCorrections(
  constants: OptimizerConstants,
  update: number,
  learningRate: number,
): { stepSize: number; scale: number; shrink: number } {
  return {
    stepSize: learningRate / (1 - constants.beta1 ** update),
    scale: 1 / Math.sqrt(1 - constants.beta2 ** update),
    shrink: constants.name === 'adamw' ? 1 - learningRate * constants.weightDecay : 1,
  };
}

/** Updates between two passes that clear subnormal state: part of the result, so fixed. */
const flushEvery = 16;

interface OptimizerExports {
  flush(from: number, count: number): void;
  notFinite(from: number, count: number): number;
  sgd(p: number, g: number, count: number, lr: number, decay: number): void;
  // biome-ignore format: one line per kernel
  momentum(p: number, g: number, m: number, count: number, lr: number, decay: number, factor: number, nesterov: number): void;
  // biome-ignore format: one line per kernel
  rmsprop(p: number, g: number, v: number, count: number, lr: number, decay: number, keep: number, rest: number, epsilon: number): void;
  // biome-ignore format: one line per kernel
  adam(p: number, g: number, m: number, v: number, count: number, shrink: number, decay: number, rest1: number, keep2: number, rest2: number, stepSize: number, scale: number, epsilon: number): void;
}

/** An update rule bound to the memory that it works on. */
export interface Optimizer {
  readonly constants: OptimizerConstants;
  /** True if every gradient in the store is a finite number. */
  gradientsAreFinite(): boolean;
  /**
   * One update of all parameters from the gradients in the store.
   * @param update number of this update, from 1
   */
  update(update: number, learningRate: number): void;
}

/** Loads the update kernel for a store, which must have the rule's `slotCount` state blocks. */
export async function createOptimizer(
  store: ParameterStore,
  constants: OptimizerConstants,
): Promise<Optimizer> {
  const kernel = await instantiateKernel<OptimizerExports>(optimizerBinary, store.memory);
  const count = store.blockLength;
  const p = store.parameterAddress;
  const g = store.gradientAddress;
  const s = store.slotAddress(0);
  const { name, weightDecay, momentum, decay, beta1, beta2, epsilon } = constants;
  const rules: Record<OptimizerSpec['name'], (update: number, lr: number) => void> = {
    sgd: (_, lr) => kernel.sgd(p, g, count, lr, weightDecay),
    momentum: (_, lr) => kernel.momentum(p, g, s, count, lr, weightDecay, momentum, 0),
    nesterov: (_, lr) => kernel.momentum(p, g, s, count, lr, weightDecay, momentum, 1),
    rmsprop: (_, lr) => kernel.rmsprop(p, g, s, count, lr, weightDecay, decay, 1 - decay, epsilon),
    adam: adam,
    adamw: adam,
  };
  function adam(update: number, lr: number): void {
    const { stepSize, scale, shrink } = adamCorrections(constants, update, lr);
    const l2 = name === 'adamw' ? 0 : weightDecay;
    const v = store.slotAddress(1);
    kernel.adam(p, g, s, v, count, shrink, l2, 1 - beta1, beta2, 1 - beta2, stepSize, scale, epsilon);
  }
  return {
    constants,
    gradientsAreFinite: () => kernel.notFinite(g, count) === 0,
    update: (update, learningRate) => {
      rules[name](update, learningRate);
      if (update % flushEvery === 0) kernel.flush(s, count * constants.slotCount);
    },
  };
}
