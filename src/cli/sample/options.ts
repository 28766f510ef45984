/** Options of `outset sample`, as commander hands them over. */
export interface SampleOptions {
  readonly digit?: string;
  readonly label?: string;
  readonly count?: string;
  readonly steps: string;
  readonly seed: string;
  readonly threads?: string;
  readonly output: string;
  readonly json?: boolean;
}
