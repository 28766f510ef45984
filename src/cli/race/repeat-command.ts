import type { RaceSpec } from '../../race/result.ts';
import type { RaceOptions } from './options.ts';

/** The command that repeats a race, with every option that differs from its default. */
export function repeatCommand(
  spec: RaceSpec,
  options: RaceOptions,
  defaultStarts: readonly string[],
): string {
  const { training } = spec;
  const parts = ['outset race'];
  const add = (option: string, value: string | number, usual: string | number) => {
    if (String(value) !== String(usual)) parts.push(`${option} ${quote(String(value))}`);
  };
  add('--data', spec.data, 'mnist');
  if (options.network !== undefined) parts.push(`--network ${quote(options.network)}`);
  if (spec.starts.join() !== defaultStarts.join())
    parts.push(...spec.starts.map((start) => `--start ${quote(start)}`));
  add('--optimizer', training.optimizer.name, 'adam');
  add('--lr', training.learningRate, 0.001);
  add('--weight-decay', training.optimizer.weightDecay ?? 0, 0);
  add('--schedule', options.schedule, 'constant');
  if (options.loss !== undefined) parts.push(`--loss ${training.loss}`);
  add('--label-smoothing', training.labelSmoothing ?? 0, 0);
  add('--batch', training.batchSize, 100);
  add('--epochs', training.epochs, 15);
  if (spec.earlyStopping !== undefined) {
    parts.push(`--patience ${spec.earlyStopping.patience}`, `--validation ${spec.earlyStopping.validation}`);
  }
  if (options.seeds.includes(',')) parts.push(`--seeds ${spec.seeds.join(',')}`);
  else {
    add('--seed', spec.seeds[0], 0);
    add('--seeds', spec.seeds.length, 1);
  }
  add('--stream', spec.stream, 'threefry');
  if (spec.preprocessing === 'standardize') parts.push('--standardize');
  return parts.join(' ');
}

/** Quotes an argument for a POSIX shell where it needs it. */
function quote(text: string): string {
  return /^[\w.,:/=+-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
