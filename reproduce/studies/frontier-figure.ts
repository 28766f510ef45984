/** The plane of weight variance and depth: how well each network learned, and two frontiers over it. */
import { drawingDocument, svgElement } from '../../src/report/svg/document.ts';
import { standaloneSvg } from '../../src/report/svg/standalone.ts';

export interface FrontierColumn {
  readonly weightVariance: number;
  readonly column: readonly (readonly [depth: number, accuracy: number])[];
  readonly measured: number;
  /** 6 xi_c. */
  readonly expected: number;
}

export interface FrontierFigure {
  readonly columns: readonly FrontierColumn[];
  readonly depths: readonly number[];
  /** 6 xi_c at any weight variance, for its curve. */
  readonly expectedAt: (weightVariance: number) => number;
  readonly chance: number;
  readonly best: number;
}

const size = { width: 760, height: 420 };
const frame = { left: 64, right: 170, top: 46, bottom: 48 };

/** One square a network, the fuller the better it learned; depth on a logarithmic scale, deeper further down. */
export function frontierSvg({ columns, depths, expectedAt, chance, best }: FrontierFigure): string {
  const document = drawingDocument();
  const svg = svgElement(document, 'svg', { role: 'img', 'aria-labelledby': 'frontier-title frontier-desc' });
  const add = (name: string, attributes: Record<string, string | number>, text?: string): void =>
    svg.append(svgElement(document, name, attributes, text));
  add('title', { id: 'frontier-title' }, 'Training accuracy by weight variance and depth');
  add(
    'desc',
    { id: 'frontier-desc' },
    `The measured frontier is deepest at a weight variance of ${deepest(columns)} ; six depth scales are drawn beside it.`,
  );
  const variances = columns.map(({ weightVariance }) => weightVariance);
  const [low, high] = [Math.min(...variances), Math.max(...variances)];
  const [shallow, deep] = [depths[0], depths[depths.length - 1]];
  const [inside, across] = [size.width - frame.left - frame.right, size.height - frame.top - frame.bottom];
  const x = (variance: number) => frame.left + (inside * (variance - low)) / (high - low);
  const y = (depth: number) => frame.top + (across * Math.log(depth / shallow)) / Math.log(deep / shallow);

  const side = 13;
  for (const { weightVariance, column } of columns)
    for (const [depth, accuracy] of column) {
      const place = { x: x(weightVariance) - side / 2, y: y(depth) - side / 2, width: side, height: side };
      const share = Math.max(0, (accuracy - chance) / (best - chance));
      add('rect', { ...place, rx: 2, fill: 'var(--start-0)', 'fill-opacity': share, stroke: 'var(--grid)' });
    }
  const steps = 300;
  const curve = Array.from({ length: steps + 1 }, (_, i) => low + ((high - low) * i) / steps);
  const line = { fill: 'none', 'stroke-width': 2.5, 'stroke-linejoin': 'round' };
  const path = (points: readonly (readonly [number, number])[]): string =>
    points.map(([a, b]) => `${x(a).toFixed(1)},${y(b).toFixed(1)}`).join(' ');
  const expected = curve.map((variance) => [variance, expectedAt(variance)] as const);
  add('polyline', { ...line, points: path(expected), stroke: 'var(--ink)', 'stroke-dasharray': '7 4' });
  const measured = columns.map((one) => [one.weightVariance, one.measured] as const);
  add('polyline', { ...line, points: path(measured), stroke: 'var(--start-1)' });
  for (const [a, b] of measured) add('circle', { cx: x(a), cy: y(b), r: 4, fill: 'var(--start-1)' });

  const label = { fill: 'var(--ink)', 'font-size': 13 };
  const tick = { fill: 'var(--muted)', 'font-size': 12 };
  for (const depth of depths.filter((_, i) => i % 2 === 0))
    add('text', { ...tick, x: frame.left - 16, y: y(depth) + 4, 'text-anchor': 'end' }, `${depth}`);
  for (const variance of [1, 1.5, 2, 2.5, 3, 3.5, 4].filter((one) => one >= low && one <= high))
    add(
      'text',
      { ...tick, x: x(variance), y: size.height - frame.bottom + 24, 'text-anchor': 'middle' },
      `${variance}`,
    );
  add('text', { ...label, x: 8, y: 18 }, 'Layers (deeper further down)');
  const middle = frame.left + inside / 2;
  add(
    'text',
    { ...label, x: middle, y: size.height - 4, 'text-anchor': 'middle' },
    'Weight variance, fan-in Var(w)',
  );

  const right = size.width - frame.right + 28;
  const key = (row: number, text: string): void =>
    add('text', { ...label, x: right + 32, y: frame.top + 26 * row + 5 }, text);
  const stroke = (row: number, attributes: Record<string, string | number>): void => {
    const height = frame.top + 26 * row;
    add('line', { x1: right, x2: right + 24, y1: height, y2: height, 'stroke-width': 2.5, ...attributes });
  };
  stroke(0, { stroke: 'var(--ink)', 'stroke-dasharray': '7 4' });
  key(0, '6 ξ_c, theory');
  stroke(1, { stroke: 'var(--start-1)' });
  key(1, 'measured');
  for (const [row, share] of [1, 0.5, 0].entries()) {
    const place = { x: right + 6, y: frame.top + 26 * (row + 2) - side / 2, width: side, height: side };
    add('rect', { ...place, rx: 2, fill: 'var(--start-0)', 'fill-opacity': share, stroke: 'var(--grid)' });
    key(row + 2, `${(100 * (chance + share * (best - chance))).toFixed(0)} % right`);
  }
  return standaloneSvg(svg, { ...size, styles: 2 });
}

function deepest(columns: readonly FrontierColumn[]): number {
  return columns.reduce((one, other) => (other.measured > one.measured ? other : one)).weightVariance;
}
