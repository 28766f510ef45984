/** What the thread of `outset sample` gets. */
export interface SampleTask {
  readonly modelFile: string;
  /** Samples of each wanted class, or in all where there are no classes to ask for. */
  readonly count: number;
  /** Classes to hold fixed, one block of samples each; null samples freely. */
  readonly labels: readonly number[] | null;
  readonly steps: number;
  readonly seed: number;
  readonly threads: number;
}

/** Samples as the data came: rows of numbers, and the class that each has if the model has labels. */
export interface SampleOutcome {
  /** Shape [count, width]. */
  readonly features: Float32Array;
  readonly count: number;
  readonly labels: Int32Array | null;
}
