/**
 * Signal and gradient flow as data: what a batch does on its way through a network, layer by layer, and what comes
 * back. Types only; `trace-signal.ts` measures them.
 */

/** Summary of many numbers. Statistics that are not finite are null. */
export interface Distribution {
  readonly count: number;
  readonly mean: number | null;
  /** Standard deviation over all values (divides by count). */
  readonly std: number | null;
  readonly min: number | null;
  readonly max: number | null;
  /** Root of the sum of squares. */
  readonly norm: number | null;
  /** Fraction that is exactly 0. */
  readonly zero: number;
  /** Fraction in the flat part of the activation (see `saturated` of the layer's activation); null where it has none. */
  readonly saturated: number | null;
  readonly notFinite: number;
  /** `counts.length + 1 = edges.length`; equal bins from min to max; one bin when all values are equal. */
  readonly histogram: { readonly edges: readonly number[]; readonly counts: readonly number[] };
}

export interface LayerTrace {
  readonly name: string;
  readonly type: string;
  readonly depth: number;
  readonly activation: string;
  readonly fanIn: number;
  readonly fanOut: number;
  readonly weights: Distribution;
  readonly biases: Distribution | null;
  readonly preActivations: Distribution;
  readonly activations: Distribution;
  /** Derivatives of the loss with respect to each of the above. */
  readonly gradients: {
    readonly weights: Distribution;
    readonly biases: Distribution | null;
    readonly preActivations: Distribution;
    readonly activations: Distribution;
  };
  /** Number of groups of units whose incoming weights and bias are equal bit for bit, and how many units they hold. */
  readonly equalUnits: { readonly groups: number; readonly units: number };
  /**
   * True if no unit differs from another in what goes out either: in a plain chain, the weights of the next layer that
   * read them are equal bit for bit. Units that are equal in both learn the same for ever. Absent where it was not
   * looked at (the last layer, grouped convolutions).
   */
  readonly equalOutgoing?: boolean;
}

export interface SignalTrace {
  /** Updates done when the trace was taken. */
  readonly step: number;
  readonly batchSize: number;
  readonly loss: number | null;
  readonly layers: readonly LayerTrace[];
}
