import { OutsetError } from '../messages/error.ts';
import type { RaceResult } from '../race/result.ts';

/**
 * Makes sure that a value, perhaps read from a file, is the result of a race before anything is drawn from it.
 *
 * @throws `report.not_a_race`
 */
export function checkRace(result: RaceResult): void {
  const { format, version } = (result ?? {}) as { format?: unknown; version?: unknown };
  if (format === 'outset-race' && version === 1) return;
  throw new OutsetError('report.not_a_race', {
    format: format === undefined ? '–' : String(format),
    version: version === undefined ? '–' : String(version),
  });
}
