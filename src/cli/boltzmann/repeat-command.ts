/** Options that say where, not what. */
const places: readonly string[] = ['model', 'data', 'out', 'output', 'resume', 'json', 'lang', 'threads'];

/** What commander fills in where nothing was typed. */
const usual = {
  rbm: { hiddenUnits: 'bernoulli', weightStd: '0.01', likelihood: 'auto', seed: '0', centered: true },
  pretrain: { upward: 'samples', weightStd: '0.01', seed: '0', centered: true },
  finetune: {
    optimizer: 'adam',
    weightDecay: '0',
    schedule: 'cosine',
    batch: '100',
    seed: '0',
    seeds: '1',
  },
} as const satisfies Record<string, Readonly<Record<string, unknown>>>;

/** The command that repeats a run, with every option that differs from its default. */
export function commandOf(command: keyof typeof usual, names: readonly string[], options: object): string {
  const defaults: Readonly<Record<string, unknown>> = usual[command];
  const parts = [`outset ${[command, ...names.map(quote)].join(' ')}`];
  for (const [name, value] of Object.entries(options) as [string, unknown][]) {
    if (places.includes(name) || value === undefined || value === defaults[name]) continue;
    const option = name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    if (value === false) parts.push(`--no-${option}`);
    else if (value === true) parts.push(`--${option}`);
    else if (Array.isArray(value)) parts.push(...value.map((one) => `--${option} ${quote(String(one))}`));
    else parts.push(`--${option} ${quote(String(value))}`);
  }
  return parts.join(' ');
}

/** Quotes an argument for a POSIX shell where it needs it. */
export function quote(text: string): string {
  return /^[\w.,:/=+-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
