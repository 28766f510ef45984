import type { Command } from 'commander';
import type { Language } from '../../messages/index.ts';
import { boltzmannCliLabels } from '../../messages/labels/boltzmann-cli.ts';
import { declareTraining } from '../boltzmann/declare-training.ts';
import { examples, type Say, subcommand, typedOptions } from '../subcommand.ts';
import type { PretrainOptions } from './options.ts';

/** `outset pretrain`: options and help. */
export function declarePretrain(program: Command, language: Language, say: Say): void {
  const text = (name: keyof typeof boltzmannCliLabels) => boltzmannCliLabels[name][language]({});
  const command = subcommand(program, 'pretrain', say)
    .description(text('pretrain'))
    .argument('[data]', text('data'))
    .option('--layers <units>', `${text('layers')} (${text('usual')}: 500,500,2000)`)
    .option('--visible <kind>', text('visible'));
  declareTraining(command, text, { method: 'cd', grey: 'grey', epochs: 'layerEpochs' })
    .option('--upward <what>', text('upward'), 'samples')
    .option('--labels-at-top', text('labelsAtTop'))
    .option('--up-down <epochs>', text('upDown'))
    .option('--weight-std <value>', text('weightStd'), '0.01')
    .option('--seed <number>', text('seed'), '0')
    .option('--threads <count>', text('threads'))
    .option('-o, --output <file>', text('dbnOutput'))
    .option('--out <folder>', text('out'))
    .option('--resume <folder>', text('resume'))
    .option('--json', say('raceJson'))
    .addHelpText(
      'after',
      examples(say, [
        'outset pretrain mnist --layers 500,500,2000 -o dbn.safetensors',
        'outset pretrain mnist --layers 1000,500,250,30:gaussian --epochs 20 -o encoder.safetensors',
        'outset pretrain mnist --layers 500,500,2000 --labels-at-top --up-down 30 -o dreamer.safetensors',
        'outset pretrain --resume runs/pretrain-2026-11-24T04-05-06',
      ]),
    );
  command.action(async (data: string | undefined, options: PretrainOptions) => {
    const { runPretrainCommand } = await import('./command.ts');
    const asked = data === undefined ? options : { ...options, data };
    const typed = typedOptions(command);
    const explicit = data === undefined ? typed : new Set([...typed, 'data']);
    process.exitCode = await runPretrainCommand(asked, explicit, language);
  });
}
