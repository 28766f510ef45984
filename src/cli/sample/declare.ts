import type { Command } from 'commander';
import type { Language } from '../../messages/index.ts';
import { boltzmannCliLabels } from '../../messages/labels/boltzmann-cli.ts';
import { examples, type Say, subcommand } from '../subcommand.ts';
import type { SampleOptions } from './options.ts';

/** `outset sample`: options and help. */
export function declareSample(program: Command, language: Language, say: Say): void {
  const text = (name: keyof typeof boltzmannCliLabels) => boltzmannCliLabels[name][language]({});
  subcommand(program, 'sample', say)
    .description(text('sample'))
    .argument('[model]', text('model'))
    .option('--digit <name>', text('digit'))
    .option('--label <name>', text('label'))
    .option('--count <number>', text('count'))
    .option('--steps <number>', text('gibbsSteps'), '500')
    .option('--seed <number>', text('seed'), '0')
    .option('--threads <count>', text('threads'))
    .option('-o, --output <file>', text('sampleOutput'), 'samples.png')
    .option('--json', say('raceJson'))
    .addHelpText(
      'after',
      examples(say, [
        'outset sample dbn.safetensors --digit 7 -o sevens.png',
        'outset sample dbn.safetensors -o dreams.png',
        'outset sample rbm.safetensors --count 1000 --steps 2000 -o samples.npz',
      ]),
    )
    .action(async (model: string | undefined, options: SampleOptions) => {
      const { runSampleCommand } = await import('./command.ts');
      process.exitCode = await runSampleCommand(model, options, language);
    });
}
