import { type Finding, type FindingCode, severities } from '../diagnosis.ts';

/** What follows from a cause, and is not said beside it. */
const consequences: Partial<Record<FindingCode, readonly FindingCode[]>> = {
  'zero-symmetry': [
    ...([
      'forward-vanishing',
      'backward-vanishing',
      'correlation-collapse',
      'dead-relu',
      'constant-symmetry',
    ] as const),
    ...(['update-ratio', 'normalization-after-zero', 'unstable-fixed-point', 'shared-seed'] as const),
  ],
  'constant-symmetry': [
    ...(['forward-vanishing', 'forward-exploding', 'backward-vanishing', 'backward-exploding'] as const),
    ...(['correlation-collapse', 'saturation', 'dead-relu', 'logits-too-large', 'output-unscaled'] as const),
    ...(['chaos', 'backward-exploding-behind-unit-variance', 'update-ratio', 'half-overflow'] as const),
    ...(['unstable-fixed-point', 'shared-seed', 'learning-rate-too-large', 'residual-growth'] as const),
  ],
  'bias-too-large': ['correlation-collapse', 'saturation', 'dead-relu', 'forward-exploding'],
  'residual-growth': ['forward-exploding', 'logits-too-large', 'backward-exploding', 'half-overflow'],
  'output-unscaled': ['logits-too-large'],
  'forward-vanishing': ['backward-vanishing', 'correlation-collapse', 'unstable-fixed-point', 'update-ratio'],
  'forward-exploding': [
    ...(['backward-exploding', 'chaos', 'logits-too-large', 'output-unscaled', 'half-overflow'] as const),
    ...(['learning-rate-too-large', 'update-ratio', 'unstable-fixed-point', 'saturation'] as const),
  ],
  chaos: ['backward-exploding', 'saturation', 'unstable-fixed-point'],
  saturation: ['backward-vanishing'],
  'dead-relu': ['backward-vanishing'],
  'normalization-after-zero': ['forward-vanishing'],
};

/** Findings about the start, which a trained network no longer has. */
const startOnly: ReadonlySet<FindingCode> = new Set<FindingCode>([
  ...(['wrong-truncation', 'fan-swapped', 'fan-groups', 'fan-transposed', 'logits-too-large'] as const),
  ...([
    'output-unscaled',
    'bias-too-large',
    'unstable-fixed-point',
    'correlation-collapse',
    'chaos',
  ] as const),
  ...(['backward-exploding-behind-unit-variance', 'saturation', 'dead-relu', 'residual-growth'] as const),
  ...(['forward-vanishing', 'forward-exploding', 'backward-vanishing', 'backward-exploding'] as const),
  ...(['update-ratio'] as const),
]);

/**
 * Leaves out what only follows from another finding, and puts the worst first: by severity, then by how sure it is. Of a
 * trained network only what harms it still is said.
 */
export function rankFindings(findings: readonly Finding[]): Finding[] {
  const codes = new Set(findings.map(({ code }) => code));
  if (codes.has('not-finite'))
    return findings.filter(({ code }) => code === 'not-finite' || code === 'trained');
  const heavy = new Map(findings.map(({ code, severity }) => [code, severities.indexOf(severity)]));
  const suppressed = new Set<FindingCode>();
  for (const { code, severity } of findings) {
    if (severity === 'note') continue;
    for (const consequence of consequences[code] ?? []) {
      // A mere warning does not hide an error that may have another cause.
      const isError = heavy.get(consequence) === severities.indexOf('error');
      if (severity === 'error' || !isError) suppressed.add(consequence);
    }
  }
  const isTrained = codes.has('trained');
  return findings
    .filter(({ code }) => !suppressed.has(code) && !(isTrained && startOnly.has(code)))
    .sort(
      (a, b) =>
        severities.indexOf(b.severity) - severities.indexOf(a.severity) || b.confidence - a.confidence,
    );
}
