import { styleAt } from '../figures/palette.ts';

const surfaces = {
  light: {
    paper: '#ffffff',
    ink: '#1b1f24',
    muted: '#57606a',
    grid: '#e4e7eb',
    panel: '#f6f8fa',
    link: '#0969da',
    warn: '#9a4a00',
  },
  dark: {
    paper: '#0d1117',
    ink: '#e6edf3',
    muted: '#9aa4af',
    grid: '#2a313a',
    panel: '#161b22',
    link: '#58a6ff',
    warn: '#f0a35e',
  },
} as const;

/** Custom properties of a colour scheme: `--paper`, `--ink`, ... and `--start-0`, `--start-1`, ... */
export function schemeProperties(name: 'light' | 'dark', starts: number): string {
  return [
    ...Object.entries(surfaces[name]).map(([key, value]) => `--${key}:${value}`),
    ...Array.from({ length: starts }, (_, i) => `--start-${i}:${styleAt(i)[name]}`),
  ].join(';');
}

/** Custom properties for both colour schemes, as the reader's system chooses. */
export function colorProperties(starts: number): string {
  return `:root{color-scheme:light dark;${schemeProperties('light', starts)}}@media (prefers-color-scheme:dark){:root{${schemeProperties('dark', starts)}}}`;
}
