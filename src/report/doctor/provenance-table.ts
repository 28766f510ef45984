import type { Diagnosis } from '../../doctor/diagnosis.ts';
import type { ParameterProvenance } from '../../doctor/measurement.ts';
import { doctorReportLabels as labels } from '../../messages/labels/doctor-report.ts';
import { type FigureTable, type Localized, localized, type TableCell, verbatim } from '../figures/figure.ts';
import { absent, formatNumber } from '../figures/number-format.ts';
import { layerNames, percent } from './words.ts';

const mostRows = 60;

/** Where the weights of a subject seem to come from. */
export interface ProvenanceTable {
  /** With the probability that the model has been trained. */
  readonly summary: Localized;
  /** Which initializer each parameter looks like; parameters with the same answer in one row. */
  readonly table: FigureTable;
  /** What is left out. */
  readonly notes: readonly Localized[];
}

export function provenanceTable({ measurement }: Diagnosis): ProvenanceTable {
  const groups = grouped(measurement.provenance);
  const shown = groups.slice(0, mostRows);
  return {
    summary: localized(labels.provenanceSummary, { trained: percent(measurement.trained.probability) }),
    table: {
      columns: [
        localized(labels.parameterColumn, {}),
        localized(labels.distributionColumn, {}),
        localized(labels.looksLikeColumn, {}),
        localized(labels.varianceColumn, {}),
      ],
      rows: shown.map(row),
    },
    notes:
      groups.length > mostRows ? [localized(labels.tooMany, { shown: mostRows, of: groups.length })] : [],
  };
}

interface Group {
  readonly parameters: string[];
  readonly one: ParameterProvenance;
}

function grouped(provenance: readonly ParameterProvenance[]): Group[] {
  const groups = new Map<string, Group>();
  for (const one of provenance) {
    const { distribution, candidates, exact } = one;
    const key = JSON.stringify([distribution, candidates.map(({ rule }) => rule), exact]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { parameters: [one.parameter], one });
    else group.parameters.push(one.parameter);
  }
  return [...groups.values()];
}

function row({ parameters, one }: Group): TableCell[] {
  const { distribution, weightVariance } = one;
  const names = parameters.length <= 3 ? verbatim(parameters.join(', ')) : manyNames(parameters);
  return [
    names,
    localized(labels.distribution, { distribution }),
    likeness(one),
    parameters.length === 1 ? weightVariance : verbatim(formatNumber(weightVariance)),
  ];
}

function manyNames(parameters: readonly string[]): Localized {
  const { en, ko } = layerNames(parameters);
  const count = parameters.length;
  return {
    en: en.replace(`(${count} layers)`, `(${count})`),
    ko: ko.replace(`(층 ${count}개)`, `(${count}개)`),
  };
}

function likeness({ exact, candidates, outlier }: ParameterProvenance): Localized {
  const rule =
    exact !== undefined
      ? localized(labels.exact, exact)
      : verbatim(
          candidates.length === 0
            ? absent
            : candidates
                .slice(0, 3)
                .map((one) => one.rule)
                .join(', '),
        );
  if (outlier === undefined) return rule;
  const extra = localized(labels.outlier, {
    ratio: formatNumber(outlier.ratio, 2),
    possible: formatNumber(outlier.possible, 2),
  });
  return { en: `${rule.en}; ${extra.en}`, ko: `${rule.ko}; ${extra.ko}` };
}
