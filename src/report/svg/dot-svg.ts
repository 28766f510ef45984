import * as Plot from '@observablehq/plot';
import { ticksOf } from '../figures/axis.ts';
import type { DotFigure } from '../figures/figure.ts';
import { formatNumber, formatTick } from '../figures/number-format.ts';
import { appendTexts, cutToPixels, describe, drawingDocument, pixelWidth, svgElement } from './document.ts';
import type { SvgOptions } from './line-svg.ts';

const fontSize = 12;
const rowHeight = 24;

/** Height that a figure with one row per start takes. */
export function dotHeight(figure: DotFigure): number {
  return figure.rows.length * rowHeight + 66;
}

/** One value per start on a log axis; 1 is marked, exact zeros stand on a rail at the left. */
export function dotSvg(figure: DotFigure, options: SvgOptions): SVGElement {
  const { width, height, languages } = options;
  const document = drawingDocument();
  const names = figure.rows.map(({ start }) => pixelWidth(start, fontSize, true));
  const marginLeft = Math.min(Math.max(40, ...names) + 16, Math.round(width * 0.36));
  const marginRight = 66;
  const [low, high] = figure.x.domain;
  const inner = width - marginLeft - marginRight;
  // The rail stands some 40 pixels left of the smallest value, so that their labels do not touch.
  const rail = figure.x.zeroRail ? low / (high / low) ** (40 / (inner - 40)) : low;
  const ticks = ticksOf(figure.x, Math.max(2, Math.floor(inner / 44)));
  const known = figure.rows
    .map((row, i) => ({ ...row, i }))
    .filter((row): row is typeof row & { middle: number; low: number; high: number } => row.middle !== null);
  const svg = Plot.plot({
    document,
    className: 'chart',
    width,
    height,
    marginTop: 10,
    marginBottom: 56,
    marginLeft,
    marginRight,
    style: { fontSize: `${fontSize}px` },
    x: {
      type: 'log',
      domain: [rail, high],
      axis: null,
    },
    y: { type: 'linear', domain: [-0.5, figure.rows.length - 0.5], reverse: true, axis: null },
    marks: [
      // An axis mark of its own: the axis of a log scale leaves out labels that it did not choose itself.
      Plot.axisX(figure.x.zeroRail ? [rail, ...ticks] : ticks, {
        text: (value: number) => (value === rail && figure.x.zeroRail ? '0' : formatTick(figure.x, value)),
        label: null,
      }),
      Plot.gridX(ticks, { stroke: 'var(--grid)', strokeOpacity: 1 }),
      Plot.ruleX([1], { stroke: 'var(--muted)', strokeDasharray: '4 3' }),
      ...(figure.x.zeroRail ? [Plot.ruleX([rail], { stroke: 'var(--muted)', strokeDasharray: '1 4' })] : []),
      ...known.flatMap((row) => {
        const color = `var(--start-${row.style})`;
        return [
          Plot.ruleY([row], {
            y: 'i',
            x1: () => Math.max(row.low, rail),
            x2: () => Math.max(row.high, rail),
            stroke: color,
            strokeWidth: 2,
          }),
          Plot.dot([row], { y: 'i', x: () => Math.max(row.middle, rail), fill: color, r: 5 }),
        ];
      }),
    ],
  }) as unknown as SVGElement & Plot.Plot;
  svg.querySelector('style')?.remove();
  const scaleY = (value: number) => Number(svg.scale('y')?.apply(value));
  figure.rows.forEach(({ start, style, middle }, i) => {
    const shared = { y: scaleY(i), dy: '0.33em', 'font-size': fontSize, fill: `var(--start-${style})` };
    svg.append(
      svgElement(
        svg.ownerDocument,
        'text',
        { ...shared, x: marginLeft - 12, 'text-anchor': 'end', 'font-weight': 600 },
        cutToPixels(start, fontSize, marginLeft - 14, true),
      ),
      svgElement(
        svg.ownerDocument,
        'text',
        { ...shared, x: width - marginRight + 12, 'text-anchor': 'start' },
        formatNumber(middle, 2),
      ),
    );
  });
  const style = { 'font-size': fontSize, fill: 'var(--muted)', x: width - 4, 'text-anchor': 'end' };
  const wrapped = pixelWidth(figure.x.label.en, fontSize) > width - 8;
  if (wrapped) {
    const parts = { en: splitLabel(figure.x.label.en), ko: splitLabel(figure.x.label.ko) };
    appendTexts(svg, { en: parts.en[0], ko: parts.ko[0] }, languages, { ...style, y: height - 20 });
    appendTexts(svg, { en: parts.en[1], ko: parts.ko[1] }, languages, { ...style, y: height - 5 });
  } else {
    appendTexts(svg, figure.x.label, languages, { ...style, y: height - 8 });
  }
  describe(svg, figure, languages, options.suffix);
  return svg;
}

/** Name of the axis, and its unit in brackets. */
function splitLabel(label: string): [string, string] {
  const bracket = label.indexOf(' (');
  return bracket < 0 ? [label, ''] : [label.slice(0, bracket), label.slice(bracket + 1)];
}
