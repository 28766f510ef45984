/**
 * Figures as plain data: what is drawn, in both languages, before anyone decides how. `terminal/` draws it with
 * braille, `svg/` with Observable Plot; neither computes a number of its own, so the two can never disagree.
 */

import type { Text } from '../../messages/define.ts';
import { type Language, languages } from '../../messages/define.ts';

/** One text in every language, its details already filled in. */
export type Localized = Readonly<Record<Language, string>>;

/** Fills in a label's details for every language. */
export function localized<Details>(text: Text<Details>, details: Details): Localized {
  return Object.fromEntries(
    languages.map((language) => [language, text[language](details)]),
  ) as unknown as Localized;
}

/** The same text in every language: names and numbers. */
export function verbatim(text: string): Localized {
  return Object.fromEntries(languages.map((language) => [language, text])) as unknown as Localized;
}

/** One axis. On a log axis an exact 0 has no place: it is drawn on the zero rail below the domain. */
export interface Axis {
  readonly label: Localized;
  readonly scale: 'linear' | 'log';
  readonly domain: readonly [number, number];
  /** Multiply by 100 and write %. */
  readonly percent: boolean;
  /** Some value is exactly 0 on a log axis. */
  readonly zeroRail: boolean;
  /** A linear axis that measures rather than counts: ticks may lie between whole numbers. */
  readonly fractional?: boolean;
}

/** The middle of several seeds and how far they spread. */
export interface Spread {
  /** Median over the seeds that have a finite value; null if none has. */
  readonly middle: number | null;
  readonly low: number | null;
  readonly high: number | null;
  /** Seeds that have a finite value. */
  readonly count: number;
}

export interface CurvePoint extends Spread {
  readonly x: number;
}

/** The curve of one start. A point whose `middle` is null interrupts the line. */
export interface Curve {
  readonly start: string;
  /** Name of the curve where it is not that of a start; default `start`. */
  readonly label?: Localized;
  /** Index into the palette: the start's place in the race. */
  readonly style: number;
  /** `dots`: points alone, as for measured values beside a predicted line; default: joined by lines. */
  readonly drawn?: 'dots';
  readonly points: readonly CurvePoint[];
  /** Unsmoothed values of the first seed, to show how single batches scatter; empty where nothing is smoothed. */
  readonly raw: readonly { readonly x: number; readonly y: number | null }[];
  /** Where a seed broke off (diverged, stopped): its last finite point. */
  readonly breaks: readonly { readonly x: number; readonly y: number }[];
}

/** A table that says the same as the picture. A cell is a text (in every language), a number or nothing. */
export interface FigureTable {
  readonly columns: readonly Localized[];
  readonly rows: readonly (readonly TableCell[])[];
}
export type TableCell = Localized | number | null;

interface FigureBase {
  /** Unique in the report and safe as an HTML id. */
  readonly id: string;
  readonly title: Localized;
  /** One or two sentences that say what the picture shows. */
  readonly summary: Localized;
  /** How to read it, and what could not be drawn. */
  readonly notes: readonly Localized[];
  readonly table: FigureTable;
}

/** Curves over a common x axis. */
export interface LineFigure extends FigureBase {
  readonly kind: 'lines';
  readonly x: Axis;
  readonly y: Axis;
  /** Names for whole-number positions of x (layers); null for a numeric axis. */
  readonly xNames: readonly string[] | null;
  readonly curves: readonly Curve[];
  /** Ends of epochs on the x axis. */
  readonly epochs: readonly { readonly x: number; readonly epoch: number }[];
}

/** One value per start on a log axis. */
export interface DotFigure extends FigureBase {
  readonly kind: 'dots';
  readonly x: Axis;
  readonly rows: readonly (Spread & { readonly start: string; readonly style: number })[];
}
