/** What `units/units.ts` is in numbers, as graph nodes in single precision: means and draws of a layer given its inputs. */
import type { UnitSpec } from '../units/unit-spec.ts';

/** Values of the graph that hold the parameters of a layer. */
export interface LayerValuesInGraph {
  /** [width] */
  readonly bias: string;
  /** [width]; only for units with a precision. */
  readonly logPrecision: string | null;
}

export interface LayerGraph {
  readonly spec: UnitSpec;
  readonly width: number;
  /** Uniform numbers that a draw of one row takes. */
  readonly noiseWidth: number;
  /** E[x | I] of inputs [rows, width], the biases not yet added. */
  mean(inputs: string): string;
  /** E[x² | I]; only for units with a precision. */
  meanSquare(inputs: string): string;
  /** A draw; noise [rows, noiseWidth] with 16 random bits a number. */
  sample(inputs: string, noise: string): string;
}
