/**
 * All states of one discrete layer, with the other layer summed out.
 *
 * A state x of the enumerated layer has log weight -U(x) + Σ_i Γ_i(I_i(x)). The states are counted with unit 0 as the
 * lowest digit and split into a low and a high part, x = (high, low): inputs are sums, I(x) = I(high) + I(low), and the
 * low parts are tabulated once. For binary units on the other side, Γ is the logarithm of 1 + exp(field) and
 * exp(field) = exp(high field) exp(low field) is one product of two tabulated numbers; many factors are multiplied
 * before one logarithm is taken. That costs two multiplications and an addition a unit and state, with nothing
 * carried over from state to state that could drift.
 */
import { OutsetError } from '../../messages/error.ts';
import { exponential, logarithm } from '../../random/elementary.ts';
import type { BoundRbm } from '../bound-rbm.ts';
import { type Direction, downward, upward } from '../direction.ts';
import type { Units } from '../units/units.ts';

/** Largest number of states, as a power of 2. */
export const enumerationBits = 25;

const lowStatesLimit = 256;

/** log2 of the number of states of a layer; Infinity when they cannot be counted. */
export function stateBits({ states, spec }: Units): number {
  return states === null ? Number.POSITIVE_INFINITY : spec.count * Math.log2(states);
}

/**
 * The direction whose given layer is cheaper to enumerate.
 * @throws boltzmann.cannot_enumerate
 */
export function enumerableDirection(model: BoundRbm, limit = enumerationBits): Direction {
  const [visible, hidden] = [stateBits(model.visible), stateBits(model.hidden)];
  if (Math.min(visible, hidden) > limit) refuseEnumeration(model, limit);
  const visibleIsCheaper = 2 ** visible * model.hidden.width <= 2 ** hidden * model.visible.width;
  return visibleIsCheaper && visible <= limit ? upward(model) : downward(model);
}

export function refuseEnumeration(model: BoundRbm, limit: number): never {
  const name = (units: Units) =>
    units.states === null ? `real values (${units.spec.kind})` : `2^${Math.ceil(stateBits(units))}`;
  throw new OutsetError('boltzmann.cannot_enumerate', {
    visible: name(model.visible),
    hidden: name(model.hidden),
    limit,
  });
}

export class StateEnumeration {
  readonly direction: Direction;
  /** Number of states. */
  readonly count: number;
  /** States that share their high part. */
  readonly lowStates: number;
  readonly highStates: number;
  readonly #lowUnits: number;
  readonly #lowInputs: Float64Array;
  readonly #lowEnergies: Float64Array;
  readonly #row: Float64Array;
  readonly #highInputs: Float64Array;
  readonly #inputs: Float64Array;
  readonly #logWeights: Float64Array;
  readonly #factors: BinaryFactors | null;
  #high = -1;

  constructor(direction: Direction) {
    const { given, asked } = direction;
    const states = given.states!;
    let lowUnits = 0;
    while (lowUnits < given.spec.count && states ** (lowUnits + 1) <= lowStatesLimit) lowUnits++;
    this.direction = direction;
    this.#lowUnits = lowUnits;
    this.lowStates = states ** lowUnits;
    this.highStates = states ** (given.spec.count - lowUnits);
    this.count = this.lowStates * this.highStates;
    this.#row = new Float64Array(given.width);
    this.#highInputs = new Float64Array(asked.width);
    this.#inputs = new Float64Array(asked.width);
    this.#logWeights = new Float64Array(this.lowStates);
    this.#lowInputs = new Float64Array(this.lowStates * asked.width);
    this.#lowEnergies = new Float64Array(this.lowStates);
    for (let low = 0; low < this.lowStates; low++) {
      this.#putUnits(low, 0, lowUnits);
      this.#lowEnergies[low] = given.energy(this.#row, 0);
      this.#addInputs(this.#lowInputs, low * asked.width);
    }
    this.#factors = BinaryFactors.fit(direction, this.#lowInputs, this.lowStates);
  }

