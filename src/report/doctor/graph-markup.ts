import type { Diagnosis } from '../../doctor/diagnosis.ts';
import { doctorReportLabels as labels } from '../../messages/labels/doctor-report.ts';
import { localized, verbatim } from '../figures/figure.ts';
import { framed } from '../html/figure-markup.ts';
import { escaped } from '../html/markup.ts';
import { cutToPixels } from '../svg/text-pixels.ts';
import { type LayerValues, layerValues } from './layer-values.ts';
import { findingSentence } from './words.ts';

const box = { width: 92, height: 40, gapX: 16, gapY: 26 };
const columns = 8;
const marks = { error: '✗', warning: '!', note: '·' } as const;

/**
 * The layers as boxes in rows from the input to the output, framed by the worst finding of each; a bar under the boxes
 * marks the branch of a residual block. Boxes with a finding lead to it.
 */
export function graphMarkup(diagnosis: Diagnosis): string {
  const layers = layerValues(diagnosis);
  const blocks = diagnosis.subject.blocks ?? [];
  const rows = Math.ceil(layers.length / columns);
  const width = columns * box.width + (columns - 1) * box.gapX + 4;
  const height = rows * (box.height + box.gapY) + 4;
  const place = (i: number) => ({
    x: 2 + (i % columns) * (box.width + box.gapX),
    y: 4 + Math.floor(i / columns) * (box.height + box.gapY),
  });
  const inBlocks = new Set(blocks.flatMap((block) => block.layers));
  const boxes = layers.map((layer, i) => boxMarkup(layer, place(i), inBlocks.has(layer.name), diagnosis));
  const arrows = layers.slice(1).map((_, i) => arrowPath(place(i), place(i + 1)));
  const count = (severity: 'error' | 'warning') =>
    layers.filter((layer) => layer.severity === severity).length;
  const frame = {
    id: 'graph-picture',
    title: localized(labels.graphTitle, {}),
    summary: localized(labels.graphSummary, {
      layers: layers.length,
      error: count('error'),
      warning: count('warning'),
    }),
    notes: blocks.length === 0 ? [] : [localized(labels.blocksNote, { blocks: blocks.length })],
    table: {
      columns: [localized(labels.layerColumn, {}), localized(labels.findingColumn, {})],
      rows: layers
        .filter(({ findings }) => findings.length > 0)
        .flatMap(({ name, findings }) =>
          findings.map((at) => [verbatim(name), findingSentence(diagnosis.findings[at], 'short')]),
        )
        .slice(0, 400),
    },
  };
  const svg =
    `<svg class="graph" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="group" aria-label="${escaped(frame.title.en)}">` +
    `<path class="arrows" d="${arrows.join('')}"/>${boxes.join('')}</svg>`;
  return framed(frame, `<div class="scroll graph-frame" tabindex="0">${svg}</div>`);
}

/** To the right; at the end of a row down, and back to the left. */
function arrowPath(from: { x: number; y: number }, to: { x: number; y: number }): string {
  const right = from.x + box.width;
  const middle = from.y + box.height / 2;
  if (to.y === from.y) return `M${right},${middle}H${to.x - 2}m-5,-3l5,3l-5,3`;
  const turn = from.y + box.height + box.gapY / 2;
  const center = to.x + box.width / 2;
  return `M${from.x + box.width / 2},${from.y + box.height}V${turn}H${center}V${to.y - 2}m-3,-5l3,5l3,-5`;
}

function boxMarkup(
  layer: LayerValues,
  { x, y }: { x: number; y: number },
  inBlock: boolean,
  { findings }: Diagnosis,
): string {
  const { name, severity, type, fanIn, fanOut } = layer;
  const mark = severity === null ? '' : `${marks[severity]} `;
  const tip = [
    `${name}: ${type}, ${fanIn} → ${fanOut}`,
    ...layer.findings.map((at) => findingSentence(findings[at], 'short').en),
  ].join('\n');
  const content =
    `<g class="layer ${severity ?? 'fine'}"><title>${escaped(tip)}</title>` +
    `<rect x="${x}" y="${y}" width="${box.width}" height="${box.height}" rx="5"/>` +
    `<text x="${x + 8}" y="${y + 17}">${escaped(mark + cutToPixels(name, 12, box.width - 26))}</text>` +
    `<text class="small" x="${x + 8}" y="${y + 32}">${escaped(cutToPixels(`${fanIn} → ${fanOut}`, 10, box.width - 14))}</text>` +
    `${inBlock ? `<path class="block" d="M${x + 3},${y + box.height + 5}h${box.width - 6}"/>` : ''}</g>`;
  return severity === null ? content : `<a href="#finding-${layer.findings[0] + 1}">${content}</a>`;
}

/** Style of the graph. */
export const graphStyle = `
.graph-frame{max-height:34rem;overflow:auto;border:1px solid var(--grid);border-radius:6px;padding:10px}
svg.graph{display:block;min-width:860px;font-family:inherit}
.graph .arrows{fill:none;stroke:var(--muted);stroke-width:1.2}
.graph .block{stroke:var(--link);stroke-width:3;fill:none}
.graph rect{fill:var(--panel);stroke:var(--grid);stroke-width:1.2}
.graph .error rect{stroke:var(--start-1);stroke-width:3}
.graph .warning rect{stroke:var(--warning-mark);stroke-width:2;stroke-dasharray:6 3}
.graph .note rect{stroke:var(--muted)}
.graph text{font-size:12px;fill:var(--ink)}.graph text.small{font-size:10px;fill:var(--muted)}
.graph .error text:not(.small){font-weight:700}
`;
