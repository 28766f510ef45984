/** The two machines of chapter 4 as options of `outset rbm`, and the commands that repeat them. */
import { commandOf } from '../../../../src/cli/boltzmann/repeat-command.ts';
import { rbmSchema } from './state.ts';

/** What every run of `outset rbm` that is not told otherwise takes. */
const usual = { hiddenUnits: 'bernoulli', likelihood: 'auto' };

export function smallOptions({
  method,
  k,
  rate,
  seed,
}: {
  method: string;
  k: number;
  rate: string;
  seed: number;
}) {
  return {
    hidden: '4',
    method,
    ...(method === 'cd' && { steps: String(k) }),
    epochs: String(rbmSchema.updates.max),
    lr: rate,
    schedule: 'constant',
    optimizer: 'momentum',
    momentum: '0',
    weightDecay: '0',
    centered: false,
    weightStd: '0.1',
    seed: String(seed),
  };
}

export function smallCommand(input: Parameters<typeof smallOptions>[0]): string {
  const data = 'bars-and-stripes(rows=2,columns=3)';
  return commandOf('rbm', [data], { ...usual, ...smallOptions(input) });
}

export interface DigitsOrder {
  readonly hidden: string;
  readonly examples: string;
  readonly phase: string;
  readonly epochs: number;
  readonly seed: number;
}

export function digitsOptions({ hidden, phase, epochs, seed }: DigitsOrder) {
  return {
    hidden,
    method: phase,
    epochs: String(epochs),
    centered: true,
    weightStd: '0.01',
    seed: String(seed),
  };
}

export function digitsCommand(order: DigitsOrder): string {
  const data = `mnist(train=${order.examples},test=2000)`;
  return commandOf('rbm', [data], { ...usual, ...digitsOptions(order) });
}
