import * as Plot from '@observablehq/plot';
import type { OverlaidHistograms } from '../boltzmann/energy-figure.ts';
import { ticksOf } from '../figures/axis.ts';
import { formatTick } from '../figures/number-format.ts';
import { appendTexts, describe, drawingDocument, pixelWidth, svgElement } from './document.ts';
import type { SvgOptions } from './line-svg.ts';

const fontSize = 12;
const dashes = ['', '7 3', '2 3'];
const frame = { top: 44, right: 16, bottom: 44 };

/** Histograms over one another as steps: told apart by colour, dash and a legend along the top. */
export function overlaidHistogramsSvg(figure: OverlaidHistograms, options: SvgOptions): SVGElement {
  const { width, height, languages } = options;
  const yTicks = ticksOf(figure.y, Math.max(3, Math.floor(height / 60)));
  const left = Math.max(...yTicks.map((tick) => pixelWidth(formatTick(figure.y, tick), fontSize))) + 16;
  const xTicks = ticksOf(figure.x, Math.max(2, Math.floor((width - left) / 80)));
  const svg = Plot.plot({
    document: drawingDocument(),
    className: 'chart',
    width,
    height,
    marginTop: frame.top,
    marginRight: frame.right,
    marginBottom: frame.bottom,
    marginLeft: left,
    style: { fontSize: `${fontSize}px` },
    x: {
      type: 'linear',
      domain: figure.x.domain,
      ticks: xTicks,
      label: null,
      tickFormat: (value: number) => formatTick(figure.x, value),
    },
    y: { type: 'linear', domain: figure.y.domain, axis: null },
    marks: [
      Plot.axisY(yTicks, { text: (value: number) => formatTick(figure.y, value), label: null }),
      Plot.gridY(yTicks, { stroke: 'var(--grid)', strokeOpacity: 1 }),
      ...figure.sets.flatMap(({ shares, style }, i) => {
        const outline = stepsOf(figure.edges, shares);
        const color = `var(--start-${style})`;
        return [
          Plot.areaY(outline, { x: 'x', y1: 0, y2: 'y', fill: color, fillOpacity: 0.1 }),
          Plot.line(outline, {
            x: 'x',
            y: 'y',
            stroke: color,
            strokeWidth: 1.6,
            ...(dashes[i] === '' ? {} : { strokeDasharray: dashes[i] }),
          }),
        ];
      }),
    ],
  }) as unknown as SVGElement;
  svg.querySelector('style')?.remove();
  appendLegend(svg, figure, left, options);
  const style = { 'font-size': fontSize, fill: 'var(--muted)' };
  appendTexts(svg, figure.y.label, languages, { ...style, x: 4, y: 15, 'text-anchor': 'start' });
  appendTexts(svg, figure.x.label, languages, {
    ...style,
    x: width - frame.right,
    y: height - 6,
    'text-anchor': 'end',
  });
  describe(svg, figure, languages, options.suffix);
  return svg;
}

/** The outline of a histogram, from the ground up and back to it. */
function stepsOf(edges: readonly number[], shares: readonly number[]): { x: number; y: number }[] {
  return [
    { x: edges[0], y: 0 },
    ...shares.flatMap((y, i) => [
      { x: edges[i], y },
      { x: edges[i + 1], y },
    ]),
    { x: edges[edges.length - 1], y: 0 },
  ];
}

function appendLegend(
  svg: Element,
  { sets }: OverlaidHistograms,
  left: number,
  { languages }: SvgOptions,
): void {
  let x = left;
  sets.forEach(({ name, style }, i) => {
    const color = `var(--start-${style})`;
    const line = { x1: x, x2: x + 24, y1: 32, y2: 32, stroke: color, 'stroke-width': 2 };
    const dash: Record<string, string> = dashes[i] === '' ? {} : { 'stroke-dasharray': dashes[i] };
    svg.append(svgElement(svg.ownerDocument, 'line', { ...line, ...dash }));
    appendTexts(svg, name, languages, {
      x: x + 30,
      y: 36,
      'font-size': fontSize,
      'font-weight': 600,
      fill: color,
      'text-anchor': 'start',
    });
    x += 30 + Math.max(...Object.values(name).map((text) => pixelWidth(text, fontSize, true))) + 18;
  });
}
