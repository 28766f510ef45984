import type { ParameterShape } from '../../initializers/initializer.ts';
import { singularValues } from '../../tensor/singular-values.ts';
import type { LayerMeasurement } from '../measurement.ts';
import { Lanczos } from './lanczos.ts';
import { randomSigns } from './random-signs.ts';

/** Multiplications, in matrices of rows x columns x the smaller of them, up to which all singular values are worked out. */
const exactUpTo = 4e7;
const lanczosSteps = 24;

/**
 * Singular values of a weight seen as a matrix [outputs, everything else]: all of them where that is quick, else the largest by
 * Lanczos steps and the effective rank (sum σ²)² / sum σ⁴ by a random vector. Null for a weight that is 0 or not finite.
 */
export function weightSpectrum(shape: ParameterShape, data: Float32Array): LayerMeasurement['spectrum'] {
  if (data.length === 0 || data.every((value) => value === 0) || !data.every(Number.isFinite)) return null;
  const { matrix, rows, columns } = outputMatrix(shape, data);
  return rows * columns * Math.min(rows, columns) <= exactUpTo
    ? exactSpectrum(matrix, rows, columns)
    : largeSpectrum(matrix, rows, columns, lanczosSteps);
}

/** The largest singular value alone, from below by at most a few per cent. The weight is finite and not 0. */
export function largestSingularValue(shape: ParameterShape, data: Float32Array): number {
  const { matrix, rows, columns } = outputMatrix(shape, data);
  return largeSpectrum(matrix, rows, columns, 10).largest;
}

/** A weight as [outputs, everything else], row by row. */
function outputMatrix(
  { dims, layout }: ParameterShape,
  data: Float32Array,
): { matrix: Float64Array; rows: number; columns: number } {
  const axis = layout?.outAxis ?? dims.length - 1;
  const rows = dims[axis];
  const columns = data.length / rows;
  const inner = dims.slice(axis + 1).reduce((a, b) => a * b, 1);
  // Element (row, column) lies at ((column / inner) * rows + row) * inner + column % inner.
  const matrix = new Float64Array(data.length);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const outer = Math.floor(column / inner);
      matrix[row * columns + column] = data[(outer * rows + row) * inner + (column % inner)];
    }
  }
  return { matrix, rows, columns };
}

function exactSpectrum(matrix: Float64Array, rows: number, columns: number) {
  const values = singularValues(matrix, rows, columns);
  let squares = 0;
  let fourths = 0;
  for (const value of values) {
    squares += value ** 2;
    fourths += value ** 4;
  }
  return {
    largest: values[0],
    smallest: values[values.length - 1],
    effectiveRank: (squares * squares) / fourths,
  };
}

function largeSpectrum(matrix: Float64Array, rows: number, columns: number, most: number) {
  let squares = 0;
  for (const value of matrix) squares += value * value;
  const steps = new Lanczos(randomSigns('spectrum', rows), 1);
  const through = new Float64Array(columns);
  const product = new Float32Array(rows);
  const scale = Math.sqrt(squares);
  for (let k = 0; k < most && !steps.done; k++) {
    through.fill(0);
    for (let row = 0; row < rows; row++) {
      const factor = steps.vector[row] / scale;
      for (let i = 0; i < columns; i++) through[i] += factor * matrix[row * columns + i];
    }
    for (let row = 0; row < rows; row++) {
      let sum = 0;
      for (let i = 0; i < columns; i++) sum += matrix[row * columns + i] * through[i];
      product[row] = sum / scale;
    }
    steps.accept(product);
  }
  return {
    largest: scale * Math.sqrt(steps.eigenvalues(0)[0]),
    smallest: null,
    effectiveRank: 1 / (steps.firstSquare(0) * rows),
  };
}
