import { type Localized, verbatim } from '../figures/figure.ts';
import type { Words } from './rbm-report-data.ts';

/** A text in every language. */
export function inWords(text: Words): Localized {
  return typeof text === 'string' ? verbatim(text) : text;
}
