import type { Finding } from '../diagnosis.ts';
import { crossingConfidence } from './confidence.ts';
import type { Examination } from './examination.ts';

/** Root mean square of a standardized input is 1; beyond these factors it is said, and is an error. */
const note = 2.5;
const bounds = { warning: 5, error: 50 } as const;

/** Inputs far from mean 0 and standard deviation 1. Whole numbers that select rows are no such inputs; neither is noise. */
export function inputFindings({ measurement, subject }: Examination): Finding[] {
  if (measurement.data === 'noise') return [];
  const found = measurement.inputs.flatMap(({ name, distribution }) => {
    const { mean, std } = distribution;
    const isNumber = subject.inputs.find((input) => input.name === name)?.categories === undefined;
    if (!isNumber || mean === null || std === null) return [];
    const size = Math.hypot(mean, std);
    const far = Math.max(size, size === 0 ? 1 : 1 / size);
    return far > note ? [{ mean, std, far, size }] : [];
  });
  const [worst] = found.sort((a, b) => b.far - a.far);
  if (worst === undefined) return [];
  const severity = worst.far > bounds.error ? 'error' : worst.far > bounds.warning ? 'warning' : 'note';
  const threshold = severity === 'note' ? note : bounds[severity];
  return [
    {
      code: 'input-not-standardized',
      layers: [],
      severity,
      confidence: crossingConfidence(worst.far, threshold, 0.05),
      evidence: [
        { quantity: 'input-mean', measured: worst.mean },
        { quantity: 'input-std', measured: worst.std },
        {
          quantity: 'input-size',
          measured: worst.size,
          predicted: 1,
          threshold: worst.size > 1 ? threshold : 1 / threshold,
        },
      ],
      prescription: worst.std > 0 ? { kind: 'input-scaling', mean: worst.mean, std: worst.std } : null,
    },
  ];
}
