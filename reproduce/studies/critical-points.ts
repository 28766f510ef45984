/** The critical points that papers name, found by quadrature and root finding. */
import { type ActivationFunctionName, criticalPoint } from '../../src/initializers/index.ts';
import { asymptotics } from '../../src/theory/index.ts';
import type { Study, StudyRow } from './study.ts';

interface Found {
  readonly what: string;
  readonly published: number;
  readonly tolerance: number;
  readonly measured: number;
}

const weightPoints: readonly (readonly [ActivationFunctionName, number, number])[] = [
  ['tanh', 0.05, 1.76095],
  ['tanh', 2.01e-5, 1.05],
  ['tanh', 0.01, 1.42421],
  ['erf', 0.05, 1.37584],
  ['hard-tanh', 0.05, 1.16546],
  ['softsign', 0.05, 3.14124],
];
/** Weight variance and depth scale of the correlation of tanh with biases of 0.05. */
const depthScales = [
  [1, 3.63],
  [1.5, 15.8],
  [1.7, 74.9],
  [2, 25.2],
  [4, 6.98],
] as const;

async function runPart(): Promise<Found[]> {
  const half = [
    ['gelu', 1.98305826, 0.17292239],
    ['silu', 1.98800468, 0.55514317],
  ] as const;
  return [
    ...weightPoints.map(([activation, biasVariance, published]) => ({
      what: `${activation}, bias variance ${biasVariance}: critical weight variance`,
      published,
      tolerance: 1e-4,
      measured: criticalPoint(activation, biasVariance).weightVariance,
    })),
    ...half.flatMap(([activation, weights, biases]) => {
      const point = criticalPoint(activation);
      const tolerance = 1e-5;
      return [
        {
          what: `${activation}: half-stable weight variance`,
          published: weights,
          tolerance,
          measured: point.weightVariance,
        },
        {
          what: `${activation}: half-stable bias variance`,
          published: biases,
          tolerance,
          measured: point.biasVariance,
        },
      ];
    }),
    ...depthScales.map(([weightVariance, published]) => ({
      what: `tanh, biases 0.05, weights ${weightVariance}: depth scale of the correlation`,
      published,
      tolerance: 0.01 * published,
      measured: asymptotics({ activation: 'tanh', weightVariance, biasVariance: 0.05 }).depthScales
        .correlation,
    })),
  ];
}

export const criticalPointsStudy: Study = {
  name: 'critical-points',
  title: 'Critical points and depth scales',
  source:
    'Schoenholz et al. 2017; Pennington et al. 2017 (1.05 at 2.01e-5); Roberts, Yaida, Hanin 2022 (GELU, SiLU)',
  stages: [['points']],
  runPart,
  conclude: (parts) => ({
    rows: ((parts.get('points')?.data ?? []) as Found[]).map(
      ({ what, published, tolerance, measured }): StudyRow => ({
        what,
        published: '',
        bar: `${published} ± ${tolerance.toPrecision(1)}`,
        measured: measured.toPrecision(9),
        holds: Math.abs(measured - published) <= tolerance,
      }),
    ),
    notes: [
      '`criticalPoint` and `asymptotics`; nothing is drawn. The bars for tanh at 0.05 and 2.01e-5, GELU and SiLU are the numbers that the papers name; the others were computed with another program.',
    ],
  }),
};
