/** Options of `outset finetune`, as commander hands them over. */
export interface FinetuneOptions {
  /** The arguments. */
  readonly model?: string;
  readonly data?: string;
  readonly labels?: string;
  readonly autoencoder?: boolean;
  readonly start?: string[];
  readonly dropout?: string;
  readonly labelSmoothing?: string;
  readonly optimizer: string;
  readonly lr?: string;
  readonly weightDecay: string;
  readonly schedule: string;
  readonly batch: string;
  readonly epochs?: string;
  readonly patience?: string;
  readonly validation?: string;
  readonly seed: string;
  readonly seeds: string;
  readonly threads?: string;
  readonly output?: string;
  readonly out?: string;
  readonly resume?: string;
  readonly json?: boolean;
}
