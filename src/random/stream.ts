/**
 * The seam between whoever needs random numbers and the many ways of making them.
 *
 * A *dialect* is a way of making them bit for bit: our own `threefry` (the bits of JAX) or the exact
 * sequence of another library. Initializers, shuffles and dropout masks only ever see this interface.
 */

/** Array types that real numbers can be drawn into. */
export type RealArray = Float32Array | Float64Array;

/**
 * A source of random numbers. Every draw moves it on (but `tfjs` starts anew from its seed at every draw, as its library
 * does); the same seed, children and draws give the same bits on every engine and machine.
 */
export interface Stream {
  /** Name of the dialect, see `open-stream.ts`. */
  readonly dialect: string;
  /**
   * The precision in which the library makes its numbers unless it is asked otherwise. Rules that go on computing with
   * them draw them so, and round once at the end.
   */
  readonly precision: 'float32' | 'float64';
  /**
   * The stream of a named thing. Keyed dialects (`threefry`, `jax`) return an independent stream that depends only on
   * the seed and the path of names, whatever was drawn before. Sequential dialects (`numpy`, `torch-avx2`, ...) have one
   * sequence and return themselves: there, the order of the draws decides, as in the library that they follow.
   */
  child(name: string | number): Stream;
  /** Fills `out` with uniform numbers in [low, high); defaults 0 and 1. */
  uniform<Out extends RealArray>(out: Out, low?: number, high?: number): Out;
  /** Fills `out` with normal numbers; defaults mean 0, standard deviation 1. */
  normal<Out extends RealArray>(out: Out, mean?: number, std?: number): Out;
  /**
   * Fills `out` with normal numbers cut off at `lower` and `upper`, which are in units of `std` around `mean`
   * (defaults -2 and 2). `std` is that of the normal before cutting; no correction is applied.
   */
  truncatedNormal<Out extends RealArray>(out: Out, options?: TruncatedNormalOptions): Out;
  /** Fills `out` with raw 32-bit words. */
  bits(out: Uint32Array): Uint32Array;
  /** A uniformly drawn order of 0 ... n-1. */
  permutation(n: number): Uint32Array;
}

export interface TruncatedNormalOptions {
  readonly mean?: number;
  readonly std?: number;
  readonly lower?: number;
  readonly upper?: number;
}
