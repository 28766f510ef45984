import { OutsetError } from '../messages/error.ts';
import type { ScheduleSpec } from './spec.ts';

/** Names of the learning-rate schedules. */
export const scheduleNames: readonly ScheduleSpec['name'][] = ['constant', 'step', 'cosine'];

/**
 * The factor on the base learning rate for update number `step` (from 0).
 *
 *   constant   1
 *   step       factor^floor(epoch / everyEpochs), epoch = floor(step / stepsPerEpoch)
 *   cosine     final + (1 - final) (1 + cos(pi t)) / 2, t = (step - warmup) / (totalSteps - warmup), final default 0
 *
 * During the first `warmupSteps` updates each is multiplied by (step + 1) / warmupSteps, cosine standing at t = 0:
 * the first update is never 0. Loshchilov & Hutter 2017 (cosine), Goyal et al. 2017 (warm-up).
 */
export function scheduleFactor(
  schedule: ScheduleSpec,
  step: number,
  stepsPerEpoch: number,
  totalSteps: number,
): number {
  const warmup = schedule.warmupSteps ?? 0;
  const ramp = step < warmup ? (step + 1) / warmup : 1;
  switch (schedule.name) {
    case 'constant':
      return ramp;
    case 'step':
      return ramp * schedule.factor ** Math.floor(step / stepsPerEpoch / schedule.everyEpochs);
    case 'cosine': {
      const final = schedule.finalFactor ?? 0;
      const t = Math.min(1, Math.max(0, (step - warmup) / Math.max(1, totalSteps - warmup)));
      return ramp * (final + ((1 - final) * (1 + Math.cos(Math.PI * t))) / 2);
    }
  }
}

/** @throws training.unknown_name, training.bad_value */
export function checkSchedule(schedule: ScheduleSpec): void {
  if (!scheduleNames.includes(schedule.name)) {
    throw new OutsetError('training.unknown_name', {
      field: 'schedule',
      got: String(schedule.name),
      names: scheduleNames,
    });
  }
  const warmup = schedule.warmupSteps ?? 0;
  check('schedule.warmupSteps', Number.isInteger(warmup) && warmup >= 0, 'whole number >= 0', warmup);
  if (schedule.name === 'step') {
    const { everyEpochs, factor } = schedule;
    check(
      'schedule.everyEpochs',
      Number.isInteger(everyEpochs) && everyEpochs > 0,
      'whole number > 0',
      everyEpochs,
    );
    check('schedule.factor', factor > 0 && factor < Number.POSITIVE_INFINITY, 'x > 0', factor);
  }
  if (schedule.name === 'cosine') {
    const final = schedule.finalFactor ?? 0;
    check('schedule.finalFactor', final >= 0 && final <= 1, '0 <= x <= 1', final);
  }
}

function check(field: string, ok: boolean, expected: string, got: unknown): void {
  if (!ok) throw new OutsetError('training.bad_value', { field, expected, got });
}
