/** The parts of chapter 5 as options of the command line, and the commands that repeat them. */
import { commandOf } from '../../../../src/cli/boltzmann/repeat-command.ts';
import type { StateOf } from '../../state/address.ts';
import type { dbnSchema } from './state.ts';

type DbnState = StateOf<typeof dbnSchema>;

/** Everything that decides the numbers of a stack. */
export type StackOrder = Pick<DbnState, 'layers' | 'top' | 'epochs' | 'seed'>;

/** Everything that decides the numbers of a comparison, besides the stack. */
export type CompareOrder = Pick<DbnState, 'labels' | 'starts' | 'passes' | 'seeds' | 'seed'>;

export const stackData = 'mnist(train=10000,test=2000)';
/** What the commands call the file of the stack. */
export const modelFile = 'dbn.safetensors';

/** The stack as `outset pretrain` takes it; the top is trained with persistent chains, which makes better dreams. */
export function pretrainOptions({ layers, top, epochs, seed }: StackOrder) {
  const units = layers.split('-');
  return {
    data: stackData,
    layers: units.join(','),
    method: units.map((_, i) => (i === units.length - 1 ? 'pcd' : 'cd')).join(','),
    epochs: String(epochs),
    ...(top === 'labels' && { labelsAtTop: true }),
    centered: true,
    upward: 'samples',
    weightStd: '0.01',
    seed: String(seed),
  };
}

export function pretrainCommand(order: StackOrder): string {
  return `${commandOf('pretrain', [stackData], pretrainOptions(order))} -o ${modelFile}`;
}

/** Dreams that are drawn at a time: as many of each of ten classes where there are labels. */
export const dreams = 60;

export function sampleCommand({ top, seed }: StackOrder, steps: number): string {
  const count = top === 'labels' ? dreams / 10 : dreams;
  const parts = ['outset sample', modelFile, `--count ${count} --steps ${steps}`];
  if (seed !== 0) parts.push(`--seed ${seed}`);
  return `${parts.join(' ')} -o dreams.png`;
}

/** The comparison as `outset finetune` takes it; few labels get small batches, so that an epoch is ten updates. */
export function finetuneOptions({ labels, starts, passes, seeds, seed }: CompareOrder) {
  return {
    ...(labels !== '10000' && { labels }),
    start: [...starts],
    optimizer: 'adam',
    weightDecay: '0',
    schedule: 'cosine',
    lr: '0.002',
    batch: labels === '100' ? '10' : '100',
    epochs: String(passes),
    seed: String(seed),
    seeds: String(seeds),
  };
}

export function finetuneCommand(order: CompareOrder): string {
  return commandOf('finetune', [modelFile, stackData], finetuneOptions(order));
}
