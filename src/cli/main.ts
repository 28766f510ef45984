#!/usr/bin/env node
import { CommanderError } from 'commander';
import { OutsetError } from '../messages/index.ts';
import { exitCodes } from './exit-codes.ts';
import { chooseLanguage } from './language.ts';
import { packageVersion } from './package-version.ts';
import { createProgram, toIssue } from './program.ts';

/** Runs the command line; errors become one sentence on standard error (or one JSON line with `--json`) and a code. */
async function main(args: readonly string[]): Promise<void> {
  let language = chooseLanguage([], process.env);
  try {
    language = chooseLanguage(args, process.env);
    const program = createProgram(language, packageVersion());
    try {
      if (args.length === 0) program.outputHelp();
      else await program.parseAsync(args, { from: 'user' });
    } catch (error) {
      if (!(error instanceof CommanderError)) throw error;
      const issue = toIssue(error, program, args);
      if (issue !== undefined) throw issue;
    }
  } catch (error) {
    const issue =
      error instanceof OutsetError
        ? error
        : new OutsetError(
            'cli.unexpected',
            { reason: error instanceof Error ? error.message : String(error) },
            { cause: error },
          );
    if (args.includes('--json'))
      process.stdout.write(`${JSON.stringify({ event: 'error', ...issue.toJSON() })}\n`);
    process.stderr.write(`outset: ${issue.text(language)}\n`);
    if (issue.code === 'cli.unexpected' && error instanceof Error)
      process.stderr.write(`${error.stack ?? ''}\n`);
    process.exitCode = exitCodes[issue.kind];
  }
}

// A reader that has seen enough (`outset starts | head`) is no error.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit(0);
  });
}

await main(process.argv.slice(2));
