import { OutsetError } from '../../messages/error.ts';
import type { Dbn } from '../dbn.ts';
import { stateWidth } from '../units/unit-spec.ts';

/**
 * Checks that the layers of a deep belief net fit together and hold finite numbers.
 * @throws dbn.layers_mismatch, dbn.bad_value
 */
export function checkDbn({ layers, labels }: Dbn): void {
  if (layers.length === 0)
    throw new OutsetError('dbn.bad_value', { field: 'layers', expected: '>= 1', got: 0 });
  checkWhole('labels', labels, 0);
  if (labels === 1)
    throw new OutsetError('dbn.bad_value', { field: 'labels', expected: '0 or >= 2', got: 1 });
  for (const [i, { rbm, recognition }] of layers.entries()) {
    const [visible, hidden] = [stateWidth(rbm.visible), stateWidth(rbm.hidden)];
    const expect = (what: string, expected: string, got: string) => {
      if (got !== expected)
        throw new OutsetError('dbn.layers_mismatch', { layer: i + 1, what, expected, got });
    };
    const shape = `[${visible}, ${hidden}]`;
    expect('weights', shape, `[${rbm.weights.dims.join(', ')}]`);
    expect('visible bias', `${visible}`, `${rbm.visibleParameters.bias.length}`);
    expect('hidden bias', `${hidden}`, `${rbm.hiddenParameters.bias.length}`);
    if (recognition !== undefined) {
      expect('recognition weights', shape, `[${recognition.weights.dims.join(', ')}]`);
      expect('recognition bias', `${hidden}`, `${recognition.hiddenBias.length}`);
    }
    const below = i === 0 ? undefined : layers[i - 1].rbm.hidden;
    const extra = i === layers.length - 1 ? labels : 0;
    if (below !== undefined) {
      expect('visible units', `${below.kind} ${stateWidth(below) + extra}`, `${rbm.visible.kind} ${visible}`);
    }
    for (const values of [
      rbm.weights.data,
      rbm.visibleParameters.bias,
      rbm.hiddenParameters.bias,
      recognition?.weights.data ?? [],
      recognition?.hiddenBias ?? [],
    ]) {
      for (const value of values) {
        if (!Number.isFinite(value)) expect('values', 'finite numbers', String(value));
      }
    }
  }
}

/** @throws dbn.bad_value */
export function checkWhole(field: string, got: number, least: number): void {
  if (Number.isSafeInteger(got) && got >= least) return;
  throw new OutsetError('dbn.bad_value', { field, expected: `whole number >= ${least}`, got });
}

/** @throws dbn.bad_value unless the number lies in [low, high) */
export function checkRange(field: string, got: number, low: number, high = Number.POSITIVE_INFINITY): void {
  if (got >= low && got < high) return;
  const expected = high === Number.POSITIVE_INFINITY ? `x >= ${low}` : `${low} <= x < ${high}`;
  throw new OutsetError('dbn.bad_value', { field, expected, got });
}

/**
 * Labels that fit their examples.
 * @throws dbn.label_count, dbn.labels
 */
export function checkLabels(labels: Int32Array, classes: number, count: number): void {
  if (labels.length !== count)
    throw new OutsetError('dbn.label_count', { expected: count, got: labels.length });
  for (let example = 0; example < count; example++) {
    const got = labels[example];
    if (got < 0 || got >= classes) throw new OutsetError('dbn.labels', { example, classes, got });
  }
}
