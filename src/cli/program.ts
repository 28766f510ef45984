import { Command, type CommanderError } from 'commander';
import { type Language, OutsetError } from '../messages/index.ts';
import { initLabels } from '../messages/labels/init.ts';
import { nearestNames } from '../messages/nearest.ts';
import { declareDoctor } from './doctor/declare.ts';
import { declareFinetune } from './finetune/declare.ts';
import type { InitOptions } from './init-command.ts';
import { declareLab } from './lab/declare.ts';
import { declarePretrain } from './pretrain/declare.ts';
import type { RaceOptions } from './race/options.ts';
import { declareRbm } from './rbm/declare.ts';
import { declareSample } from './sample/declare.ts';
import { examples, localized, type Say, sayIn, subcommand, typedOptions } from './subcommand.ts';

/**
 * The command line as data: commands, options, help in the given language. Each action loads its own code when it
 * runs, so that `--help` answers at once.
 */
export function createProgram(language: Language, version: string): Command {
  const say = sayIn(language);
  const program = localized(new Command('outset'), say)
    .description(say('program'))
    .version(version, '-V, --version', say('version'))
    .helpCommand('help [command]', say('helpCommand'))
    .addHelpText(
      'after',
      examples(say, [
        'outset race',
        'outset race --epochs 15 --seeds 3 --out runs/mnist',
        'outset race --data spirals --network 2-16-16-3:tanh --start zeros --start glorot-uniform',
        'outset init model.safetensors --rule he-normal -o start.safetensors',
        'outset doctor model.onnx --data mnist --fix -o mended.onnx',
        'outset rbm mnist',
        'outset starts he-normal',
        'outset lab',
      ]),
    );
  addRace(program, language, say);
  addInit(program, language, say);
  declareDoctor(program, language, say);
  declareRbm(program, language, say);
  declarePretrain(program, language, say);
  declareFinetune(program, language, say);
  declareSample(program, language, say);
  addStarts(program, language, say);
  addReport(program, language, say);
  declareLab(program, language, say);
  program.on('command:*', (operands: string[]) => {
    const names = program.commands.map((command) => command.name());
    throw new OutsetError('cli.unknown_command', {
      got: operands[0],
      near: nearestNames(operands[0], names),
    });
  });
  return program;
}

function addRace(program: Command, language: Language, say: Say): void {
  const race = subcommand(program, 'race', say)
    .description(say('race'))
    .option('--data <name|file>', say('raceData'), 'mnist')
    .option('--network <shorthand|file>', say('raceNetwork'))
    .option('--start <name>', say('raceStart'), append)
    .option('--optimizer <name>', say('raceOptimizer'), 'adam')
    .option('--lr <rate>', say('raceLearningRate'), '0.001')
    .option('--weight-decay <value>', say('raceWeightDecay'), '0')
    .option('--schedule <name>', say('raceSchedule'), 'constant')
    .option('--loss <name>', say('raceLoss'))
    .option('--label-smoothing <share>', say('raceLabelSmoothing'))
    .option('--batch <size>', say('raceBatch'), '100')
    .option('--epochs <count>', say('raceEpochs'), '15')
    .option('--patience <epochs>', say('racePatience'))
    .option('--validation <count>', say('raceValidation'))
    .option('--seed <number>', say('raceSeed'), '0')
    .option('--seeds <count|list>', say('raceSeeds'), '1')
    .option('--stream <dialect>', say('raceStream'), 'threefry')
    .option('--standardize', say('raceStandardize'))
    .option('--threads <count>', say('raceThreads'))
    .option('--out <folder>', say('raceOut'))
    .option('--resume <folder>', say('raceResume'))
    .option('--json', say('raceJson'))
    .addHelpText(
      'after',
      examples(say, [
        'outset race --epochs 15 --seeds 3',
        'outset race --data fashion-mnist --start lecture-normal --start glorot-uniform',
        'outset race --network 784-512-512-512-512-10:relu:dropout=0.3 --epochs 15',
        'outset race --data points.csv --network 2-16-16-2:tanh --start lsuv --start "normal(std=0.01)"',
        'outset race --resume runs/mnist',
      ]),
    );
  race.action(async (options: RaceOptions) => {
    const explicit = typedOptions(race);
    const { runRaceCommand } = await import('./race/command.ts');
    process.exitCode = await runRaceCommand(options, explicit, language);
  });
}

