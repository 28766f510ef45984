/**
 * Every start by its name: the rules of the initializers' registry, and the starts of this room.
 */
import type { RuleFacts } from '../initializers/catalogue/entry.ts';
import { listRules, parseRule, plainName } from '../initializers/registry.ts';
import { readParameters, splitCall } from '../initializers/rule-parameters.ts';
import { OutsetError } from '../messages/error.ts';
import { nearestNames } from '../messages/nearest.ts';
import { startDefinitions } from './definitions.ts';
import { ruleStart } from './rule-start.ts';
import type { Start } from './start.ts';

/** What there is to know of a start without using it. */
export interface StartEntry extends RuleFacts {
  /** True if it needs a batch and an engine. */
  readonly needsData: boolean;
  /** Parameters with their usual values, e.g. `slope=0`. */
  readonly parameters: readonly string[];
}

/** All starts: rules first, then those that look at the network or at data. */
export function listStarts(): StartEntry[] {
  return [...listRules().map((rule) => ({ ...rule, needsData: false })), ...startDefinitions].map(
    ({ name, aliases, family, needsData, parameters, formula, source, preserves }) => ({
      name,
      aliases,
      family,
      needsData,
      parameters: Object.entries(parameters).map(([key, { usual }]) => `${key}=${usual}`),
      formula,
      source,
      preserves,
    }),
  );
}

/**
 * The entry of a name or alias, in any framework's spelling: `xavier_uniform_`, `XavierUniform`.
 * @throws starts.unknown with the near names
 */
export function findStart(name: string): StartEntry {
  const all = listStarts();
  const wanted = plainName(name.trim());
  const found = all.find((start) => [start.name, ...start.aliases].some((one) => plainName(one) === wanted));
  if (found !== undefined) return found;
  const names = all.flatMap((start) => [start.name, ...start.aliases]);
  throw new OutsetError('starts.unknown', {
    text: name,
    near: nearestNames(name.trim().toLowerCase(), names),
    known: all.map((start) => start.name),
  });
}

/**
 * The start of a text such as `he-normal`, `normal(std=0.01)` or `lsuv(tolerance=0.01,iterations=10,target=1)`.
 *
 * @throws starts.unknown with the near names; initializers.unknown_parameter, initializers.bad_parameter
 */
export function parseStart(text: string): Start {
  const call = splitCall(text);
  const { name } = findStart(call?.name ?? text);
  const definition = startDefinitions.find((one) => one.name === name);
  if (call === undefined) throw new OutsetError('starts.unknown', { text, near: [name], known: [name] });
  if (definition === undefined) return ruleStart(parseRule(text.trim()));
  const { canonical, values } = readParameters(name, call.parts, definition.parameters);
  return definition.build(canonical, values);
}
