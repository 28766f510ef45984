import path from 'node:path';

/** A path as a person in the current folder would write it. */
export function shownPath(file: string): string {
  const relative = path.relative(process.cwd(), path.resolve(file));
  return relative.startsWith(`..${path.sep}..`) ? path.resolve(file) : relative || '.';
}
