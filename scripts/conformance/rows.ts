/** What the table is made of: rows from a framework's script, and Outset's value beside each. */
import {
  conv,
  convTranspose,
  denseInOut,
  denseOutIn,
  type Layout,
  parameterShape,
  parseRule,
} from '../../src/initializers/index.ts';
import { threefry } from '../../src/random/index.ts';

/** Where the axes of a row's weight lie, for Outset's rule. */
export type RowLayout =
  | { readonly kind: 'dense-in-out' | 'dense-out-in' }
  | { readonly kind: 'conv' | 'conv-transpose'; readonly axes: number; readonly groups: number };

/** One initializer of one framework. Standard deviations are root mean squares. */
export interface PeerRow {
  /** As its user writes it. */
  readonly call: string;
  /** What its name or documentation promises. */
  readonly asked: number;
  readonly got: number;
  readonly samples: number;
  /** Largest size of a weight, in units of `got`. */
  readonly largest: number;
  /** Outset's rule for the same thing, and the weight it is for (in Outset's order of axes). */
  readonly rule: string;
  readonly dims: readonly number[];
  readonly layout: RowLayout;
  /** Key of a remark, or empty. */
  readonly note: string;
}

/** What a framework's script prints. */
export interface PeerReport {
  readonly framework: string;
  readonly version: string;
  readonly rows: readonly PeerRow[];
  readonly facts: Readonly<Record<string, unknown>>;
}

/** A row with Outset's standard deviation for the same weight. */
export interface ConformanceRow extends PeerRow {
  readonly outset: number;
}

/** The run that the page is written from. */
export interface ConformanceRun {
  readonly date: string;
  readonly machine: string;
  readonly reports: readonly (Omit<PeerReport, 'rows'> & {
    readonly command: string;
    readonly rows: readonly ConformanceRow[];
  })[];
}

/** Outset's standard deviation for the weight of a row, with seed 0. */
export function outsetStd({ rule, dims, layout }: PeerRow): number {
  const parameter = parameterShape({ name: 'w', dims, layout: layoutOf(layout) });
  const { data } = parseRule(rule).weight(threefry(0).child(rule), parameter);
  let squares = 0;
  for (const value of data) squares += value * value;
  return Math.sqrt(squares / data.length);
}

function layoutOf(layout: RowLayout): Layout {
  if (layout.kind === 'dense-in-out') return denseInOut;
  if (layout.kind === 'dense-out-in') return denseOutIn;
  const { axes, groups } = layout as Extract<RowLayout, { axes: number }>;
  return layout.kind === 'conv' ? conv(axes, { groups }) : convTranspose(axes, { groups });
}
