/** Gains by the name of an activation, for parameters such as `gain=relu`. */
import { activationFunctionNames } from '../activation-functions.ts';
import { forwardGain } from '../gain.ts';
import { numberOf, type RuleParameter, type RuleValues } from '../rule-parameters.ts';

const gainNames: Readonly<Record<string, number>> = Object.fromEntries(
  activationFunctionNames.map((name) => [name, forwardGain(name)]),
);

/** A gain above 0, or the forward gain of an activation by name; usually 1. */
export const gain: RuleParameter = { kind: 'number', usual: 1, range: { above: 0 }, names: gainNames };

export const gainOf = (values: RuleValues): number => numberOf(values.gain, gainNames);
