import { decodeStored } from '../formats/stored-tensor.ts';
import type { Language } from '../messages/index.ts';
import { initLabels } from '../messages/labels/init.ts';
import type { ModelParameter } from '../models/model.ts';
import type { ParameterPlan } from '../models/rules.ts';
import { harmless } from '../report/terminal/options.ts';
import { padText, textWidth } from '../report/terminal/text-width.ts';

/** The table of `outset init --dry-run`: what every parameter is, and what it gets. */
export function initTable(
  plan: readonly ParameterPlan[],
  deviations: ReadonlyMap<string, number>,
  language: Language,
): string {
  const heads = [
    initLabels.nameColumn,
    initLabels.shapeColumn,
    initLabels.layoutColumn,
    initLabels.fansColumn,
    initLabels.activationColumn,
    initLabels.ruleColumn,
    initLabels.stdColumn,
  ].map((text) => text[language]({}));
  const rows = plan.map(({ layer, parameter, rule }) => {
    const { name, type, dims, shape } = parameter;
    const deviation = deviations.get(name);
    return [
      harmless(name),
      `${type === 'float32' ? '' : `${type} `}[${dims.join(', ')}]`,
      axesText(parameter),
      shape.fanIn === 0 && shape.fanOut === 0 ? '' : `${round(shape.fanIn)} / ${round(shape.fanOut)}`,
      shape.role === 'weight' ? (layer.activation ?? '') : '',
      rule,
      deviation === undefined ? '' : deviation === 0 ? '0' : deviation.toPrecision(4),
    ];
  });
  const widths = heads.map((head, i) => Math.max(textWidth(head), ...rows.map((row) => textWidth(row[i]))));
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, i) => padText(cell, widths[i], i === cells.length - 1 ? 'right' : 'left'))
      .join('  ')
      .trimEnd();
  const rule = '─'.repeat(widths.reduce((sum, width) => sum + width + 2, -2));
  return `${[line(heads), rule, ...rows.map(line)].join('\n')}\n`;
}

/** The axes as rules see them: `out in k k`, with the groups behind. */
function axesText({ shape }: ModelParameter): string {
  const { layout, dims, role } = shape;
  if (layout === undefined) return role;
  const axes = dims.map((_, axis) => {
    if (axis === layout.inAxis) return 'in';
    return axis === layout.outAxis ? 'out' : 'k';
  });
  return axes.join(' ') + (layout.groups > 1 ? ` /${layout.groups}` : '');
}

/** Standard deviation (about the mean) of values as they are stored. */
export function standardDeviation({ type, dims }: ModelParameter, bytes: Uint8Array): number {
  const { data } = decodeStored({ type, dims }, bytes);
  if (data.length === 0 || typeof data[0] === 'bigint') return 0;
  const values = data as Float32Array;
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i];
  const mean = sum / values.length;
  let squares = 0;
  for (let i = 0; i < values.length; i++) squares += (values[i] - mean) ** 2;
  return Math.sqrt(squares / values.length);
}

function round(value: number): string {
  return Number.isInteger(value) ? String(value) : value.toFixed(1);
}
