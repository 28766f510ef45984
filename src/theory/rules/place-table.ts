import type { Window } from '../../onnx/window.ts';
import { elementCount } from '../../tensor/tensor.ts';

/** Which places a window reads. */
export interface PlaceTable {
  readonly inputs: number;
  readonly outputs: number;
  /** Triples output place, input place, tap; absent for images so large that places are not told apart. */
  readonly pairs?: Int32Array;
  /** True if every output place reads every tap. */
  readonly inner: boolean;
  /** Mean fraction of the taps that lie inside. */
  readonly reached: number;
}

/** More pairs than this take longer than they tell. */
const mostPairs = 2_000_000;

/** Of Conv and the pools. */
export function placeTable(window: Window, input: readonly number[]): PlaceTable {
  return table(window, input, window.output);
}

/** Of ConvTranspose: each input is laid on `taps` outputs. */
export function transposedPlaceTable(window: Window, input: readonly number[]): PlaceTable {
  // The same pairs, read from the other side.
  const { inputs: outputs, outputs: inputs, pairs, reached } = table(window, window.output, input);
  const turned = pairs?.slice();
  if (turned !== undefined) {
    for (let k = 0; k < turned.length; k += 3) [turned[k], turned[k + 1]] = [turned[k + 1], turned[k]];
  }
  return { inputs, outputs, pairs: turned, inner: false, reached: (reached * inputs) / Math.max(1, outputs) };
}

const known = new Map<string, PlaceTable>();

function table(window: Window, input: readonly number[], output: readonly number[]): PlaceTable {
  const key = JSON.stringify([window, input, output]);
  const found = known.get(key);
  if (found !== undefined) return found;
  if (known.size > 64) known.clear();
  const made = makeTable(window, input, output);
  known.set(key, made);
  return made;
}

function makeTable(window: Window, input: readonly number[], output: readonly number[]): PlaceTable {
  const { kernel, strides, dilations, padsBegin } = window;
  const [inputs, outputs, taps] = [elementCount(input), elementCount(output), elementCount(kernel)];
  // Axis by axis: [output, input, tap] that lie inside.
  const perAxis = kernel.map((length, axis) => {
    const inside: [number, number, number][] = [];
    for (let o = 0; o < output[axis]; o++)
      for (let t = 0; t < length; t++) {
        const at = o * strides[axis] + t * dilations[axis] - padsBegin[axis];
        if (at >= 0 && at < input[axis]) inside.push([o, at, t]);
      }
    return inside;
  });
  const count = perAxis.reduce((product, inside) => product * inside.length, 1);
  const shape = {
    inputs,
    outputs,
    reached: count / Math.max(1, outputs * taps),
    inner: count === outputs * taps,
  };
  if (count > mostPairs) return shape;
  let rows: [number, number, number][] = [[0, 0, 0]];
  for (const [axis, inside] of perAxis.entries()) {
    rows = rows.flatMap(([o, i, t]) =>
      inside.map(([o1, i1, t1]): [number, number, number] => [
        o * output[axis] + o1,
        i * input[axis] + i1,
        t * kernel[axis] + t1,
      ]),
    );
  }
  return { ...shape, pairs: Int32Array.from(rows.flat()) };
}
