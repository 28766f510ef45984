/** Everything that is known about a machine of 6 + 4 units: probabilities, statistics, gradient, and a chain. */
import { bindRbm } from '../../../../src/boltzmann/bound-rbm.ts';
import { dataMoments, subtract } from '../../../../src/boltzmann/enumeration/moments.ts';
import {
  allStates,
  denseRows,
  exactGradient,
  exactVisibleProbabilities,
  meanHiddenFromVisible,
  meanVisibleFromHidden,
  type Rbm,
  type StateRows,
  sampleHiddenFromVisible,
  sampleVisibleFromHidden,
  selectRows,
} from '../../../../src/boltzmann/index.ts';
import { openStream } from '../../../../src/random/open-stream.ts';
import type { Stream } from '../../../../src/random/stream.ts';
import { tensor } from '../../../../src/tensor/tensor.ts';
import { type SmallModel, smallData, smallUnits } from './small-run.ts';

export interface SmallFrameInput {
  readonly model: SmallModel;
  /** Gibbs steps of the chains. */
  readonly k: number;
  /** Which pattern is clamped, from 1. */
  readonly pattern: number;
  /** Another number, other draws. */
  readonly draw: number;
  readonly seed: number;
}

/** A visible state and how probable it is. */
export interface StateProbability {
  readonly pixels: readonly number[];
  readonly data: number;
  readonly model: number;
}

/** One Gibbs step: up, then down. */
export interface ChainStep {
  readonly visible: readonly number[];
  readonly hiddenMean: readonly number[];
  readonly hidden: readonly number[];
  readonly visibleMean: readonly number[];
}

/** Matrices of the weights' shape, row by row. */
export interface Statistics {
  readonly positive: readonly number[];
  readonly negative: readonly number[];
  readonly difference: readonly number[];
  readonly exact: readonly number[];
}

export interface SmallFrame {
  /** All 64, those of the data first. */
  readonly states: readonly StateProbability[];
  readonly patterns: number;
  readonly weights: readonly number[];
  readonly chain: readonly ChainStep[];
  readonly statistics: Statistics;
}

export function smallFrame(input: SmallFrameInput): SmallFrame {
  const data = smallData();
  const rbm = rbmOf(input.model);
  const stream = openStream('threefry', input.seed).child('lab').child(input.draw);
  return {
    states: probabilities(rbm, data),
    patterns: data.count,
    weights: input.model.weights,
    chain: chainFrom(rbm, selectRows(data, [input.pattern - 1]), input.k, stream.child('pattern')),
    statistics: statistics(rbm, data, input.k, stream.child('statistics')),
  };
}

function rbmOf({ weights, visibleBias, hiddenBias }: SmallModel): Rbm {
  const { visible, hidden } = smallUnits;
  return {
    visible,
    hidden,
    weights: tensor('float32', [visible.count, hidden.count], Float32Array.from(weights)),
    visibleParameters: { bias: Float32Array.from(visibleBias) },
    hiddenParameters: { bias: Float32Array.from(hiddenBias) },
  };
}

function probabilities(rbm: Rbm, data: StateRows): StateProbability[] {
  const states = rowsOf(allStates(rbm.visible), rbm);
  const known = new Set(rowsOf(data, rbm).map(String));
  const model = exactVisibleProbabilities(rbm);
  return states
    .map((pixels, i) => ({ pixels, data: known.has(String(pixels)) ? 1 / data.count : 0, model: model[i] }))
    .sort((a, b) => b.data - a.data);
}

/** Rows of visible states as plain numbers. */
function rowsOf(rows: StateRows, { visible }: Pick<Rbm, 'visible'>): number[][] {
  const { count, width, data } = denseRows(visible, rows);
  return Array.from({ length: count }, (_, i) => [...data.subarray(i * width, (i + 1) * width)]);
}

function chainFrom(rbm: Rbm, start: StateRows, k: number, stream: Stream): ChainStep[] {
  const steps: ChainStep[] = [];
  let visible = start;
  const first = (rows: StateRows, visibleUnits: Rbm['visible']) => rowsOf(rows, { visible: visibleUnits })[0];
  for (let step = 0; step < k; step++) {
    const own = stream.child(step);
    const hidden = sampleHiddenFromVisible(rbm, visible, own.child('hidden'));
    const next = sampleVisibleFromHidden(rbm, hidden, own.child('visible'));
    steps.push({
      visible: first(visible, rbm.visible),
      hiddenMean: first(meanHiddenFromVisible(rbm, visible), rbm.hidden),
      hidden: first(hidden, rbm.hidden),
      visibleMean: first(meanVisibleFromHidden(rbm, hidden), rbm.visible),
    });
    visible = next;
  }
  steps.push({
    visible: first(visible, rbm.visible),
    hiddenMean: first(meanHiddenFromVisible(rbm, visible), rbm.hidden),
    hidden: [],
    visibleMean: [],
  });
  return steps;
}

/** What one update by CD-k sees: a chain from every pattern. */
function statistics(rbm: Rbm, data: StateRows, k: number, stream: Stream): Statistics {
  let visible = data;
  for (let step = 0; step < k; step++) {
    const own = stream.child(step);
    const hidden = sampleHiddenFromVisible(rbm, visible, own.child('hidden'));
    visible = sampleVisibleFromHidden(rbm, hidden, own.child('visible'));
  }
  const model = bindRbm(rbm);
  const positive = dataMoments(model, data);
  const negative = dataMoments(model, visible);
  const difference = dataMoments(model, data);
  subtract(difference, negative);
  return {
    positive: [...positive.weights],
    negative: [...negative.weights],
    difference: [...difference.weights],
    exact: [...exactGradient(rbm, data).weights],
  };
}
