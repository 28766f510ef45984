/**
 * Training by the exact gradient of the likelihood: the model's moments by enumeration, everything in double precision.
 * For models whose smaller layer has few states; the ground truth that samplers are compared with.
 */
import { OutsetError } from '../messages/error.ts';
import { exponential } from '../random/elementary.ts';
import { tensor } from '../tensor/tensor.ts';
import type { BoundRbm } from './bound-rbm.ts';
import { checkTrainerOptions } from './check-training.ts';
import { denseRows, selectRows } from './convert-rows.ts';
import { columnMoments } from './create-rbm.ts';
import { forEachInput, upward } from './direction.ts';
import { dataMoments, modelMoments, type RbmMoments, subtract } from './enumeration/moments.ts';
import { enumerableDirection } from './enumeration/state-enumeration.ts';
import { drawLevels, settleLevels } from './grey-levels.ts';
import type { LayerParameters, Rbm } from './rbm.ts';
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

const parts = [
  'weights',
  'visible.bias',
  'hidden.bias',
  'visible.logPrecision',
  'hidden.logPrecision',
] as const;
type Part = (typeof parts)[number];

class ExactStepper implements RbmStepper {
  readonly data: StateRows;
  readonly arrays: ReadonlyMap<string, Uint32Array>;
  readonly #options: RbmTrainerOptions;
  readonly #parameters: ReadonlyMap<Part, Float64Array>;
  readonly #first: ReadonlyMap<Part, Float64Array>;
  readonly #second: ReadonlyMap<Part, Float64Array>;
  readonly #mu: Float64Array;
  readonly #lambda: Float64Array;
  readonly #activity: Float64Array;

