/** What signal propagation theory expects of a network's weights, layer by layer. Types only. */

/** An expected value and how far one draw of the weights may lie from it. */
export interface Expected {
  readonly value: number;
  /**
   * Standard deviation of log10(measured / value) over draws of the weights at these widths; from the finite-width
   * correction, which grows with the sum of 1 / width. Of first order and, for gradients, of one example: their mean
   * square over a batch mostly spreads less.
   */
  readonly log10Std: number;
}

/** What is expected at one layer with weights. Null where theory has no answer (an unknown operator on the way). */
export interface LayerPrediction {
  /** Name of the layer in the subject. */
  readonly layer: string;
  /** Mean square of the pre-activations over units and examples. */
  readonly preActivation: Expected | null;
  /** Mean square of the activations. */
  readonly activation: Expected | null;
  /** Cosine between the pre-activations of two different examples. */
  readonly correlation: number | null;
  /** Mean square of d loss / d pre-activation, divided by that of the last layer. */
  readonly gradient: Expected | null;
  /** What the sum of squares of the gradient is multiplied by on its way from the pre-activation of this layer back to the one before (chi_1). */
  readonly chi: number | null;
}

/** The long run: what happens if layers like the repeated one of the network are stacked for ever. */
export interface Asymptotics {
  /** fanIn Var(w) and Var(b) of the repeated layer, and its activation. */
  readonly weightVariance: number;
  readonly biasVariance: number;
  readonly activation: string;
  /** Variance q* that pre-activations approach; 0 or Infinity where the signal dies or explodes. */
  readonly fixedPoint: number;
  /** dq'/dq at q*; a fixed point with a slope above 1 is unstable, and predictions near it are worth little. */
  readonly slope: number;
  /** Multiplier of gradients and of small angles at q*. */
  readonly chi: number;
  /** Correlation c* that two different inputs approach. */
  readonly correlation: number;
  readonly phase: 'ordered' | 'critical' | 'chaotic' | 'vanishing' | 'exploding';
  /** Layers over which variance, correlation and gradient change by a factor e; Infinity at criticality. */
  readonly depthScales: {
    readonly variance: number;
    readonly correlation: number;
    readonly gradient: number;
  };
}

export interface Prediction {
  readonly layers: readonly LayerPrediction[];
  /** Absent where no layer repeats (fewer than 3 alike). */
  readonly asymptotics?: Asymptotics;
  /** Sum over layers of 1 / width: how far the network is from the limit of infinite width. */
  readonly inverseWidths: number;
  /**
   * Factor by which a relative deviation of the mean square has grown at the end of its way, at most; the slopes are the
   * steepest within one standard deviation of what is expected.
   */
  readonly growth: number;
  /**
   * False where the variance map is unstable on the way, or half-stable with widths that carry the signal to the side that
   * does not attract: `growth` is above 2, and the numbers are a direction only.
   */
  readonly stable: boolean;
  /** Operators of the graph that theory does not know, with the first value that each made unknown. */
  readonly unknown: readonly { readonly operator: string; readonly value: string }[];
}
