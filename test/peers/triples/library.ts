/** What random-triples.test.ts needs to know of a library. One file a library beside this one, with a script `MODULE_triples.py`. */

import type { NumpyGenerator } from '../../../src/random/numpy-generator.ts';
import type { Interpreter } from '../python.ts';

/** Seeds and arguments travel as JSON: whole numbers above 2^53 as decimal text. */
export type Plain = number | string | boolean | readonly Plain[];

export interface TripleFunction {
  /** Draws a seed; default a whole number below 2^32. */
  readonly seed?: (draw: NumpyGenerator) => Plain;
  /** Draws the arguments besides seed and shape; default none. */
  readonly arguments?: (draw: NumpyGenerator) => readonly Plain[];
  /** Our numbers, in the array type that the library gives. */
  readonly ours: (seed: Plain, dims: readonly number[], ...args: Plain[]) => ArrayBufferView;
}

export interface TripleLibrary {
  /** Python module, and the variable that names an interpreter that has it. */
  readonly module: string;
  readonly interpreter: Interpreter;
  /** How many different shapes are drawn; default as many as calls. For libraries that compile for each shape. */
  readonly shapes?: number;
  /** Name of the function in the script -> how to call it. */
  readonly functions: Readonly<Record<string, TripleFunction>>;
}

export function elementCount(dims: readonly number[]): number {
  return dims.reduce((product, dim) => product * dim, 1);
}

/** A whole number from low to high. */
export function whole(draw: NumpyGenerator, low: number, high: number): number {
  return Number(draw.integers(low, high + 1, 1, 'int64')[0]);
}

/** A double between low and high. */
export function real(draw: NumpyGenerator, low: number, high: number): number {
  return draw.uniform(new Float64Array(1), low, high)[0];
}
