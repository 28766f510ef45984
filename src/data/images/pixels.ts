/** Decoded pixels, row-major, `stored` numbers each, of which the first `colors` are colour. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly stored: number;
  readonly colors: 1 | 3;
  readonly greatest: number;
  readonly data: ArrayLike<number>;
}
