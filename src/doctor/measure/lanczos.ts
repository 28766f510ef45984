/**
 * Extreme eigenvalues of a symmetric matrix that is only known by its products with vectors, for many blocks at once: block
 * k of a vector is multiplied by a matrix of its own. Each step takes one product; all earlier vectors are kept and every new
 * one is made orthogonal to them twice, so that no eigenvalue appears again.
 *
 * @see Golub, Van Loan, "Matrix Computations", 4th ed., section 10.1
 */
import { dot } from '../../tensor/dot.ts';
import { symmetricEigen } from '../../tensor/symmetric-eigen.ts';

interface Block {
  readonly basis: Float64Array[];
  readonly alphas: number[];
  readonly betas: number[];
  done: boolean;
}

/** A run of Lanczos steps; ask for `vector`, multiply it, hand in the product. */
export class Lanczos {
  /** What is to be multiplied next, [blocks, size]; blocks that are finished are 0. */
  readonly vector: Float32Array;
  readonly #blocks: readonly Block[];
  readonly #size: number;

  /** @param start [blocks, size]: where each block begins; not 0 */
  constructor(start: Float32Array, blocks: number) {
    this.#size = start.length / blocks;
    this.vector = new Float32Array(start.length);
    this.#blocks = Array.from({ length: blocks }, (_, k) => {
      const first = Float64Array.from(start.subarray(k * this.#size, (k + 1) * this.#size));
      const norm = Math.sqrt(dot(first, first));
      const block: Block = { basis: [], alphas: [], betas: [], done: !(norm > 0) };
      if (!block.done) block.basis.push(first.map((value) => value / norm));
      return block;
    });
    this.#fill();
  }

  /** True if a further product would tell nothing new. */
  get done(): boolean {
    return this.#blocks.every(({ done }) => done);
  }

  accept(product: Float32Array): void {
    for (const [k, block] of this.#blocks.entries()) {
      if (!block.done) step(block, Float64Array.from(product.subarray(k * this.#size, (k + 1) * this.#size)));
    }
    this.#fill();
  }

  /** Approximate eigenvalues of a block, largest first; empty before the first product, or where it was not finite. */
  eigenvalues(block: number): Float64Array {
    const { alphas, betas } = this.#blocks[block];
    const n = alphas.length;
    const matrix = new Float64Array(n * n);
    for (let i = 0; i < n; i++) {
      matrix[i * n + i] = alphas[i];
      if (i + 1 < n) matrix[i * n + i + 1] = matrix[(i + 1) * n + i] = betas[i];
    }
    return matrix.every(Number.isFinite) ? symmetricEigen(matrix, n).values : new Float64Array(0);
  }

  /** uᵀ A u of the first vector: an estimate of trace / size where its signs were random. */
  first(block: number): number {
    return this.#blocks[block].alphas[0] ?? Number.NaN;
  }

  /** |A u|² of the first vector: an estimate of the sum of squared eigenvalues / size. */
  firstSquare(block: number): number {
    const { alphas, betas } = this.#blocks[block];
    return alphas[0] ** 2 + (betas[0] ?? 0) ** 2;
  }

  #fill(): void {
    for (const [k, { basis, done }] of this.#blocks.entries()) {
      const target = this.vector.subarray(k * this.#size, (k + 1) * this.#size);
      if (done) target.fill(0);
      else target.set(basis[basis.length - 1]);
    }
  }
}

function step(block: Block, rest: Float64Array): void {
  const { basis, alphas, betas } = block;
  const size = Math.sqrt(dot(rest, rest));
  alphas.push(dot(rest, basis[basis.length - 1]));
  for (let round = 0; round < 2; round++) {
    for (const one of basis) {
      const share = dot(rest, one);
      for (let i = 0; i < rest.length; i++) rest[i] -= share * one[i];
    }
  }
  const beta = Math.sqrt(dot(rest, rest));
  // What is left of a product in single precision is rounding.
  if (!(beta > 1e-6 * size) || basis.length === rest.length || !Number.isFinite(beta)) {
    block.done = true;
    return;
  }
  betas.push(beta);
  basis.push(rest.map((value) => value / beta));
}
