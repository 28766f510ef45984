/** Words and tables of chapter 5's figures. */
import { labDbn } from '../../../../src/messages/labels/lab-dbn.ts';
import type { FigureTable, LineFigure, Localized } from '../../../../src/report/figures/figure.ts';
import { localized } from '../../../../src/report/figures/figure.ts';
import type { StackOrder } from './orders.ts';
import { shownUnits } from './shown-units.ts';
import type { SeenDream, SeenDreams, StackStatus } from './stack-view.svelte.ts';

const pixels = 784;
const classes = 10;

/** One RBM of the stack, as the picture shows it. */
export interface StackLayer {
  /** Units below, without a label unit. */
  readonly visible: number;
  readonly hidden: number;
  /** States of the label unit beside the units below; 0 without. */
  readonly labels: number;
  readonly state: 'waiting' | 'learning' | 'done';
}

/** @param at the layer at work, from 0 */
export function stackLayers({ layers, top }: StackOrder, at: number, status: StackStatus): StackLayer[] {
  const hidden = layers.split('-').map(Number);
  return hidden.map((units, i) => ({
    visible: i === 0 ? pixels : hidden[i - 1],
    hidden: units,
    labels: top === 'labels' && i === hidden.length - 1 ? classes : 0,
    state: status === 'idle' || status === 'data' || i > at ? 'waiting' : i < at ? 'done' : 'learning',
  }));
}

export function stackSummary(layers: readonly StackLayer[]): Localized {
  return localized(labDbn.stackSummary, {
    title: [layers[0].visible, ...layers.map(({ hidden }) => hidden)].join('-'),
    done: layers.filter(({ state }) => state === 'done').length,
    layers: layers.length,
  });
}

export function stackTable(layers: readonly StackLayer[]): FigureTable {
  return {
    columns: [
      labDbn.layerColumn,
      labDbn.visibleColumn,
      labDbn.hiddenColumn,
      labDbn.weightsColumn,
      labDbn.stateColumn,
    ].map((one) => localized(one, {})),
    rows: layers.map(({ visible, hidden, labels, state }, i) => [
      i + 1,
      visible + labels,
      hidden,
      (visible + labels) * hidden,
      localized(labDbn.state, { state }),
    ]),
  };
}

/** A figure of one layer says which. */
export function ofLayer(figure: LineFigure, layer: number): LineFigure {
  const title = (language: 'en' | 'ko') =>
    labDbn.layerFigure[language]({ layer, title: figure.title[language] });
  return { ...figure, title: { en: title('en'), ko: title('ko') } };
}

export function filtersSummary({ hidden }: StackLayer, layer: number): Localized {
  return localized(labDbn.filtersSummary, { shown: Math.min(shownUnits, hidden), hidden, layer });
}

export function walkSummary({ frames, stripSteps }: SeenDreams): Localized {
  return localized(labDbn.walkSummary, {
    steps: stripSteps.join(', '),
    first: Math.round(frames[0].ink),
    last: Math.round(frames[frames.length - 1].ink),
  });
}

export function dreamsSummary({ ink, changed }: SeenDream): Localized {
  const text = changed === null ? '' : String(Math.round(changed));
  return localized(labDbn.dreamsSummary, { ink: Math.round(ink), changed: text });
}

export function dreamsTable(frames: readonly SeenDream[]): FigureTable {
  return {
    columns: [labDbn.stepsColumn, labDbn.inkColumn, labDbn.changedColumn].map((one) => localized(one, {})),
    rows: frames.map(({ steps, ink, changed }) => [steps, ink, changed]),
  };
}
