/**
 * What the report of a Boltzmann machine shows, as plain data: whoever trained it fills this in, and every part that
 * is absent is left out of the page.
 */
import type {
  DataConvention,
  JudgingMethod,
  JudgingWarning,
  QuantityJudged,
  Standing,
} from '../../messages/labels/likelihood.ts';
import type { Localized } from '../figures/figure.ts';

/** A text in both languages, or one that is the same in both. */
export type Words = string | Localized;

export interface RbmReportData {
  readonly format: 'outset-rbm-report';
  readonly version: 1;
  /** Unit counts from the data up, e.g. `784-500`. */
  readonly model: string;
  readonly dataset: {
    readonly name: string;
    readonly description: string;
    readonly train: number;
    readonly test: number;
  };
  /** Bottom first; one for a single machine. */
  readonly layers: readonly LayerReport[];
  /** What the top of a belief net dreams; for a single machine its samples are in `layers`. */
  readonly dreams?: PictureRows;
  /** Command that gives the same again. */
  readonly command: string;
  /** Names and values of everything that decided the numbers: seed, threads, versions, ... */
  readonly facts: readonly (readonly [name: Words, value: Words])[];
  readonly outsetVersion: string;
  readonly createdAt: string;
  readonly seconds: number;
}

/** Rows of pictures with a name each: chains over time, dreams of each class. */
export interface PictureRows {
  readonly shape: ImageShape;
  readonly rows: readonly { readonly name: Words; readonly images: readonly ArrayLike<number>[] }[];
  /** Names of the columns, e.g. the number of steps; absent where they have none. */
  readonly columns?: readonly Words[];
}

/** Height and width of an image, and 3 for colours; null where the numbers have no order in space. */
export type ImageShape = readonly [height: number, width: number, channels?: number] | null;

export interface LayerReport {
  /** E.g. `500 bernoulli`. */
  readonly visible: Words;
  readonly hidden: Words;
  /** How it was trained, in names and values: `method` `pcd-1`, `learning rate` `0.05`, ... */
  readonly training: readonly (readonly [name: Words, value: Words])[];
  readonly history: readonly EpochReport[];
  readonly judgement: readonly JudgedNumber[];
  /** Weights into each hidden unit, in the space of the data. */
  readonly filters?: { readonly shape: ImageShape; readonly images: readonly ArrayLike<number>[] };
  readonly reconstructions?: {
    readonly shape: ImageShape;
    readonly originals: readonly ArrayLike<number>[];
    readonly reconstructions: readonly ArrayLike<number>[];
  };
  /** Mean of each hidden unit given each case. */
  readonly hiddenActivity?: {
    readonly cases: number;
    readonly units: number;
    /** Shape [cases, units]. */
    readonly values: ArrayLike<number>;
    /** What the values are: probabilities (0 to 1), means of spins (-1 to 1), or real numbers. */
    readonly scale: 'probability' | 'spin' | 'real';
  };
  readonly freeEnergies?: {
    readonly train: ArrayLike<number>;
    readonly test?: ArrayLike<number>;
    readonly samples?: ArrayLike<number>;
  };
  /** One row a chain, one column a time. */
  readonly chains?: PictureRows;
  /** Singular values of the weights, largest first. */
  readonly spectrum?: { readonly before?: ArrayLike<number>; readonly after: ArrayLike<number> };
}

/** An epoch as the trainer records it, and what was judged after it. */
export interface EpochReport {
  readonly epoch: number;
  readonly reconstructionError: number | null;
  readonly freeEnergyGap: number | null;
  readonly hiddenActivity: number | null;
  readonly trainLogLikelihood?: JudgedValue | null;
  readonly testLogLikelihood?: JudgedValue | null;
}

export interface JudgedValue {
  readonly value: number;
  /** An end that is not known is null. */
  readonly low: number | null;
  readonly high: number | null;
}

/** One row of `Judgement.numbers` of the boltzmann room. */
export interface JudgedNumber {
  readonly quantity: QuantityJudged;
  readonly method: JudgingMethod;
  readonly standing: Standing;
  readonly value: number;
  readonly interval: {
    readonly low: number | null;
    readonly high: number | null;
    readonly sigmas: number;
  } | null;
  /** Null where no data enter (log Z). */
  readonly convention: DataConvention | null;
  readonly examples: number | null;
  readonly warnings: readonly JudgingWarning[];
}
