import type { Command } from 'commander';
import type { Language } from '../../messages/index.ts';
import { boltzmannCliLabels } from '../../messages/labels/boltzmann-cli.ts';
import { declareTraining } from '../boltzmann/declare-training.ts';
import { examples, type Say, subcommand, typedOptions } from '../subcommand.ts';
import type { RbmOptions } from './options.ts';

/** `outset rbm`: options and help. */
export function declareRbm(program: Command, language: Language, say: Say): void {
  const text = (name: keyof typeof boltzmannCliLabels) => boltzmannCliLabels[name][language]({});
  const command = subcommand(program, 'rbm', say)
    .description(text('rbm'))
    .argument('[data]', text('data'))
    .option('--hidden <count>', text('hidden'))
    .option('--visible <kind>', text('visible'))
    .option('--hidden-units <kind>', text('hiddenUnits'), 'bernoulli');
  declareTraining(command, text, { method: 'pcd', grey: 'sampled', epochs: 'epochs' })
    .option('--weight-std <value>', text('weightStd'), '0.01')
    .option('--likelihood <method>', text('likelihood'), 'auto')
    .option('--seed <number>', text('seed'), '0')
    .option('--threads <count>', text('threads'))
    .option('-o, --output <file>', text('rbmOutput'))
    .option('--out <folder>', text('out'))
    .option('--resume <folder>', text('resume'))
    .option('--json', say('raceJson'))
    .addHelpText(
      'after',
      examples(say, [
        'outset rbm mnist',
        'outset rbm mnist --hidden 500 --method pcd --likelihood ais -o rbm.safetensors',
        'outset rbm bars-and-stripes --hidden 12 --method exact',
        'outset rbm "digits.npz(test=0.1)" --visible gaussian --hidden-units nrelu --method cd',
        'outset rbm --resume runs/rbm-2026-11-24T04-05-06',
      ]),
    );
  command.action(async (data: string | undefined, options: RbmOptions) => {
    const { runRbmCommand } = await import('./command.ts');
    const asked = data === undefined ? options : { ...options, data };
    const typed = typedOptions(command);
    process.exitCode = await runRbmCommand(
      asked,
      data === undefined ? typed : new Set([...typed, 'data']),
      language,
    );
  });
}
