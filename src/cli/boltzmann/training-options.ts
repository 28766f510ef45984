import type { NegativePhase, RbmOptimizerSpec, RbmTrainingSpec } from '../../boltzmann/rbm-training-spec.ts';
import type { UnitKind, UnitSpec } from '../../boltzmann/units/unit-spec.ts';
import { OutsetError } from '../../messages/index.ts';
import { oneOf, parseSchedule, realNumber, wholeNumber } from '../race/options.ts';

/** How an RBM is to be trained, as typed; what is absent is chosen by the method, the units and the data. */
export interface TrainingOptions {
  readonly method?: string;
  readonly steps?: string;
  readonly temperatures?: string;
  readonly chains?: string;
  readonly epochs?: string;
  readonly lr?: string;
  readonly schedule?: string;
  readonly batch?: string;
  readonly optimizer?: string;
  readonly momentum?: string;
  readonly weightDecay?: string;
  readonly l1?: string;
  readonly sparsity?: string;
  readonly centered: boolean;
  readonly grey?: string;
}

/** What a spec is made for. */
export interface TrainingSubject {
  readonly visible: UnitSpec;
  readonly hidden: UnitSpec;
  /** Training examples. */
  readonly examples: number;
  readonly data: string;
  readonly method: 'cd' | 'pcd';
  readonly grey: RbmTrainingSpec['grey'];
  /** Passes over the data if nothing is typed; more where an epoch is only a few steps. */
  readonly epochs: number;
}

const methods = ['cd', 'pcd', 'pt', 'exact'] as const;
type Method = (typeof methods)[number];

/** Small data make few steps an epoch: there are at least this many, in at most this many epochs. */
const leastSteps = 3000;
const mostEpochs = 3000;

/**
 * The training that the options ask for. Defaults are those of Hinton 2010 as corrected since: centred gradient; learning
 * rate 0.1 with momentum 0.5, then 0.9 for contrastive divergence; 0.05 with momentum 0.5, falling, for persistent
 * chains; ten times less for rectified units, a hundred times for Gaussian ones.
 */
export function planTraining(options: TrainingOptions, subject: TrainingSubject): RbmTrainingSpec {
  const method = options.method === undefined ? subject.method : oneOf('--method', options.method, methods);
  const batchSize = batchOf(options, subject, method);
  const optimizer = optimizerOf(options, method);
  const perEpoch = Math.max(1, Math.floor(subject.examples / batchSize));
  const usual = Math.min(mostEpochs, Math.max(subject.epochs, Math.ceil(leastSteps / perEpoch)));
  return {
    negative: negativeOf(options, method),
    centered: options.centered,
    offsetRate: 0.01,
    optimizer,
    learningRate:
      options.lr === undefined
        ? usualRate(method, optimizer, subject)
        : realNumber('--lr', options.lr, { above: 0 }),
    schedule: parseSchedule(options.schedule ?? (method === 'cd' ? 'constant' : 'cosine(final=0.01)')),
    batchSize,
    epochs: options.epochs === undefined ? usual : wholeNumber('--epochs', options.epochs, 1),
    weightDecay: {
      l1: options.l1 === undefined ? 0 : realNumber('--l1', options.l1, { from: 0 }),
      l2:
        options.weightDecay === undefined
          ? usualDecay(method)
          : realNumber('--weight-decay', options.weightDecay, { from: 0 }),
    },
    ...(options.sparsity === undefined ? {} : { sparsity: parseSparsity(options.sparsity) }),
    grey: subject.grey,
  };
}

function batchOf({ batch }: TrainingOptions, { examples, data }: TrainingSubject, method: Method): number {
  if (batch === undefined) return method === 'exact' ? examples : Math.min(100, examples);
  const size = wholeNumber('--batch', batch, 1);
  if (size > examples) {
    throw new OutsetError('cli.batch_larger_than_data', { data, batch: size, count: examples });
  }
  return size;
}

