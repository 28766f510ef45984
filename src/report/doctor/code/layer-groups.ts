import type { CodeLayer, WeightDraw } from './weight-draw.ts';

/** Layers that draw the same. */
export interface LayerGroup {
  readonly names: readonly string[];
  readonly layers: readonly CodeLayer[];
  readonly draw: WeightDraw | null;
}

/** Layers by what they draw, in the order of the first of each. */
export function groupLayers(
  layers: readonly CodeLayer[],
  draw: (layer: CodeLayer) => WeightDraw | null,
): LayerGroup[] {
  const groups = new Map<string, { layers: CodeLayer[]; draw: WeightDraw | null }>();
  for (const layer of layers) {
    const own = draw(layer);
    const key = JSON.stringify(own);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { layers: [layer], draw: own });
    else group.layers.push(layer);
  }
  return [...groups.values()].map((group) => ({ ...group, names: group.layers.map(({ name }) => name) }));
}

/** Names that count up, `dense2` ... `dense9`; null for others or for few. */
function counted(names: readonly string[]): { prefix: string; first: number; last: number } | null {
  if (names.length < 4) return null;
  const parts = names.map((name) => /^([A-Za-z_][\w]*?)(0|[1-9]\d{0,5})$/.exec(name));
  const [prefix, first] = [parts[0]?.[1], Number(parts[0]?.[2])];
  if (prefix === undefined) return null;
  const counts = parts.every((part, i) => part?.[1] === prefix && Number(part[2]) === first + i);
  return counts ? { prefix, first, last: first + names.length - 1 } : null;
}

/** A Python list of names. */
export function pythonNames(names: readonly string[]): string {
  const range = counted(names);
  if (range !== null) {
    return `[f"${range.prefix}{i}" for i in range(${range.first}, ${range.last + 1})]`;
  }
  return wrapped('[', names.map(quoted), ']');
}

/** A JavaScript list of names. */
export function scriptNames(names: readonly string[]): string {
  const range = counted(names);
  if (range !== null) {
    return `Array.from({ length: ${names.length} }, (_, i) => \`${range.prefix}\${i + ${range.first}}\`)`;
  }
  return wrapped('[', names.map(quoted), ']');
}

/** A text literal that both languages read the same: names come from outside. */
export function quoted(text: string): string {
  return JSON.stringify(text);
}

/** A number with six digits at most. */
export function short(value: number): string {
  return String(Number(value.toPrecision(6)));
}

function wrapped(open: string, items: readonly string[], close: string): string {
  const lines: string[] = [];
  let line = '';
  for (const item of items) {
    if (line !== '' && line.length + item.length > 88) {
      lines.push(line);
      line = '';
    }
    line += `${line === '' ? '' : ' '}${item},`;
  }
  if (lines.length === 0) return `${open}${line.replace(/,$/, '')}${close}`;
  return `${open}\n    ${[...lines, line].join('\n    ')}\n${close}`;
}
