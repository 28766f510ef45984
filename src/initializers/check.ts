/** Checks that the builders share. */

import { OutsetError } from '../messages/error.ts';
import type { Layout, ParameterShape } from './initializer.ts';

/** @throws initializers.bad_parameter unless `value` is finite and `holds` */
export function checkNumber(
  rule: string,
  parameter: string,
  value: number,
  expected: string,
  holds: boolean = true,
): number {
  if (!Number.isFinite(value) || !holds) {
    throw new OutsetError('initializers.bad_parameter', { rule, parameter, got: String(value), expected });
  }
  return value;
}

/** @throws initializers.bad_parameter unless the value is a finite number of at least 0 */
export function checkNotNegative(rule: string, parameter: string, value: number): number {
  return checkNumber(rule, parameter, value, '>= 0', value >= 0);
}

/** The layout of a parameter. @throws initializers.needs_layout */
export function layoutOf(rule: string, parameter: ParameterShape): Layout {
  if (parameter.layout === undefined || parameter.dims.length < 2) {
    throw new OutsetError('initializers.needs_layout', {
      rule,
      name: parameter.name,
      dims: [...parameter.dims],
    });
  }
  return parameter.layout;
}
