import * as Plot from '@observablehq/plot';
import type { Language } from '../../messages/define.ts';
import { ticksOf } from '../figures/axis.ts';
import { type Curve, type CurvePoint, type LineFigure, type Localized, verbatim } from '../figures/figure.ts';
import { formatTick } from '../figures/number-format.ts';
import { styleAt } from '../figures/palette.ts';
import { appendTexts, cutToPixels, describe, drawingDocument, pixelWidth, svgElement } from './document.ts';
import { placeLabels } from './place-labels.ts';

export interface SvgOptions {
  /** Size in pixels before the page scales it. */
  readonly width: number;
  readonly height: number;
  /** Texts that go in; with several, a style sheet has to show one (`.lang-en`, `.lang-ko`). */
  readonly languages: readonly Language[];
  /** Makes ids unique where a figure is drawn in several sizes. */
  readonly suffix: string;
}

const fontSize = 12;

interface Frame {
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly left: number;
}

/** A figure with curves as SVG: bands, raw values, medians, and the name of each curve at its end. */
export function lineSvg(figure: LineFigure, options: SvgOptions): SVGElement {
  const { width, height, languages } = options;
  const document = drawingDocument();
  const frame = frameOf(figure, width);
  const [low, high] = figure.y.domain;
  // The zero rail lies a little below the smallest value; 7 % of the height, whatever the range.
  const rail = figure.y.zeroRail ? low / (high / low) ** 0.07 : low;
  const yTicks = ticksOf(figure.y, Math.max(3, Math.floor(height / 50)));
  const inner = width - frame.left - frame.right;
  const xTicks =
    figure.xNames === null
      ? ticksOf(figure.x, Math.max(2, Math.floor(inner / 75)))
      : figure.xNames.map((_, i) => i + 1);
  const svg = Plot.plot({
    document,
    className: 'chart',
    width,
    height,
    marginTop: frame.top,
    marginRight: frame.right,
    marginBottom: frame.bottom,
    marginLeft: frame.left,
    style: { fontSize: `${fontSize}px` },
    x: {
      type: 'linear',
      domain: figure.x.domain,
      ticks: xTicks,
      label: null,
      tickFormat: xFormat(figure, inner),
    },
    y: {
      type: figure.y.scale,
      domain: [rail, high],
      axis: null,
    },
    marks: [
      // An axis mark of its own: the axis of a log scale leaves out labels that it did not choose itself.
      Plot.axisY(figure.y.zeroRail ? [rail, ...yTicks] : yTicks, {
        text: (value: number) => (value === rail && figure.y.zeroRail ? '0' : formatTick(figure.y, value)),
        label: null,
      }),
      Plot.gridY(yTicks, { stroke: 'var(--grid)', strokeOpacity: 1 }),
      Plot.ruleX(epochRules(figure, inner), { x: 'x', stroke: 'var(--grid)' }),
      ...(figure.y.zeroRail ? [Plot.ruleY([rail], { stroke: 'var(--muted)', strokeDasharray: '1 4' })] : []),
      ...figure.curves.flatMap((curve) => curveMarks(curve, rail, figure)),
    ],
  }) as unknown as SVGElement & Plot.Plot;
  const scaleX = (value: number) => Number(svg.scale('x')?.apply(value));
  const scaleY = (value: number) =>
    Number(svg.scale('y')?.apply(Math.max(value, figure.y.zeroRail ? rail : value)));
  svg.querySelector('style')?.remove();
  renameClips(svg, `${figure.id}-${options.suffix}`);
  appendAxisLabels(svg, figure, frame, options);
  appendEpochs(svg, figure, frame, scaleX, inner, languages);
  appendCurveLabels(svg, figure, frame, options, { x: scaleX, y: scaleY });
  describe(svg, figure, languages, options.suffix);
  return svg;
}

/** Plot counts its clip paths over the life of the process; the same figure has to be the same text every time. */
function renameClips(svg: Element, prefix: string): void {
  const names = new Map<string, string>();
  for (const clip of svg.querySelectorAll('clipPath')) {
    const name = `${prefix}-clip-${names.size}`;
    names.set(`url(#${clip.id})`, `url(#${name})`);
    clip.id = name;
  }
  for (const clipped of svg.querySelectorAll('[clip-path]')) {
    const name = names.get(clipped.getAttribute('clip-path') ?? '');
    if (name !== undefined) clipped.setAttribute('clip-path', name);
  }
}

/** What a curve is called, in every language. */
function nameOf({ label, start }: Curve): Localized {
  return label ?? verbatim(start);
}

function frameOf(figure: LineFigure, width: number): Frame {
  const names = figure.curves.flatMap((curve) =>
    Object.values(nameOf(curve)).map((name) => pixelWidth(name, fontSize, true)),
  );
  const right = Math.min(Math.max(40, ...names) + 26, width < 420 ? 134 : 200);
  const ticks = ticksOf(figure.y, 6).map((tick) => pixelWidth(formatTick(figure.y, tick), fontSize));
  return {
    top: figure.epochs.length > 0 ? 48 : 30,
    right,
    bottom: 44,
    left: Math.max(30, ...ticks) + 14,
  };
}

function xFormat(figure: LineFigure, inner: number): (value: number) => string {
  const names = figure.xNames;
  if (names === null) return (value) => formatTick(figure.x, value);
  const space = inner / Math.max(1, names.length - 1);
  const longest = Math.max(...names.map((name) => pixelWidth(name, fontSize)));
  const every = Math.max(1, Math.ceil(Math.min(longest + 10, 90) / space));
  return (value) =>
    (value - 1) % every === 0 ? cutToPixels(names[value - 1], fontSize, space * every - 6) : '';
}

