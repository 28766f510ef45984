/** A race as the page asks for it, as the library's plain spec, and as the command that repeats it. */
import { repeatCommand } from '../../../../src/cli/race/repeat-command.ts';
import type { Dataset } from '../../../../src/data/dataset.ts';
import { parseNetwork } from '../../../../src/network/shorthand.ts';
import type { RaceSpec } from '../../../../src/race/result.ts';
import type { StateOf } from '../../state/address.ts';
import type { raceSchema } from './state.ts';

export type RaceState = StateOf<typeof raceSchema>;

/** What a race is made of besides what is looked at. */
export type RaceOrder = Omit<RaceState, 'look' | 'when'> & {
  /** The reader's own table. */
  readonly own: { readonly name: string; readonly bytes: Uint8Array } | null;
};

/** The data in the words of the command line. */
export function dataText({
  data,
  size,
  own,
}: Pick<RaceOrder, 'data' | 'size'> & { own: { name: string } | null }) {
  if (data === 'own') return own?.name ?? '';
  if (data === 'xor') return 'xor(count=1000)';
  if (data === 'spirals') return data;
  return size === 'all' ? data : `${data}(train=10000,test=2000)`;
}

/** The spec of a race on a data set; everything that decides its numbers. */
export function raceSpec(order: RaceOrder, dataset: Dataset): RaceSpec {
  const { task, exampleDims } = dataset;
  const outputs =
    task.kind === 'classification' ? task.classes.length : task.kind === 'regression' ? task.outputs : 1;
  return {
    data: dataText(order),
    preprocessing: 'none',
    network: parseNetwork(networkText(order), { input: [...exampleDims], outputs }),
    starts: order.starts,
    stream: 'threefry',
    training: {
      loss: task.kind === 'regression' ? 'mean-squared-error' : 'softmax-cross-entropy',
      optimizer: { name: order.optimizer },
      learningRate: Number(order.rate),
      schedule: { name: 'constant' },
      batchSize: Number(order.batch),
      epochs: order.epochs,
    },
    seeds: Array.from({ length: order.seeds }, (_, i) => order.seed + i),
  };
}

/** The hidden layers, in the shorthand of the command line. */
export function networkText({
  depth,
  width,
  activation,
}: Pick<RaceOrder, 'depth' | 'width' | 'activation'>): string {
  return `${Array.from({ length: depth }, () => width).join('-')}:${activation}`;
}

/** The command that repeats a race. */
export function raceCommand(order: RaceOrder, spec: RaceSpec): string {
  const options = {
    data: spec.data,
    network: networkText(order),
    schedule: 'constant',
    seeds: String(order.seeds),
  };
  return repeatCommand(spec, options as Parameters<typeof repeatCommand>[1], []);
}
