import type { Command } from 'commander';
import type { Language } from '../../messages/index.ts';
import { doctorCliLabels } from '../../messages/labels/doctor-cli.ts';
import { examples, type Say, subcommand } from '../subcommand.ts';
import type { DoctorOptions } from './options.ts';

type Plain = Exclude<
  keyof typeof doctorCliLabels,
  'change' | 'fewer' | 'unchanged' | 'written' | 'report' | 'failed'
>;

/** `outset doctor`: options and help. */
export function declareDoctor(program: Command, language: Language, say: Say): void {
  const text = (name: Plain) => doctorCliLabels[name][language]({});
  subcommand(program, 'doctor', say)
    .description(text('doctor'))
    .argument('<model>', text('model'))
    .option('--data <name|file>', text('data'), 'noise')
    .option('--network <shorthand|file>', text('network'))
    .option('--start <name>', text('start'))
    .option('--optimizer <name>', text('optimizer'), 'adam')
    .option('--lr <rate>', text('rate'), '0.001')
    .option('--steps <count>', text('steps'), '3000')
    .option('--batch <size>', text('batch'), '256')
    .option('--fix', text('fix'))
    .option('-o, --output <file>', text('output'))
    .option('--full', text('full'))
    .option('--only-weights', text('onlyWeights'))
    .option('--fail-on <what>', text('failOn'))
    .option('--seed <number>', text('seed'), '0')
    .option('--out <folder>', text('out'))
    .option('--json', say('raceJson'))
    .addHelpText(
      'after',
      examples(say, [
        'outset doctor model.onnx',
        'outset doctor model.onnx --data mnist --fix -o mended.onnx',
        'outset doctor 784-128x50-10:tanh --start glorot-uniform --data fashion-mnist --out diagnosis',
        'outset doctor weights.safetensors --network 784-256-256-10:relu --optimizer sgd --lr 0.1',
        'outset doctor model.keras --fail-on will-not-learn',
      ]),
    )
    .action(async (model: string, options: DoctorOptions) => {
      const { runDoctorCommand } = await import('./command.ts');
      process.exitCode = await runDoctorCommand(model, options, language);
    });
}
