import type { Command } from 'commander';
import type { boltzmannCliLabels } from '../../messages/labels/boltzmann-cli.ts';

/** Options that say how an RBM is trained; `rbm` and `pretrain` share them. */
export function declareTraining(
  command: Command,
  text: (name: keyof typeof boltzmannCliLabels) => string,
  usual: {
    readonly method: string;
    readonly grey: string;
    readonly epochs: 'epochs' | 'layerEpochs';
  },
): Command {
  const withUsual = (name: keyof typeof boltzmannCliLabels, value: string) =>
    `${text(name)} (${text('usual')}: ${value})`;
  return command
    .option('--method <name>', withUsual('method', usual.method))
    .option('--steps <k>', withUsual('steps', '1'))
    .option('--temperatures <count>', text('temperatures'))
    .option('--chains <count>', text('chains'))
    .option('--epochs <count>', text(usual.epochs))
    .option('--lr <rate>', text('learningRate'))
    .option('--schedule <name>', text('schedule'))
    .option('--batch <size>', withUsual('batch', '100'))
    .option('--optimizer <name>', text('optimizer'))
    .option('--momentum <value>', text('momentum'))
    .option('--weight-decay <value>', text('weightDecay'))
    .option('--l1 <value>', text('l1'))
    .option('--sparsity <target>', text('sparsity'))
    .option('--no-centered', text('notCentered'))
    .option('--grey <convention>', withUsual('grey', usual.grey));
}