function negativeOf({ steps, temperatures, chains }: TrainingOptions, method: Method): NegativePhase {
  const many = steps === undefined ? 1 : wholeNumber('--steps', steps, 1);
  const own = chains === undefined ? {} : { chains: wholeNumber('--chains', chains, 1) };
  const refuse = (option: string, got: string, expected: string) =>
    new OutsetError('race.bad_option', { option, got, expected });
  if (chains !== undefined && (method === 'cd' || method === 'exact')) {
    throw refuse('--chains', chains, '--method pcd | pt');
  }
  if (temperatures !== undefined && method !== 'pt') {
    throw refuse('--temperatures', temperatures, '--method pt');
  }
  if (steps !== undefined && method === 'exact') throw refuse('--steps', steps, '--method cd | pcd | pt');
  switch (method) {
    case 'cd':
      return { name: 'cd', steps: many };
    case 'pcd':
      return { name: 'pcd', steps: many, ...own };
    case 'pt':
      return {
        name: 'parallel-tempering',
        steps: many,
        temperatures: temperatures === undefined ? 10 : wholeNumber('--temperatures', temperatures, 2),
        ...own,
      };
    case 'exact':
      return { name: 'exact' };
  }
}

function optimizerOf({ optimizer, momentum }: TrainingOptions, method: Method): RbmOptimizerSpec {
  const usual = method === 'exact' ? 'adam' : 'momentum';
  const name =
    optimizer === undefined ? usual : oneOf('--optimizer', optimizer, ['momentum', 'adam'] as const);
  if (name === 'adam') {
    if (momentum === undefined) return { name };
    throw new OutsetError('race.bad_option', {
      option: '--momentum',
      got: momentum,
      expected: '--optimizer momentum',
    });
  }
  if (momentum === undefined) {
    return method === 'cd'
      ? { name, initial: 0.5, final: 0.9, switchEpoch: 5 }
      : { name, initial: 0.5, final: 0.5, switchEpoch: 0 };
  }
  const parts = momentum.split(',').map((text) => realNumber('--momentum', text, { from: 0 }));
  if (parts.length > 2 || parts.some((value) => value >= 1)) {
    const expected = '0 <= x < 1, or two of them: 0.5,0.9';
    throw new OutsetError('race.bad_option', { option: '--momentum', got: momentum, expected });
  }
  return { name, initial: parts[0], final: parts[parts.length - 1], switchEpoch: parts.length === 1 ? 0 : 5 };
}

function usualRate(
  method: Method,
  optimizer: RbmOptimizerSpec,
  { visible, hidden }: TrainingSubject,
): number {
  const factor = (kind: UnitKind) =>
    kind === 'gaussian' ? 0.01 : kind === 'relu' || kind === 'nrelu' ? 0.1 : 1;
  const slower = Math.min(factor(visible.kind), factor(hidden.kind));
  if (method === 'exact') return 0.02 * slower;
  if (optimizer.name === 'adam') return 0.001;
  return (method === 'cd' ? 0.1 : 0.05) * slower;
}

function usualDecay(method: Method): number {
  return method === 'cd' ? 2e-4 : method === 'exact' ? 0 : 1e-4;
}

/** `0.05` or `0.05,0.01`: target of the mean activity, and how strongly it pulls. */
function parseSparsity(text: string): NonNullable<RbmTrainingSpec['sparsity']> {
  const [target, cost = 0.1, ...rest] = text
    .split(',')
    .map((part) => realNumber('--sparsity', part, { above: 0 }));
  if (rest.length > 0 || target >= 1) {
    const expected = '0 < target < 1, or target,cost: 0.05,0.01';
    throw new OutsetError('race.bad_option', { option: '--sparsity', got: text, expected });
  }
  return { target, cost, decay: 0.95 };
}

const hiddenKinds = ['bernoulli', 'spin', 'potts', 'gaussian', 'relu', 'nrelu'] as const;

/** Hidden units by name: `bernoulli`, `nrelu`, `potts(4)` (units of 4 states each). */
export function parseHiddenUnits(count: number, text: string): UnitSpec {
  const match = /^\s*([a-z]+)\s*(?:\(\s*(\d+)\s*\))?\s*$/.exec(text);
  const kind = oneOf('--hidden-units', match?.[1] ?? text, hiddenKinds);
  if (kind !== 'potts') {
    if (match?.[2] === undefined) return { kind, count };
    throw new OutsetError('race.bad_option', { option: '--hidden-units', got: text, expected: kind });
  }
  if (match?.[2] === undefined) {
    throw new OutsetError('race.bad_option', { option: '--hidden-units', got: text, expected: 'potts(4)' });
  }
  return { kind, count, states: wholeNumber('--hidden-units', match[2], 2) };
}
