/** What one layer is, given the other. Named by conditional: the asked layer first. */
import type { Stream } from '../random/stream.ts';
import { bindRbm } from './bound-rbm.ts';
import { checkRows } from './check-rows.ts';
import { sparseRows } from './convert-rows.ts';
import { type Direction, downward, forEachInput, upward } from './direction.ts';
import type { Rbm } from './rbm.ts';
import type { DenseRows, StateRows } from './state-rows.ts';
import type { Units } from './units/units.ts';

/**
 * The inputs vᵀ W of the hidden units, without their biases.
 * @returns float32, summed in double precision
 */
export function inputHiddenFromVisible(rbm: Rbm, visible: StateRows): DenseRows {
  checkRows(rbm.visible, visible, 'visible');
  return outputs(upward(bindRbm(rbm)), visible, () => (inputs, start, out) => {
    for (let i = 0; i < out.length; i++) out[i] = inputs[start + i];
  });
}

/** E[h | v]: for Bernoulli units the probability of being on. */
export function meanHiddenFromVisible(rbm: Rbm, visible: StateRows): DenseRows {
  checkRows(rbm.visible, visible, 'visible');
  return means(upward(bindRbm(rbm)), visible);
}

/** E[v | h]. */
export function meanVisibleFromHidden(rbm: Rbm, hidden: StateRows): DenseRows {
  checkRows(rbm.hidden, hidden, 'hidden');
  return means(downward(bindRbm(rbm)), hidden);
}

/**
 * A draw from p(h | v) for every row; index lists for discrete units.
 * @param stream  row r takes its numbers from `stream.child(r)`: a row's draw depends on its own state only
 */
export function sampleHiddenFromVisible(rbm: Rbm, visible: StateRows, stream: Stream): StateRows {
  checkRows(rbm.visible, visible, 'visible');
  return samples(upward(bindRbm(rbm)), visible, stream);
}

/** A draw from p(v | h) for every row, see {@link sampleHiddenFromVisible}. */
export function sampleVisibleFromHidden(rbm: Rbm, hidden: StateRows, stream: Stream): StateRows {
  checkRows(rbm.hidden, hidden, 'hidden');
  return samples(downward(bindRbm(rbm)), hidden, stream);
}

/** The most probable hidden state of every row. */
export function modeHiddenFromVisible(rbm: Rbm, visible: StateRows): StateRows {
  checkRows(rbm.visible, visible, 'visible');
  return modes(upward(bindRbm(rbm)), visible);
}

/** The most probable visible state of every row. */
export function modeVisibleFromHidden(rbm: Rbm, hidden: StateRows): StateRows {
  checkRows(rbm.hidden, hidden, 'hidden');
  return modes(downward(bindRbm(rbm)), hidden);
}

type Output = (inputs: Float64Array, start: number, out: Float64Array, index: number) => void;

function outputs(direction: Direction, rows: StateRows, make: (asked: Units) => Output): DenseRows {
  const { asked } = direction;
  const data = new Float32Array(rows.count * asked.width);
  const out = new Float64Array(asked.width);
  const output = make(asked);
  forEachInput(direction, rows, (inputs, start, index) => {
    output(inputs, start, out, index);
    data.set(out, index * asked.width);
  });
  return { form: 'dense', count: rows.count, width: asked.width, data };
}

function means(direction: Direction, rows: StateRows): DenseRows {
  return outputs(direction, rows, (asked) => (inputs, start, out) => asked.mean(inputs, start, out, 0));
}

function modes(direction: Direction, rows: StateRows): StateRows {
  const dense = outputs(
    direction,
    rows,
    (asked) => (inputs, start, out) => asked.mode(inputs, start, out, 0),
  );
  return listed(direction.asked, dense);
}

function samples(direction: Direction, rows: StateRows, stream: Stream): StateRows {
  const dense = outputs(direction, rows, (asked) => {
    const draw = rowNoise(asked, stream);
    return (inputs, start, out, index) => asked.sample(inputs, start, draw(index), 0, out, 0);
  });
  return listed(direction.asked, dense);
}

/** The noise of row `index`, from `stream.child(index)`. The array is the same each time. */
export function rowNoise(units: Units, stream: Stream): (index: number) => Float64Array {
  const noise = new Float64Array(units.noiseWidth);
  const words = new Uint32Array(units.noiseWidth);
  return (index) => {
    const row = stream.child(index);
    if (units.noise === 'normal') return row.normal(noise);
    row.bits(words);
    // The middles of 2^32 equal parts of (0, 1): never 0 nor 1.
    for (let i = 0; i < noise.length; i++) noise[i] = (words[i] + 0.5) / 2 ** 32;
    return noise;
  };
}

function listed({ off, spec }: Units, rows: DenseRows): StateRows {
  return off === null ? rows : sparseRows(spec, rows);
}
