/**
 * How parameters follow the statistics of a batch, in the precision of the arrays that are handed in.
 *
 * Learning works on the *centred* model, whose energy is written in v - mu and h - lambda (Melchior, Fischer & Wiskott
 * 2016): mu is the mean of the data, lambda a moving mean of the hidden units, from the mean of units with input 0.
 * Real visible units are also divided by their standard deviation in the data, so that one learning rate fits data of
 * any scale. With A = Δ<v hᵀ>, dv = Δ<v>, dh = Δ<h> (data minus model), std = 1 for discrete units:
 *
 *   G = (A - mu dhᵀ - dv lambdaᵀ - l2 W - l1 sign(W)) / std,   g = dv / std,   f = dh - sparsity
 *
 * each goes through momentum or Adam, which gives the steps of W, of the visible and of the hidden biases of the
 * centred model; the stored parameters are the plain ones:
 *
 *   W += ΔW = step(G) / std,   b += step(g) / std - ΔW lambda,   c += step(f) - muᵀ ΔW
 *
 * Without centring mu = lambda = 0 and std = 1.
 *
 * Where a layer is real its states can run away, and one bad chain would throw the parameters far off. There the
 * gradient of each column of weights is kept below the largest that healthy statistics give, and so are the others:
 * in units of std, |Σ_i v_i²| is about the number of visible units, so a column is scaled down to a norm of
 * sqrt(visible units), and biases and precisions to 1 each. The precision of a visible unit stays within 0.1 and
 * 10,000 over the variance of its data: no unit of a model explains more than all of that.
 */
import type { RealArray } from '../random/stream.ts';
import type { RbmTrainingSpec } from './rbm-training-spec.ts';
import type { StepInput } from './training-loop.ts';

/** The arrays of a model's parameters, by name. */
export type ParameterName =
  | 'weights'
  | 'visible bias'
  | 'hidden bias'
  | 'visible logPrecision'
  | 'hidden logPrecision';

/** One array a parameter: values, or differences of statistics. */
export type ParameterArrays = ReadonlyMap<ParameterName, RealArray>;

export interface LearnerOptions {
  readonly spec: RbmTrainingSpec;
  /** The plain parameters; they are updated in place. */
  readonly parameters: ParameterArrays;
  /** Moments of the visible columns in the data; the variance above 0. */
  readonly dataMean: Float64Array;
  readonly dataVariance: Float64Array;
  /** Means of hidden units whose input is 0. */
  readonly restingHidden: Float64Array;
  readonly visibleIsReal: boolean;
  readonly hiddenIsReal: boolean;
}

export class Learner {
  readonly #options: LearnerOptions;
  readonly #first: ParameterArrays;
  readonly #second: ParameterArrays | null;
  readonly #next: ParameterArrays;
  readonly #mu: Float64Array;
  readonly #lambda: Float64Array;
  readonly #inverseStd: Float64Array;
  readonly #activity: Float64Array;
  /** State beside the parameters, for snapshots: moments, hidden offsets, activities. */
  readonly state: ReadonlyMap<string, RealArray>;

