import { type Language, OutsetError } from '../../messages/index.ts';
import { boltzmannRunLabels as labels } from '../../messages/labels/boltzmann-run.ts';
import { checkSameOptions, type RunCommand, RunFolder } from '../run-folder.ts';
import type { StatusView } from '../status-view.ts';
import { openRunData } from './open-run-data.ts';
import type { RunData } from './run-data.ts';

/** What every command of this kind takes. */
export interface RunOptions {
  /** The argument. */
  readonly data?: string;
  readonly out?: string;
  readonly resume?: string;
}

export interface OpenedRun<Options, Plan> {
  readonly folder: RunFolder<Options, Plan>;
  /** As they were typed when the run began. */
  readonly options: Options;
  readonly plan: Plan;
  readonly data: RunData;
  readonly resumed: boolean;
}

/**
 * Plans a run and makes its folder, or reopens one with `--resume` and sees that nothing contradicts it.
 * @param explicit names of the options that were typed
 * @throws cli.argument_missing, cli.nothing_to_resume, cli.resume_differs, cli.output_in_use, and what `plan` throws
 */
export async function openRun<Options extends RunOptions, Plan extends { readonly data: string }>(
  command: RunCommand,
  options: Options,
  explicit: ReadonlySet<string>,
  plan: (options: Options, data: RunData) => Plan,
  language: Language,
  view: StatusView,
): Promise<OpenedRun<Options, Plan>> {
  const folder = new RunFolder<Options, Plan>(command, options.resume ?? options.out);
  const before = options.resume === undefined ? undefined : folder.open();
  if (before !== undefined) {
    checkSameOptions(folder.path, explicit, options, before.options);
  }
  const name = before?.plan.data ?? options.data;
  if (name === undefined) {
    throw new OutsetError('cli.argument_missing', { name: 'DATA', example: `outset ${command} mnist` });
  }
  view.note(labels.reading[language]({ data: name }));
  const data = await openRunData(name, language);
  const { digest } = data.dataset;
  if (before !== undefined) {
    if (before.dataDigest !== digest) {
      const details = { folder: folder.path, what: 'data', before: before.dataDigest, after: digest };
      throw new OutsetError('cli.resume_differs', details);
    }
    return { folder, options: before.options, plan: before.plan, data, resumed: true };
  }
  const planned = plan(options, data);
  await folder.create({ options, plan: planned, dataDigest: digest });
  return { folder, options, plan: planned, data, resumed: false };
}
