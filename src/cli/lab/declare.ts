import type { Command } from 'commander';
import type { Language } from '../../messages/index.ts';
import { labCliLabels } from '../../messages/labels/lab-cli.ts';
import { examples, type Say, subcommand } from '../subcommand.ts';
import type { LabOptions } from './command.ts';

/** Declares `outset lab`. */
export function declareLab(program: Command, language: Language, say: Say): void {
  const text = (name: 'lab' | 'port' | 'host') => labCliLabels[name][language]({});
  subcommand(program, 'lab', say)
    .description(text('lab'))
    .option('--port <number>', text('port'), '8017')
    .option('--host <address>', text('host'), '127.0.0.1')
    .addHelpText('after', examples(say, ['outset lab', 'outset lab --port 0 --lang ko']))
    .action(async (options: LabOptions) => {
      const { runLabCommand } = await import('./command.ts');
      await runLabCommand(options, language);
    });
}
