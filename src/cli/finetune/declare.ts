import type { Command } from 'commander';
import type { Language } from '../../messages/index.ts';
import { boltzmannCliLabels } from '../../messages/labels/boltzmann-cli.ts';
import { examples, type Say, subcommand, typedOptions } from '../subcommand.ts';
import type { FinetuneOptions } from './options.ts';

/** `outset finetune`: options and help. */
export function declareFinetune(program: Command, language: Language, say: Say): void {
  const text = (name: keyof typeof boltzmannCliLabels) => boltzmannCliLabels[name][language]({});
  const command = subcommand(program, 'finetune', say)
    .description(text('finetune'))
    .argument('[model]', text('model'))
    .argument('[data]', text('data'))
    .option('--labels <count>', text('labels'))
    .option('--autoencoder', text('autoencoder'))
    .option('--start <name>', text('rivals'), (value: string, before: string[] | undefined) => [
      ...(before ?? []),
      value,
    ])
    .option('--dropout <rate>', text('dropout'))
    .option('--label-smoothing <share>', say('raceLabelSmoothing'))
    .option('--optimizer <name>', say('raceOptimizer'), 'adam')
    .option('--lr <rate>', text('finetuneRate'))
    .option('--weight-decay <value>', say('raceWeightDecay'), '0')
    .option('--schedule <name>', say('raceSchedule'), 'cosine')
    .option('--batch <size>', text('batch'), '100')
    .option('--epochs <count>', text('finetuneEpochs'))
    .option('--patience <epochs>', say('racePatience'))
    .option('--validation <count>', say('raceValidation'))
    .option('--seed <number>', say('raceSeed'), '0')
    .option('--seeds <count|list>', say('raceSeeds'), '1')
    .option('--threads <count>', text('threads'))
    .option('-o, --output <file>', text('netOutput'))
    .option('--out <folder>', say('raceOut'))
    .option('--resume <folder>', text('resume'))
    .option('--json', say('raceJson'))
    .addHelpText(
      'after',
      examples(say, [
        'outset finetune dbn.safetensors mnist --labels 1000',
        'outset finetune dbn.safetensors mnist --dropout 0.5 --seeds 3 -o net.onnx',
        'outset finetune encoder.safetensors mnist --autoencoder -o autoencoder.safetensors',
        'outset finetune --resume runs/finetune-2026-11-24T04-05-06',
      ]),
    );
  command.action(async (model: string | undefined, data: string | undefined, options: FinetuneOptions) => {
    const { runFinetuneCommand } = await import('./command.ts');
    const given = { ...(model !== undefined && { model }), ...(data !== undefined && { data }) };
    const explicit = new Set([...typedOptions(command), ...Object.keys(given)]);
    process.exitCode = await runFinetuneCommand({ ...options, ...given }, explicit, language);
  });
}
