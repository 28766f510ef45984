import type { TrainingPlan } from '../../doctor/diagnosis.ts';
import { oneOf, parseOptimizer, realNumber, wholeNumber } from '../race/options.ts';

/** Options of `outset doctor`, as commander hands them over. */
export interface DoctorOptions {
  readonly data?: string;
  readonly network?: string;
  readonly start?: string;
  readonly optimizer: string;
  readonly lr: string;
  readonly steps: string;
  readonly batch: string;
  readonly fix?: boolean;
  readonly output?: string;
  readonly full?: boolean;
  readonly failOn?: string;
  readonly onlyWeights?: boolean;
  readonly seed: string;
  readonly out?: string;
  readonly json?: boolean;
}

const failOnNames = ['warning', 'error', 'will-not-learn'] as const;
export type FailOn = (typeof failOnNames)[number];

/** What was asked for, checked. */
export interface DoctorPlan {
  readonly model: string;
  /** Null for noise. */
  readonly data: string | null;
  readonly network: string | null;
  readonly start: string | null;
  readonly training: TrainingPlan;
  readonly batch: number;
  readonly fix: boolean;
  readonly output: string | null;
  readonly full: boolean;
  readonly onlyWeights: boolean;
  readonly seed: number;
}

/**
 * Checks the options before anything is read.
 * @throws race.bad_option, cli.unknown_name
 */
export function planDoctor(model: string, options: DoctorOptions): DoctorPlan {
  return {
    model,
    data: options.data === undefined || options.data === 'noise' ? null : options.data,
    network: options.network ?? null,
    start: options.start ?? null,
    training: {
      optimizer: parseOptimizer(options.optimizer, '0'),
      learningRate: realNumber('--lr', options.lr, { above: 0 }),
      steps: wholeNumber('--steps', options.steps, 1),
    },
    batch: wholeNumber('--batch', options.batch, 2),
    fix: options.fix === true || options.output !== undefined,
    output: options.output ?? null,
    full: options.full === true,
    onlyWeights: options.onlyWeights === true,
    seed: wholeNumber('--seed', options.seed, 0),
  };
}

/** @throws cli.unknown_name */
export function parseFailOn(text: string | undefined): FailOn | null {
  return text === undefined ? null : oneOf('--fail-on', text, failOnNames);
}
