/** The starts for residual networks, as the registry knows them. */
import { choice, number } from '../initializers/catalogue/entry.ts';
import type { StartDefinition } from './definition.ts';
import { fixup, idInit, skipInit, zeroGamma } from './residual-starts.ts';

const facts = { family: 'residual', needsData: false } as const;
const base = choice('he-normal', ['he-normal', 'glorot-uniform', 'orthogonal', 'lecun-normal']);

export const residualDefinitions: readonly StartDefinition[] = [
  {
    ...facts,
    name: 'fixup',
    aliases: [],
    parameters: {},
    formula: 'W_m = 0, W_out = 0, W_l ~ He × L^(-1/(2m-2)), l < m; L blocks of m weights',
    source: 'Zhang et al. 2019, section 3, eq. 6',
    preserves: ['input', 'update'],
    build: (name) => fixup(name),
  },
  {
    ...facts,
    name: 'skipinit',
    aliases: ['rezero'],
    parameters: { alpha: number(0), base },
    formula: 'x + α F(x), α = alpha',
    source: 'De & Smith 2020, section 4; Bachlechner et al. 2021, eq. 2',
    preserves: ['input', 'forward', 'backward'],
    build: (name, { alpha, base: rule }) => skipInit({ name, alpha: Number(alpha), base: String(rule) }),
  },
  {
    ...facts,
    name: 'zero-gamma',
    aliases: ['zero-init-residual'],
    parameters: { base },
    formula: 'γ_last = 0 | W_last = 0',
    source: 'Goyal et al. 2017, section 5.1',
    preserves: ['input'],
    build: (name, { base: rule }) => zeroGamma({ name, base: String(rule) }),
  },
  {
    ...facts,
    name: 'idinit',
    aliases: [],
    parameters: { epsilon: number(1e-6, { from: 0 }) },
    formula: 'w[o, i] = 1 if o = i mod min(outputs, inputs); W_last × epsilon',
    source: 'Pan et al. 2025, sections 3.1 and 3.2',
    preserves: ['input'],
    build: (name, { epsilon }) => idInit({ name, epsilon: Number(epsilon) }),
  },
];