  /** Log weights of the states high * lowStates + 0, 1, ... The array is the same each time. */
  logWeights(high: number): Float64Array {
    const { asked, given } = this.direction;
    this.#moveTo(high);
    const energy = given.energy(this.#row, 0);
    if (this.#factors !== null) this.#factors.cumulants(this.#highInputs, this.#logWeights);
    for (let low = 0; low < this.lowStates; low++) {
      if (this.#factors === null) {
        this.inputs(high, low);
        this.#logWeights[low] = asked.cumulant(this.#inputs, 0);
      }
      this.#logWeights[low] -= energy + this.#lowEnergies[low];
    }
    return this.#logWeights;
  }

  /** Inputs of the other layer at a state. The array is the same each time. */
  inputs(high: number, low: number): Float64Array {
    this.#moveTo(high);
    const width = this.#inputs.length;
    for (let i = 0; i < width; i++) {
      this.#inputs[i] = this.#highInputs[i] + this.#lowInputs[low * width + i];
    }
    return this.#inputs;
  }

  /** Writes the state with this number. */
  readState(state: number, row: Float64Array): void {
    const { given } = this.direction;
    let rest = state;
    for (let unit = 0; unit < given.spec.count; unit++) {
      given.putState(unit, rest % given.states!, row);
      rest = Math.floor(rest / given.states!);
    }
  }

  #moveTo(high: number): void {
    if (high === this.#high) return;
    this.#high = high;
    this.#putUnits(high, this.#lowUnits, this.direction.given.spec.count);
    this.#highInputs.fill(0);
    this.#addInputs(this.#highInputs, 0);
  }

  /** Units from ... to - 1 take the digits of `part`; all other columns are 0 and add nothing to energy or inputs. */
  #putUnits(part: number, from: number, to: number): void {
    const { given } = this.direction;
    this.#row.fill(0);
    let rest = part;
    for (let unit = from; unit < to; unit++) {
      given.putState(unit, rest % given.states!, this.#row);
      rest = Math.floor(rest / given.states!);
    }
  }

  #addInputs(into: Float64Array, at: number): void {
    const { asked, weights } = this.direction;
    for (let i = 0; i < this.#row.length; i++) {
      const x = this.#row[i];
      if (x === 0) continue;
      for (let j = 0; j < asked.width; j++) into[at + j] += x * weights[i * asked.width + j];
    }
  }
}

/**
 * Cumulants of binary units from products: Γ = log(1 + exp(field)) for Bernoulli units, and log(1 + exp(2 field)) -
 * field for spins.
 */
class BinaryFactors {
  readonly #units: Units;
  readonly #scale: number;
  readonly #chunk: number;
  readonly #padded: number;
  /** exp(scale * low input), rows padded to a multiple of 4. */
  readonly #low: Float64Array;
  readonly #lowSums: Float64Array;
  readonly #high: Float64Array;

  private constructor(direction: Direction, lowInputs: Float64Array, lowStates: number, chunk: number) {
    const width = direction.asked.width;
    this.#units = direction.asked;
    this.#scale = direction.asked.off === 0 ? 1 : 2;
    this.#chunk = chunk;
    this.#padded = Math.ceil(width / 4) * 4;
    this.#low = new Float64Array(lowStates * this.#padded);
    this.#lowSums = new Float64Array(lowStates);
    this.#high = new Float64Array(this.#padded);
    for (let low = 0; low < lowStates; low++) {
      for (let i = 0; i < width; i++) {
        const input = lowInputs[low * width + i];
        this.#low[low * this.#padded + i] = exponential(this.#scale * input);
        this.#lowSums[low] += input;
      }
    }
  }

  /** Null where the units are not binary or a product of 4 factors could overflow. */
  static fit(direction: Direction, lowInputs: Float64Array, lowStates: number): BinaryFactors | null {
    const { given, asked, weights } = direction;
    const { kind } = asked.spec;
    if (kind !== 'bernoulli' && kind !== 'spin') return null;
    const scale = asked.off === 0 ? 1 : 2;
    let largest = 1;
    for (let j = 0; j < asked.width; j++) {
      let sum = Math.abs(asked.values.bias[j]);
      for (let i = 0; i < given.width; i++) sum += Math.abs(weights[i * asked.width + j]);
      largest = Math.max(largest, scale * sum);
    }
    // A factor is at most 1 + exp(largest); a double ends at exp(709).
    const chunk = Math.min(64, Math.floor(650 / (largest + 1) / 4) * 4);
    return chunk < 4 ? null : new BinaryFactors(direction, lowInputs, lowStates, chunk);
  }

  /** Writes the cumulants of all low states. */
  cumulants(highInputs: Float64Array, out: Float64Array): void {
    const { bias } = this.#units.values;
    const high = this.#high;
    let highSum = 0;
    for (let i = 0; i < bias.length; i++) {
      high[i] = exponential(this.#scale * (bias[i] + highInputs[i]));
      highSum += bias[i] + highInputs[i];
    }
    for (let low = 0; low < out.length; low++) {
      const product = this.#logProduct(low * this.#padded);
      out[low] = this.#scale === 1 ? product : product - highSum - this.#lowSums[low];
    }
  }

  #logProduct(at: number): number {
    const low = this.#low;
    const high = this.#high;
    let sum = 0;
    for (let from = 0; from < this.#padded; from += this.#chunk) {
      const to = Math.min(this.#padded, from + this.#chunk);
      let a = 1;
      let b = 1;
      for (let i = from; i < to; i += 4) {
        a *= (1 + high[i] * low[at + i]) * (1 + high[i + 1] * low[at + i + 1]);
        b *= (1 + high[i + 2] * low[at + i + 2]) * (1 + high[i + 3] * low[at + i + 3]);
      }
      sum += logarithm(a * b);
    }
    return sum;
  }
}