function addInit(program: Command, language: Language, say: Say): void {
  const text = (name: Exclude<keyof typeof initLabels, 'kept' | 'written'>) => initLabels[name][language]({});
  subcommand(program, 'init', say)
    .description(text('init'))
    .argument('[model]', text('model'))
    .option('--rule <[pattern=]rule>', text('rule'), append)
    .option('--like <name@seed>', text('like'))
    .option('-o, --out <file>', text('out'))
    .option('--activation <name>', text('activation'))
    .option('--seed <number>', text('seed'), '0')
    .option('--stream <dialect>', text('stream'), 'threefry')
    .option('--map <file>', text('map'))
    .option('--dry-run', text('dryRun'))
    .option('--list', text('list'))
    .option('--explain <rule>', text('explain'))
    .option('--json', text('json'))
    .addHelpText(
      'after',
      examples(say, [
        'outset init model.onnx --rule he-normal -o start.onnx',
        'outset init model.safetensors --rule orthogonal --activation relu --seed 7 -o start.safetensors',
        'outset init model.keras --rule "conv*=delta-orthogonal" --rule "*bias=zeros" -o start.keras',
        'outset init model.safetensors --like torch@42 -o start.safetensors',
        'outset init model.onnx --rule glorot-uniform --dry-run',
        'outset init --explain he-normal',
      ]),
    )
    .action(async (model: string | undefined, options: InitOptions) => {
      const { runInitCommand } = await import('./init-command.ts');
      await runInitCommand(model, options, language);
    });
}

function addStarts(program: Command, language: Language, say: Say): void {
  subcommand(program, 'starts', say)
    .description(say('starts'))
    .argument('[name]', say('startsName'))
    .option('--json', say('raceJson'))
    .addHelpText('after', examples(say, ['outset starts', 'outset starts he-normal']))
    .action(async (name: string | undefined, options: { json?: boolean }) => {
      const { runStartsCommand } = await import('./starts-command.ts');
      runStartsCommand(name, options.json === true, language);
    });
}

function addReport(program: Command, language: Language, say: Say): void {
  subcommand(program, 'report', say)
    .description(say('report'))
    .argument('<result>', say('reportResult'))
    .option('--out <file>', say('reportOut'))
    .option('--svg <file>', say('reportSvg'))
    .addHelpText(
      'after',
      examples(say, ['outset report runs/mnist --lang ko', 'outset report runs/mnist --svg race.svg']),
    )
    .action(async (result: string, options: { out?: string; svg?: string }) => {
      const { runReportCommand } = await import('./report-command.ts');
      await runReportCommand(result, options, language);
    });
}

function append(value: string, previous: string[] | undefined): string[] {
  return [...(previous ?? []), value];
}

/** Commander's own errors as issues of ours; undefined for those that are not errors (help and version shown). */
export function toIssue(
  error: CommanderError,
  program: Command,
  args: readonly string[],
): OutsetError | undefined {
  if (error.exitCode === 0) return undefined;
  const command = program.commands.find((candidate) => args.includes(candidate.name())) ?? program;
  if (error.code === 'commander.unknownOption') {
    const got = /'([^']+)'/.exec(error.message)?.[1] ?? '';
    const known = command.options.map((option) => option.long ?? '').filter((long) => long !== '');
    return new OutsetError('cli.unknown_option', {
      got,
      near: nearestNames(got, known),
      command: command === program ? '' : command.name(),
    });
  }
  return new OutsetError('cli.bad_arguments', { reason: error.message.replace(/^error: /, '') });
}
