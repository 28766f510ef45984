import { existsSync } from 'node:fs';
import path from 'node:path';
import { type Language, OutsetError } from '../../messages/index.ts';
import { labCliLabels } from '../../messages/labels/lab-cli.ts';
import { shownPath } from '../shown-path.ts';
import { engineFolder, pagesFolder } from './site-files.ts';
import { serveSite } from './site-server.ts';

export interface LabOptions {
  readonly port: string;
  readonly host: string;
}

/** `outset lab`: serves the built pages until it is stopped. */
export async function runLabCommand(options: LabOptions, language: Language): Promise<void> {
  const port = /^\d{1,5}$/.test(options.port) ? Number(options.port) : Number.NaN;
  if (!(port <= 65_535)) throw new OutsetError('lab.bad_port', { got: options.port });
  if (!existsSync(path.join(pagesFolder, 'index.html'))) {
    throw new OutsetError('lab.not_built', { folder: shownPath(pagesFolder) });
  }
  const server = await serveSite(pagesFolder, options.host, port);
  const address = `${server.address}${language}/`;
  process.stdout.write(`${labCliLabels.listening[language]({ address })}\n`);
  if (engineFolder() === undefined) process.stderr.write(`${labCliLabels.withoutEngine[language]({})}\n`);
  await new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
  await server.close();
}
