/** Options that say where, not what. */
const places: readonly string[] = ['data', 'out', 'output', 'resume', 'json', 'lang', 'threads'];

/** What commander fills in where nothing was typed. */
const usual: Readonly<Record<string, unknown>> = {
  hiddenUnits: 'bernoulli',
  weightStd: '0.01',
  likelihood: 'auto',
  seed: '0',
  centered: true,
  upward: 'samples',
};

/** The command that repeats a run, with every option that differs from its default. */
export function commandOf(command: string, data: string, options: object): string {
  const parts = [`outset ${command} ${quote(data)}`];
  for (const [name, value] of Object.entries(options) as [string, unknown][]) {
    if (places.includes(name) || value === undefined || value === usual[name]) continue;
    const option = name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    if (value === false) parts.push(`--no-${option}`);
    else if (value === true) parts.push(`--${option}`);
    else parts.push(`--${option} ${quote(String(value))}`);
  }
  return parts.join(' ');
}

/** Quotes an argument for a POSIX shell where it needs it. */
export function quote(text: string): string {
  return /^[\w.,:/=+-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
