import type { Diagnosis } from '../../doctor/diagnosis.ts';
import type { LayerMeasurement } from '../../doctor/measurement.ts';
import { doctorReportLabels as labels } from '../../messages/labels/doctor-report.ts';
import type { Distribution } from '../../training/trace.ts';
import { type Localized, localized, verbatim } from '../figures/figure.ts';
import { formatNumber } from '../figures/number-format.ts';
import { framed } from '../html/figure-markup.ts';
import { dataTable, escaped, paragraphs, say } from '../html/markup.ts';
import { histogramSvg, plainText } from '../svg/histogram-svg.ts';
import { foldLayers, type LayerRange } from './layer-ranges.ts';
import { layerTable } from './layer-table.ts';
import { type LayerValues, layerValues } from './layer-values.ts';
import { layerNames } from './words.ts';

/** A page shows the distributions of no more layers than can be looked at. */
const mostHistograms = 6;

/** The layers, alike neighbours folded, and the distributions of those to blame. */
export function layersMarkup(diagnosis: Diagnosis): string {
  const layers = layerValues(diagnosis);
  const ranges = foldLayers(layers).map((range) => rangeMarkup(range));
  return (
    paragraphs([localized(labels.layersExplained, {})]) +
    `<div class="ranges">${ranges.join('')}</div>` +
    worstMarkup(layers)
  );
}

/** One line for a range; the numbers of its layers unfold. */
function rangeMarkup({ layers }: LayerRange): string {
  const [first] = layers;
  const last = layers[layers.length - 1];
  const name = layers.length === 1 ? verbatim(first.name) : layerNames(layers.map((layer) => layer.name));
  const ends = (value: (layer: LayerValues) => number | null) => {
    const [from, to] = [formatNumber(value(first), 2), formatNumber(value(last), 2)];
    return from === to ? from : `${from} → ${to}`;
  };
  const facts: [Localized, string][] = [
    [verbatim(`${first.type}, ${first.activation}`), `${first.fanIn} → ${first.fanOut}`],
    [localized(labels.weightColumn, {}), ends(({ measured }) => measured?.weights.std ?? null)],
    [localized(labels.forwardColumn, {}), ends(({ forward }) => forward.measured)],
    [localized(labels.backwardColumn, {}), ends(({ backward }) => backward.measured)],
  ];
  const mark = first.severity === null ? '' : ` ${first.severity}`;
  const badge =
    first.severity === null
      ? ''
      : ` <a class="badge ${first.severity}" href="#finding-${first.findings[0] + 1}">${say(localized(labels.severity, { severity: first.severity }))}</a>`;
  return (
    `<details class="range${mark}"><summary><span class="range-name">${say(name)}</span>` +
    `<span class="range-facts">${facts.map(([label, value]) => `<span><small>${say(label)}</small> ${escaped(value)}</span>`).join('')}</span></summary>` +
    `${badge === '' ? '' : `<p>${badge}</p>`}<div class="scroll" tabindex="0" role="region" aria-label="${escaped(name.en)}">${dataTable(layerTable(layers))}</div></details>`
  );
}

function worstMarkup(layers: readonly LayerValues[]): string {
  const blamed = layers
    .filter(({ severity }) => severity === 'error' || severity === 'warning')
    .sort((a, b) => a.findings[0] - b.findings[0] || a.depth - b.depth);
  const shown = spread(blamed, mostHistograms).flatMap(({ measured }) =>
    measured === null ? [] : [measured],
  );
  if (shown.length === 0) return '';
  const parts: [Localized, (layer: LayerMeasurement) => Distribution | null][] = [
    [localized(labels.weights, {}), ({ weights }) => weights],
    [localized(labels.preActivations, {}), ({ preActivations }) => preActivations],
    [localized(labels.activations, {}), ({ activations }) => activations],
    [localized(labels.gradients, {}), ({ gradients }) => gradients?.preActivations ?? null],
  ];
  const head = parts.map(([name]) => `<th scope="col">${say(name)}</th>`).join('');
  const rows = shown.map(
    (layer) =>
      `<tr style="--own:var(--start-0)"><th scope="row"><span class="name">${escaped(layer.layer)}</span></th>${parts
        .map(([, part]) => `<td>${cell(part(layer))}</td>`)
        .join('')}</tr>`,
  );
  return framed(
    {
      id: 'worst',
      title: localized(labels.worstHeading, {}),
      summary: localized(labels.worstSummary, { layers: shown.length }),
      notes: [],
      table: null,
    },
    `<div class="scroll" tabindex="0"><table class="histograms"><thead><tr><td>${say(localized(labels.layerColumn, {}))}</td>${head}</tr></thead><tbody>${rows.join('')}</tbody></table></div>`,
  );
}

/** First, last, and some between, in equal steps. */
function spread<Item>(items: readonly Item[], most: number): Item[] {
  if (items.length <= most) return [...items];
  return Array.from({ length: most }, (_, i) => items[Math.round((i * (items.length - 1)) / (most - 1))]);
}

function cell(distribution: Distribution | null): string {
  if (distribution === null || distribution.histogram.counts.length === 0) {
    return `<p class="none">${formatNumber(null)}</p>`;
  }
  return `<div class="pair"><div>${histogramSvg(distribution)}<p>${plainText(distribution).split(', ').join('<br>')}</p></div></div>`;
}