/** Vertical rules at the ends of epochs, thinned where they would stand closer than 12 pixels. */
function epochRules({ epochs, x }: LineFigure, inner: number) {
  const every = Math.max(1, Math.ceil((epochs.length * 12) / inner));
  return epochs.filter(({ epoch, x: at }) => epoch % every === 0 && at <= x.domain[1] * 1.001);
}

function curveMarks(curve: Curve, rail: number, figure: LineFigure): Plot.Markish[] {
  const { dash } = styleAt(curve.style);
  const color = `var(--start-${curve.style})`;
  const onAxis = (value: number | null) =>
    value === null ? Number.NaN : figure.y.scale === 'log' ? Math.max(value, rail) : value;
  const hasBand = curve.points.some(({ low, high }) => low !== high);
  const line = {
    x: 'x',
    y: ({ middle }: CurvePoint) => onAxis(middle),
    stroke: color,
    clip: true,
  };
  return [
    ...(hasBand
      ? [
          Plot.areaY(curve.points, {
            x: 'x',
            y1: ({ low }: CurvePoint) => onAxis(low),
            y2: ({ high }: CurvePoint) => onAxis(high),
            fill: color,
            fillOpacity: 0.16,
            clip: true,
          }),
        ]
      : []),
    ...(curve.raw.length > 0
      ? [
          Plot.line(curve.raw, {
            x: 'x',
            y: ({ y }: Curve['raw'][number]) => onAxis(y),
            stroke: color,
            strokeOpacity: 0.35,
            strokeWidth: 0.7,
            clip: true,
            className: 'raw',
          }),
        ]
      : []),
    ...(curve.drawn === 'dots'
      ? []
      : [
          Plot.line(curve.points, {
            ...line,
            strokeWidth: 1.8,
            ...(dash === '' ? {} : { strokeDasharray: dash }),
          }),
        ]),
    ...(figure.xNames === null && curve.points.length > 1 && curve.drawn !== 'dots'
      ? []
      : [Plot.dot(curve.points, { x: 'x', y: line.y, fill: color, r: curve.points.length > 60 ? 2 : 2.5 })]),
    ...(curve.breaks.length > 0
      ? [
          Plot.dot(curve.breaks, {
            x: 'x',
            y: ({ y }: Curve['breaks'][number]) => onAxis(y),
            stroke: color,
            strokeWidth: 2,
            symbol: 'times',
            r: 5,
          }),
        ]
      : []),
  ];
}

function appendAxisLabels(
  svg: Element,
  figure: LineFigure,
  frame: Frame,
  { width, height, languages }: SvgOptions,
) {
  const style = { 'font-size': fontSize, fill: 'var(--muted)' };
  appendTexts(svg, figure.y.label, languages, { ...style, x: 4, y: 15, 'text-anchor': 'start' });
  appendTexts(svg, figure.x.label, languages, {
    ...style,
    x: width - frame.right,
    y: height - 6,
    'text-anchor': 'end',
  });
}

/** Numbers of the epochs along the top, as many as there is room for. */
function appendEpochs(
  svg: Element,
  { epochs }: LineFigure,
  frame: Frame,
  scaleX: (value: number) => number,
  inner: number,
  languages: readonly Language[],
): void {
  if (epochs.length === 0) return;
  const every = Math.max(1, Math.ceil((epochs.length * 24) / inner));
  const style = { 'font-size': fontSize - 1, fill: 'var(--muted)', y: frame.top - 6 };
  const word = { en: 'epoch', ko: '에폭' };
  appendTexts(svg, word, languages, { ...style, x: frame.left - 6, 'text-anchor': 'end' });
  for (const { x, epoch } of epochs) {
    if (epoch % every !== 0 && !(epochs.length < 3)) continue;
    const at = Math.min(scaleX(x), frame.left + inner);
    svg.append(
      svgElement(svg.ownerDocument, 'text', { ...style, x: at, 'text-anchor': 'middle' }, String(epoch)),
    );
  }
}

/** Each curve's name beside its end, moved apart where ends meet and joined to them by a thin line. */
function appendCurveLabels(
  svg: Element,
  figure: LineFigure,
  frame: Frame,
  { width, height, languages }: SvgOptions,
  scale: { x: (value: number) => number; y: (value: number) => number },
): void {
  const ends = figure.curves.flatMap((curve) => {
    const end = curve.points.findLast(({ middle }) => middle !== null);
    return end === undefined || end.middle === null
      ? []
      : [{ curve, x: scale.x(end.x), y: scale.y(end.middle) }];
  });
  const places = placeLabels(
    ends.map(({ y }) => y),
    fontSize + 2.5,
    [frame.top, height - frame.bottom],
  );
  const left = width - frame.right;
  const group = svgElement(svg.ownerDocument, 'g', { 'font-size': fontSize, 'aria-hidden': 'true' });
  ends.forEach(({ curve, x, y }, i) => {
    const color = `var(--start-${curve.style})`;
    const path = `M${round(x + 3)},${round(y)}L${round(Math.max(left + 3, x + 3))},${round(y)}L${left + 15},${round(places[i])}`;
    group.append(
      svgElement(svg.ownerDocument, 'path', { d: path, stroke: color, 'stroke-opacity': 0.55, fill: 'none' }),
    );
    const name = nameOf(curve);
    const fits = (language: Language) => cutToPixels(name[language], fontSize, frame.right - 20, true);
    appendTexts(
      group,
      { en: fits('en'), ko: fits('ko') },
      // A name that is the same in every language is written once.
      name.en === name.ko ? languages.slice(0, 1) : languages,
      { x: left + 18, y: places[i], dy: '0.33em', 'text-anchor': 'start', fill: color, 'font-weight': 600 },
    );
  });
  svg.append(group);
}

function round(value: number): number {
  return Number(value.toFixed(1));
}
