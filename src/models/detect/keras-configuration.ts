/** What a configuration of Keras or TensorFlow.js says of its layers. */

import type { WeightlessLayer } from '../model.ts';

/** A layer's place in the configuration. */
export interface Configured {
  readonly className: string;
  readonly config: Readonly<Record<string, unknown>>;
  readonly order: number;
}

/** Layers nest at most so deep in a configuration. */
const deepest = 64;

/** Every layer of a configuration by its name, those within other layers too. */
export function configuredLayers(configuration: unknown): Map<string, Configured> {
  const found = new Map<string, Configured>();
  const visit = (value: unknown, depth: number): void => {
    if (typeof value !== 'object' || value === null || depth > deepest) return;
    if (Array.isArray(value)) {
      for (const one of value) visit(one, depth + 1);
      return;
    }
    const { class_name: className, config } = value as Record<string, unknown>;
    if (
      typeof className === 'string' &&
      typeof config === 'object' &&
      config !== null &&
      !Array.isArray(config)
    ) {
      const { name } = config as Record<string, unknown>;
      if (typeof name === 'string' && !found.has(name)) {
        found.set(name, { className, config: config as Record<string, unknown>, order: found.size });
      }
    }
    for (const inner of Object.values(value)) visit(inner, depth + 1);
  };
  visit(configuration, 0);
  return found;
}

/** The innermost layer of a path that the configuration knows. */
export function lookUp(
  path: readonly string[],
  configured: ReadonlyMap<string, Configured>,
): Configured | undefined {
  for (let i = path.length - 1; i >= 0; i--) {
    const known = configured.get(path[i]);
    if (known !== undefined) return known;
  }
  return undefined;
}

/** The layers that a configuration lists, of Keras (`config.layers`) or TensorFlow.js (`model_config.config.layers`). */
export function topLayers(configuration: unknown): WeightlessLayer[] {
  const at = (value: unknown, key: string): unknown =>
    typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined;
  const root = at(configuration, 'model_config') ?? configuration;
  const layers = at(at(root, 'config'), 'layers');
  return (Array.isArray(layers) ? layers : []).flatMap((one) => {
    const [className, config] = [at(one, 'class_name'), at(one, 'config')];
    const name = at(config, 'name');
    if (typeof className !== 'string' || typeof name !== 'string') return [];
    return [{ name, className, config: config as Record<string, unknown> }];
  });
}