  constructor(options: LearnerOptions) {
    const { spec, parameters, dataMean, dataVariance, restingHidden } = options;
    this.#options = options;
    const like = () => new Map([...parameters].map(([name, values]) => [name, values.slice().fill(0)]));
    this.#first = like();
    this.#second = spec.optimizer.name === 'adam' ? like() : null;
    this.#next = like();
    this.#mu = spec.centered ? dataMean : new Float64Array(dataMean.length);
    this.#lambda = spec.centered ? restingHidden.slice() : new Float64Array(restingHidden.length);
    this.#inverseStd = dataVariance.map((v) =>
      spec.centered && options.visibleIsReal ? 1 / Math.sqrt(v) : 1,
    );
    this.#activity = new Float64Array(restingHidden.length).fill(spec.sparsity?.target ?? 0);
    this.state = new Map<string, RealArray>([
      ...[...this.#first].map(([name, values]) => [`${name} momentum`, values] as const),
      ...[...(this.#second ?? [])].map(([name, values]) => [`${name} squares`, values] as const),
      ['hidden offsets', this.#lambda],
      ['hidden activity', this.#activity],
    ]);
  }

  /**
   * One update.
   * @param gradient  differences of the plain statistics, data minus model; overwritten
   * @param hiddenMean  of the batch
   * @param accept  a last look at the new parameters; gives what is wrong with them or null
   * @returns null, or what was not finite or not accepted: then nothing has changed
   */
  update(
    gradient: ParameterArrays,
    hiddenMean: ArrayLike<number>,
    input: StepInput,
    accept: (next: ParameterArrays) => string | null = () => null,
  ): string | null {
    const undo = [...this.state].map(([, values]) => [values, values.slice()] as const);
    this.#centre(gradient, hiddenMean);
    if (this.#options.visibleIsReal || this.#options.hiddenIsReal) this.#clip(gradient);
    for (const [name, slope] of gradient) this.#toStep(name, slope, input);
    const problem = this.#propose(gradient) ?? accept(this.#next);
    if (problem !== null) {
      for (const [values, old] of undo) values.set(old);
      return problem;
    }
    for (const [name, values] of this.#options.parameters) values.set(this.#next.get(name)!);
    if (this.#options.spec.centered) {
      const rate = this.#options.spec.offsetRate;
      for (let j = 0; j < this.#lambda.length; j++)
        this.#lambda[j] += rate * (hiddenMean[j] - this.#lambda[j]);
    }
    return null;
  }

  /** Statistics of the plain model to the gradient of the centred one, with decay and sparsity. */
  #centre(gradient: ParameterArrays, hiddenMean: ArrayLike<number>): void {
    const { spec, parameters, dataMean } = this.#options;
    const { l1, l2 } = spec.weightDecay;
    const slopes = gradient.get('weights')!;
    const weights = parameters.get('weights')!;
    const visible = gradient.get('visible bias')!;
    const hidden = gradient.get('hidden bias')!;
    const n = hidden.length;
    const push = this.#sparsity(hiddenMean);
    for (let i = 0; i < visible.length; i++) {
      const mu = this.#mu[i];
      const dv = visible[i];
      const xi = dataMean[i] - mu;
      const scale = this.#inverseStd[i];
      for (let j = 0, at = i * n; j < n; j++, at++) {
        const w = weights[at];
        const decay = l2 * w + (w > 0 ? l1 : w < 0 ? -l1 : 0);
        slopes[at] = (slopes[at] - mu * hidden[j] - dv * this.#lambda[j] - xi * push[j] - decay) * scale;
      }
      visible[i] *= scale;
    }
    for (let j = 0; j < n; j++) hidden[j] -= push[j];
  }

  /** Hinton 2010, section 11: how far the moving mean activity is above its target, times the cost. */
  #sparsity(hiddenMean: ArrayLike<number>): Float64Array {
    const { sparsity } = this.#options.spec;
    const push = new Float64Array(this.#activity.length);
    if (sparsity === undefined) return push;
    const { target, cost, decay } = sparsity;
    for (let j = 0; j < push.length; j++) {
      this.#activity[j] = decay * this.#activity[j] + (1 - decay) * hiddenMean[j];
      push[j] = cost * (this.#activity[j] - target);
    }
    return push;
  }

  #clip(gradient: ParameterArrays): void {
    const slopes = gradient.get('weights')!;
    const n = gradient.get('hidden bias')!.length;
    const rows = slopes.length / n;
    const squares = new Float64Array(n);
    for (let at = 0; at < slopes.length; at++) squares[at % n] += slopes[at] * slopes[at];
    const scale = squares.map((square) => (square > rows ? Math.sqrt(rows / square) : 1));
    if (scale.some((x) => x !== 1)) {
      for (let at = 0; at < slopes.length; at++) slopes[at] *= scale[at % n];
    }
    for (const [name, values] of gradient) {
      if (name === 'weights') continue;
      for (let k = 0; k < values.length; k++) {
        if (values[k] > 1) values[k] = 1;
        else if (values[k] < -1) values[k] = -1;
      }
    }
  }

  /** A gradient to the step that the update rule makes of it, in place. */
  #toStep(name: ParameterName, slope: RealArray, { step, learningRate, momentum }: StepInput): void {
    const first = this.#first.get(name)!;
    const { optimizer } = this.#options.spec;
    if (optimizer.name === 'momentum') {
      for (let k = 0; k < slope.length; k++) {
        first[k] = momentum * first[k] + slope[k];
        slope[k] = learningRate * first[k];
      }
      return;
    }
    const { beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8 } = optimizer;
    const second = this.#second!.get(name)!;
    const size = learningRate / (1 - beta1 ** (step + 1));
    const correction = 1 / Math.sqrt(1 - beta2 ** (step + 1));
    for (let k = 0; k < slope.length; k++) {
      first[k] += (1 - beta1) * (slope[k] - first[k]);
      second[k] = beta2 * second[k] + (1 - beta2) * slope[k] * slope[k];
      slope[k] = (size * first[k]) / (Math.sqrt(second[k]) * correction + epsilon);
    }
  }

  /** Writes the new plain parameters to `next`; names the first that is not finite. */
  #propose(steps: ParameterArrays): string | null {
    const { parameters, dataVariance, visibleIsReal } = this.#options;
    const weights = parameters.get('weights')!;
    const change = steps.get('weights')!;
    const n = this.#lambda.length;
    const visible = steps.get('visible bias')!;
    const hidden = steps.get('hidden bias')!;
    const next = this.#next.get('weights')!;
    const shift = new Float64Array(n);
    for (let i = 0; i < visible.length; i++) {
      const scale = this.#inverseStd[i];
      let dot = 0;
      for (let j = 0, at = i * n; j < n; j++, at++) {
        const delta = change[at] * scale;
        next[at] = weights[at] + delta;
        dot += delta * this.#lambda[j];
        shift[j] += delta * this.#mu[i];
      }
      visible[i] = visible[i] * scale - dot;
    }
    for (let j = 0; j < n; j++) hidden[j] -= shift[j];
    for (const [name, values] of parameters) {
      const proposed = this.#next.get(name)!;
      if (name !== 'weights') {
        const step = steps.get(name)!;
        for (let k = 0; k < values.length; k++) proposed[k] = values[k] + step[k];
      }
      if (name === 'visible logPrecision' && visibleIsReal) {
        for (let k = 0; k < proposed.length; k++) {
          const scale = Math.log(dataVariance[k]);
          proposed[k] = Math.min(Math.max(proposed[k], Math.log(0.1) - scale), Math.log(1e4) - scale);
        }
      }
      if (!allFinite(proposed)) return name;
    }
    return null;
  }
}

function allFinite(values: RealArray): boolean {
  // x - x is NaN for what is not finite. Single precision ends below the largest double.
  let bad = 0;
  for (let k = 0; k < values.length; k++) {
    const x = Math.fround(values[k]);
    bad += x - x;
  }
  return bad === 0;
}