  constructor(options: RbmTrainerOptions) {
    this.#options = options;
    const { rbm, data, spec, stream, weights } = options;
    this.data = settleLevels(rbm.visible, data, spec.grey, stream.child('grey').child('data'));
    const doubles = (values: Float32Array | undefined) =>
      values === undefined ? null : Float64Array.from(values);
    const entries: [Part, Float64Array | null][] = [
      ['weights', doubles(rbm.weights.data)],
      ['visible.bias', doubles(rbm.visibleParameters.bias)],
      ['hidden.bias', doubles(rbm.hiddenParameters.bias)],
      ['visible.logPrecision', doubles(rbm.visibleParameters.logPrecision)],
      ['hidden.logPrecision', doubles(rbm.hiddenParameters.logPrecision)],
    ];
    const present = entries.filter((entry): entry is [Part, Float64Array] => entry[1] !== null);
    this.#parameters = new Map(present);
    const zeros = () => new Map(present.map(([part, values]) => [part, new Float64Array(values.length)]));
    this.#first = zeros();
    this.#second = zeros();
    const { mean, variance } = columnMoments(rbm.visible, this.data, weights);
    if (variance.every((v) => v === 0)) throw new OutsetError('boltzmann.constant_data', {});
    this.#mu = mean;
    this.#lambda = new Float64Array(rbm.hiddenParameters.bias.length);
    this.#activity = new Float64Array(this.#lambda.length);
    enumerableDirection(this.#model());
    const words = (values: Float64Array) => new Uint32Array(values.buffer);
    this.arrays = new Map([
      ...[...this.#parameters].map(([part, values]) => [part, words(values)] as const),
      ...[...this.#first].map(([part, values]) => [`first moment ${part}`, words(values)] as const),
      ...[...this.#second].map(([part, values]) => [`second moment ${part}`, words(values)] as const),
      ['hidden offsets', words(this.#lambda)],
      ['hidden activity', words(this.#activity)],
    ]);
  }

  step(input: StepInput): StepOutcome {
    const { rbm, spec, stream, weights } = this.#options;
    const model = this.#model();
    let rows = selectRows(this.data, input.batch);
    if (spec.grey === 'resampled') {
      rows = drawLevels(rbm.visible, rows, stream.child('grey').child('step').child(input.step));
    }
    const rowWeights = weights && Float32Array.from(input.batch, (example) => weights[example]);
    const gradient = dataMoments(model, rows, rowWeights);
    const hidden = hiddenMeans(model, rows, rowWeights);
    subtract(gradient, modelMoments(model));
    const share = input.step === 0 ? 1 : spec.offsetRate;
    for (let j = 0; j < this.#lambda.length; j++)
      this.#lambda[j] += share * (hidden.mean[j] - this.#lambda[j]);
    if (spec.centered) centre(gradient, this.#mu, this.#lambda);
    this.#regularize(gradient, hidden.mean, input.step);
    const notFinite = this.#update(gradient, input);
    return {
      notFinite,
      squaredError: hidden.squaredError,
      hiddenMean: (hidden.weight * hidden.mean.reduce((a, b) => a + b, 0)) / hidden.mean.length,
      weight: hidden.weight,
    };
  }

  rbm(): Rbm {
    const { rbm } = this.#options;
    const single = (part: Part) => Float32Array.from(this.#parameters.get(part)!);
    const layer = (name: 'visible' | 'hidden'): LayerParameters =>
      this.#parameters.has(`${name}.logPrecision`)
        ? { bias: single(`${name}.bias`), logPrecision: single(`${name}.logPrecision`) }
        : { bias: single(`${name}.bias`) };
    return {
      visible: rbm.visible,
      hidden: rbm.hidden,
      weights: tensor('float32', rbm.weights.dims, single('weights')),
      visibleParameters: layer('visible'),
      hiddenParameters: layer('hidden'),
    };
  }

  async dispose(): Promise<void> {}

  #model(): BoundRbm {
    const { rbm } = this.#options;
    const bind = (layer: 'visible' | 'hidden'): Units => {
      const bias = this.#parameters.get(`${layer}.bias`)!;
      const logPrecision = this.#parameters.get(`${layer}.logPrecision`);
      if (logPrecision === undefined) return unitsWith(rbm[layer], { bias });
      return unitsWith(rbm[layer], { bias, precision: logPrecision.map(exponential) });
    };
    return { visible: bind('visible'), hidden: bind('hidden'), weights: this.#parameters.get('weights')! };
  }

  /** Weight decay, and Hinton 2010, section 11: mean activity of the hidden units towards a target. */
  #regularize(gradient: RbmMoments, hidden: Float64Array, step: number): void {
    const { weightDecay, sparsity, centered } = this.#options.spec;
    const w = this.#parameters.get('weights')!;
    for (let k = 0; k < w.length; k++) {
      gradient.weights[k] -= weightDecay.l2 * w[k] + weightDecay.l1 * Math.sign(w[k]);
    }
    if (sparsity === undefined) return;
    const n = hidden.length;
    for (let j = 0; j < n; j++) {
      const keep = step === 0 ? 0 : sparsity.decay;
      this.#activity[j] = keep * this.#activity[j] + (1 - keep) * hidden[j];
      const push = sparsity.cost * (this.#activity[j] - sparsity.target);
      gradient.hidden.bias[j] -= push;
      if (centered) continue;
      for (let i = 0; i < this.#mu.length; i++) gradient.weights[i * n + j] -= push * this.#mu[i];
    }
  }

  /** Changes nothing when a new value would not be finite, and names the first such part. */
  #update(gradient: RbmMoments, { step, learningRate, momentum }: StepInput): string | null {
    const { optimizer } = this.#options.spec;
    const slopes = new Map<Part, Float64Array | undefined>([
      ['weights', gradient.weights],
      ['visible.bias', gradient.visible.bias],
      ['hidden.bias', gradient.hidden.bias],
      ['visible.logPrecision', gradient.visible.logPrecision],
      ['hidden.logPrecision', gradient.hidden.logPrecision],
    ]);
    const changed = new Map<Part, [Float64Array, Float64Array, Float64Array]>();
    for (const [part, values] of this.#parameters) {
      const g = slopes.get(part)!;
      const first = this.#first.get(part)!.slice();
      const second = this.#second.get(part)!.slice();
      const next = values.slice();
      if (optimizer.name === 'adam') {
        const { beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8 } = optimizer;
        const [scale1, scale2] = [1 / (1 - beta1 ** (step + 1)), 1 / (1 - beta2 ** (step + 1))];
        for (let k = 0; k < g.length; k++) {
          first[k] = beta1 * first[k] + (1 - beta1) * g[k];
          second[k] = beta2 * second[k] + (1 - beta2) * g[k] * g[k];
          next[k] += (learningRate * scale1 * first[k]) / (Math.sqrt(scale2 * second[k]) + epsilon);
        }
      } else {
        for (let k = 0; k < g.length; k++) {
          first[k] = momentum * first[k] + g[k];
          next[k] += learningRate * first[k];
        }
      }
      if (!next.every((x) => Number.isFinite(Math.fround(x)))) return part;
      changed.set(part, [next, first, second]);
    }
    for (const [part, [next, first, second]] of changed) {
      this.#parameters.get(part)!.set(next);
      this.#first.get(part)!.set(first);
      this.#second.get(part)!.set(second);
    }
    return null;
  }
}

/**
 * The centred gradient (Melchior, Fischer & Wiskott 2016): that of the model whose energy is written in v - mu and
 * h - lambda, expressed in the plain parameters.
 *
 *   dW = Δ<v hᵀ> - mu Δ<h>ᵀ - Δ<v> lambdaᵀ,   db = Δ<v> - dW lambda,   dc = Δ<h> - muᵀ dW
 */
export function centre(gradient: RbmMoments, mu: Float64Array, lambda: Float64Array): void {
  const { weights, visible, hidden } = gradient;
  const n = lambda.length;
  for (let i = 0; i < mu.length; i++) {
    for (let j = 0; j < n; j++) {
      weights[i * n + j] -= mu[i] * hidden.bias[j] + visible.bias[i] * lambda[j];
    }
  }
  for (let i = 0; i < mu.length; i++) {
    for (let j = 0; j < n; j++) visible.bias[i] -= weights[i * n + j] * lambda[j];
  }
  for (let j = 0; j < n; j++) {
    for (let i = 0; i < mu.length; i++) hidden.bias[j] -= mu[i] * weights[i * n + j];
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
