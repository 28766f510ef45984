import { exponential, logarithm } from '../../random/elementary.ts';
import type { BoundRbm } from '../bound-rbm.ts';

/** log p(v_i | all other visible units) for any discrete visible and any hidden units, by free energies. */
export class StateChanges {
  readonly #model: BoundRbm;
  readonly #inputs: Float64Array;
  readonly #changed: Float64Array;
  #state: Float64Array = new Float64Array(0);
  #cumulant = 0;

  constructor(model: BoundRbm) {
    this.#model = model;
    this.#inputs = new Float64Array(model.hidden.width);
    this.#changed = new Float64Array(model.hidden.width);
  }

  /** Moves to a visible state with its inputs of the hidden units. */
  at(state: Float64Array, inputs: Float64Array, start: number): void {
    this.#state = state;
    this.#inputs.set(inputs.subarray(start, start + this.#inputs.length));
    this.#cumulant = this.#model.hidden.cumulant(this.#inputs, 0);
  }

  logProbability(unit: number): number {
    const { visible } = this.#model;
    const { bias } = visible.values;
    const gains: number[] = [];
    if (visible.spec.kind === 'potts') {
      const { states } = visible.spec;
      const first = unit * states;
      let present = first;
      while (this.#state[present] !== 1) present += 1;
      for (let other = first; other < first + states; other++) {
        if (other === present) continue;
        this.#begin();
        this.#add(present, -1);
        this.#add(other, 1);
        gains.push(bias[other] - bias[present] + this.#gain());
      }
    } else {
      const change = (visible.off as number) + 1 - 2 * this.#state[unit];
      this.#begin();
      this.#add(unit, change);
      gains.push(change * bias[unit] + this.#gain());
    }
    return negativeLogSum(gains);
  }

  #begin(): void {
    this.#changed.set(this.#inputs);
  }

  #add(column: number, scale: number): void {
    const { weights } = this.#model;
    const width = this.#changed.length;
    for (let j = 0; j < width; j++) this.#changed[j] += scale * weights[column * width + j];
  }

  #gain(): number {
    return this.#model.hidden.cumulant(this.#changed, 0) - this.#cumulant;
  }
}

/** log p of the present state, where `gains` are log p of the other states minus its own. */
function negativeLogSum(gains: readonly number[]): number {
  const largest = Math.max(0, ...gains);
  let sum = exponential(-largest);
  for (const gain of gains) sum += exponential(gain - largest);
  return -largest - logarithm(sum);
}
