/**
 * Training by the exact gradient of the likelihood: the model's moments by enumeration, everything in double precision.
 * For models whose smaller layer has few states; the ground truth that samplers are compared with.
 */
import { OutsetError } from '../messages/error.ts';
import { exponential } from '../random/elementary.ts';
import type { BoundRbm } from './bound-rbm.ts';
import { checkTrainerOptions } from './check-training.ts';
import { denseRows, selectRows } from './convert-rows.ts';
import { forEachInput, upward } from './direction.ts';
import { dataMoments, modelMoments, subtract } from './enumeration/moments.ts';
import { enumerableDirection } from './enumeration/state-enumeration.ts';
import { drawLevels, settleLevels } from './grey-levels.ts';
import type { Learner, ParameterName } from './learner.ts';
import { createLearner, parametersOf, rbmWith } from './learner-parameters.ts';
import type { Rbm } from './rbm.ts';
import type { RbmTrainer, RbmTrainerOptions } from './rbm-trainer.ts';
import type { StateRows } from './state-rows.ts';
import { LoopTrainer, type RbmStepper, type StepInput, type StepOutcome } from './training-loop.ts';
import { unitsWith } from './units/bind-units.ts';
import type { Units } from './units/units.ts';

/**
 * A trainer for `negative: { name: 'exact' }`.
 * @throws boltzmann.cannot_enumerate, boltzmann.wrong_trainer, and what {@link checkTrainerOptions} throws
 */
export async function createExactTrainer(options: RbmTrainerOptions): Promise<RbmTrainer> {
  checkTrainerOptions(options);
  const { name } = options.spec.negative;
  if (name !== 'exact') {
    throw new OutsetError('boltzmann.wrong_trainer', {
      trainer: 'exact',
      expected: "negative 'exact'",
      got: `'${name}'`,
    });
  }
  return new LoopTrainer('exact', options, new ExactStepper(options));
}

class ExactStepper implements RbmStepper {
  readonly data: StateRows;
  readonly arrays: ReadonlyMap<string, Uint32Array>;
  readonly #options: RbmTrainerOptions;
  readonly #parameters: ReadonlyMap<ParameterName, Float64Array>;
  readonly #learner: Learner;

  constructor(options: RbmTrainerOptions) {
    this.#options = options;
    const { rbm, data, spec, stream, weights } = options;
    this.data = settleLevels(rbm.visible, data, spec.grey, stream.child('grey').child('data'));
    this.#parameters = new Map(
      [...parametersOf(rbm)].map(([name, values]) => [name, Float64Array.from(values)]),
    );
    this.#learner = createLearner({ rbm, spec, data: this.data, weights, parameters: this.#parameters });
    enumerableDirection(this.#model());
    this.arrays = new Map(
      [...this.#parameters, ...this.#learner.state].map(([name, values]) => [
        name,
        new Uint32Array(values.buffer),
      ]),
    );
  }

  step(input: StepInput): StepOutcome {
    const { rbm, spec, stream, weights } = this.#options;
    const model = this.#model();
    let rows = selectRows(this.data, input.batch);
    if (spec.grey === 'resampled') {
      rows = drawLevels(rbm.visible, rows, stream.child('grey').child('step').child(input.step));
    }
    const rowWeights = weights && Float32Array.from(input.batch, (example) => weights[example]);
    const moments = dataMoments(model, rows, rowWeights);
    const hidden = hiddenMeans(model, rows, rowWeights);
    subtract(moments, modelMoments(model));
    const gradient = new Map<ParameterName, Float64Array>([
      ['weights', moments.weights],
      ['visible bias', moments.visible.bias],
      ['hidden bias', moments.hidden.bias],
    ]);
    const { visible, hidden: ofHidden } = moments;
    if (visible.logPrecision !== undefined) gradient.set('visible logPrecision', visible.logPrecision);
    if (ofHidden.logPrecision !== undefined) gradient.set('hidden logPrecision', ofHidden.logPrecision);
    return {
      notFinite: this.#learner.update(gradient, hidden.mean, input),
      squaredError: hidden.squaredError,
      hiddenMean: (hidden.weight * hidden.mean.reduce((a, b) => a + b, 0)) / hidden.mean.length,
      weight: hidden.weight,
    };
  }

  rbm(): Rbm {
    return rbmWith(this.#options.rbm, this.#parameters);
  }

  async dispose(): Promise<void> {}

  #model(): BoundRbm {
    const { rbm } = this.#options;
    const bind = (layer: 'visible' | 'hidden'): Units => {
      const bias = this.#parameters.get(`${layer} bias`)!;
      const precision = this.#parameters.get(`${layer} logPrecision`)?.map(exponential);
      return unitsWith(rbm[layer], precision === undefined ? { bias } : { bias, precision });
    };
    return { visible: bind('visible'), hidden: bind('hidden'), weights: this.#parameters.get('weights')! };
  }
}

/** Weighted mean of the hidden units, and the weighted sum of the squared errors of the mean-field reconstruction. */
function hiddenMeans(
  model: BoundRbm,
  rows: StateRows,
  weights: Float32Array | undefined,
): { mean: Float64Array; squaredError: number; weight: number } {
  const { visible, hidden } = model;
  const n = hidden.width;
  const mean = new Float64Array(n);
  const h = new Float64Array(n);
  const back = new Float64Array(visible.width);
  const { data } = denseRows(visible.spec, rows);
  let [squaredError, total] = [0, 0];
  forEachInput(upward(model), rows, (inputs, start, index) => {
    const weight = weights === undefined ? 1 : weights[index];
    total += weight;
    hidden.mean(inputs, start, h, 0);
    for (let j = 0; j < n; j++) mean[j] += weight * h[j];
    for (let i = 0; i < back.length; i++) {
      back[i] = 0;
      for (let j = 0; j < n; j++) back[i] += model.weights[i * n + j] * h[j];
    }
    visible.mean(back, 0, back, 0);
    for (let i = 0; i < back.length; i++)
      squaredError += weight * (data[index * back.length + i] - back[i]) ** 2;
  });
  return { mean: mean.map((x) => x / total), squaredError, weight: total };
}
