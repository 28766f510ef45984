import type { RbmTrainingSpec } from '../rbm-training-spec.ts';
import { insideColumn } from './bit-layer.ts';
import type { Structure } from './kernel-memory.ts';
import type { SparseMachine } from './sparse-machine.ts';
import * as structures from './structures.ts';

/** What learning keeps beside the parameters, in kernel memory. */
export interface LearnerArrays {
  /** What a snapshot has to hold. */
  readonly state: readonly (readonly [string, Float32Array])[];
  /** Weighted mean of the hidden bits over the last batch. */
  readonly batchActivity: Float32Array;
  readonly addresses: Readonly<Record<string, number>>;
  readonly visibleOffsets: Float32Array;
  readonly hiddenOffsets: Float32Array;
  readonly visibleMeans: Float32Array;
  readonly activity: Float32Array;
}

export function learnerArrays(machine: SparseMachine, rows: number, adam: boolean): LearnerArrays {
  const { memory, visible, hidden } = machine;
  const size = visible.padded * hidden.padded;
  const momentum = memory.f32(size);
  const visibleMomentum = memory.f32(visible.padded);
  const hiddenMomentum = memory.f32(hidden.padded);
  const hiddenOffsets = memory.f32(hidden.padded);
  const activity = memory.f32(hidden.padded);
  const squares = adam
    ? { squares: memory.f32(size), visible: memory.f32(visible.padded), hidden: memory.f32(hidden.padded) }
    : null;
  const visibleOffsets = memory.f32(visible.padded);
  const visibleMeans = memory.f32(visible.padded);
  const batchActivity = memory.f32(hidden.padded);
  return {
    state: [
      ['momentum', momentum],
      ['visible momentum', visibleMomentum],
      ['hidden momentum', hiddenMomentum],
      ['hidden offsets', hiddenOffsets],
      ['activity', activity],
      ...(squares === null
        ? []
        : ([
            ['squares', squares.squares],
            ['visible squares', squares.visible],
            ['hidden squares', squares.hidden],
          ] as const)),
    ],
    batchActivity,
    visibleOffsets,
    hiddenOffsets,
    visibleMeans,
    activity,
    addresses: {
      momentum: momentum.byteOffset,
      squares: squares?.squares.byteOffset ?? 0,
      dataWeights: memory.f32(rows).byteOffset,
      modelWeights: memory.f32(rows).byteOffset,
      visibleOffsets: visibleOffsets.byteOffset,
      visibleMeans: visibleMeans.byteOffset,
      visibleMomentum: visibleMomentum.byteOffset,
      hiddenMomentum: hiddenMomentum.byteOffset,
      visibleSquares: squares?.visible.byteOffset ?? 0,
      hiddenSquares: squares?.hidden.byteOffset ?? 0,
      activity: activity.byteOffset,
      rowDots: memory.f32((hidden.padded / 16) * visible.padded).byteOffset,
      batchActivity: batchActivity.byteOffset,
    },
  };
}

/**
 * The learner's structure and the first values of its arrays. Rates in terms of bits: with states a x - p and b y - q, one
 * unit of learning rate moves W by dW, so W' = a b W by (a b)² times the gradient of the bits, biases by a² and b²; Adam's
 * steps have no size of their own and move by a b, a and b.
 * @param mean data means of the visible bits
 */
export function writeLearner(
  machine: SparseMachine,
  arrays: LearnerArrays,
  spec: RbmTrainingSpec,
  mean: Float32Array,
): Structure<(typeof structures.learner)[number]> {
  const { memory, visible, hidden } = machine;
  const { optimizer, weightDecay, sparsity, centered } = spec;
  const weightScale = visible.scale * hidden.scale;
  const spins = visible.shift + hidden.shift > 0;
  // Padding stays 0: with an offset it would get weights, and shift the hidden biases.
  for (let column = 0; column < visible.width; column++) {
    const i = insideColumn(visible, column);
    arrays.visibleOffsets[i] = centered ? mean[i] : visible.shift / visible.scale;
    arrays.visibleMeans[i] = mean[i] - arrays.visibleOffsets[i];
  }
  // Centred: where units of small weights are. Padding stays 0.
  for (let column = 0; column < hidden.width; column++) {
    const potts = column >= hidden.independent;
    const offset = potts ? (centered ? 1 / hidden.states : 0) : centered ? 0.5 : hidden.shift / hidden.scale;
    arrays.hiddenOffsets[insideColumn(hidden, column)] = offset;
  }
  const target = sparsity === undefined ? 0 : (sparsity.target + hidden.shift) / hidden.scale;
  arrays.activity.fill(target);
  const power = optimizer.name === 'adam' ? 1 : 2;
  return memory.structure(structures.learner, {
    ...arrays.addresses,
    hiddenOffsets: centered || spins ? arrays.hiddenOffsets.byteOffset : 0,
    offsetRate: centered ? spec.offsetRate : 0,
    sparsityTarget: target,
    sparsityCost: sparsity?.cost ?? 0,
    sparsityDecay: sparsity?.decay ?? 0,
    l1: weightDecay.l1 / weightScale,
    l2: weightDecay.l2 / weightScale ** 2,
    weightScale: weightScale ** power,
    visibleScale: visible.scale ** power,
    hiddenScale: hidden.scale ** power,
    beta1: optimizer.name === 'adam' ? (optimizer.beta1 ?? 0.9) : 0,
    beta2: optimizer.name === 'adam' ? (optimizer.beta2 ?? 0.999) : 0,
    epsilon: optimizer.name === 'adam' ? (optimizer.epsilon ?? 1e-8) : 0,
  });
}
