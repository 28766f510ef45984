import { describe, expect, test } from 'vitest';
import { checkSchedule, scheduleFactor } from './schedule.ts';
import type { ScheduleSpec } from './spec.ts';

const factors = (schedule: ScheduleSpec, steps: readonly number[]) =>
  steps.map((step) => scheduleFactor(schedule, step, 10, 100));

describe('scheduleFactor', () => {
  test('constant is 1, with warm-up a straight line from 1/w to 1', () => {
    expect(factors({ name: 'constant' }, [0, 50, 500])).toEqual([1, 1, 1]);
    expect(factors({ name: 'constant', warmupSteps: 4 }, [0, 1, 2, 3, 4])).toEqual([0.25, 0.5, 0.75, 1, 1]);
  });

  test('step multiplies after every so many epochs', () => {
    const schedule: ScheduleSpec = { name: 'step', everyEpochs: 3, factor: 0.5 };
    expect(factors(schedule, [0, 29, 30, 59, 60, 99])).toEqual([1, 1, 0.5, 0.5, 0.25, 0.125]);
  });

  test('cosine goes from 1 through the middle to its end', () => {
    const [first, middle, last, beyond] = factors({ name: 'cosine', finalFactor: 0.2 }, [0, 50, 100, 130]);
    expect(first).toBe(1);
    expect(middle).toBeCloseTo(0.6, 12);
    expect(last).toBeCloseTo(0.2, 12);
    expect(beyond).toBe(last);
    const sixty = scheduleFactor({ name: 'cosine', warmupSteps: 40 }, 60, 10, 100);
    expect(sixty).toBeCloseTo((1 + Math.cos(Math.PI / 3)) / 2, 12);
  });
});

test.each([
  [{ name: 'step', everyEpochs: 0, factor: 0.5 }, 'schedule.everyEpochs'],
  [{ name: 'step', everyEpochs: 2, factor: Number.NaN }, 'schedule.factor'],
  [{ name: 'cosine', finalFactor: 2 }, 'schedule.finalFactor'],
  [{ name: 'constant', warmupSteps: -1 }, 'schedule.warmupSteps'],
] as [ScheduleSpec, string][])('%j is refused', (schedule, field) => {
  expect(() => checkSchedule(schedule)).toThrow(
    expect.objectContaining({ code: 'training.bad_value', details: expect.objectContaining({ field }) }),
  );
});

test('an unknown schedule is refused with the known ones', () => {
  expect(() => checkSchedule({ name: 'linear' } as unknown as ScheduleSpec)).toThrow(
    /constant, step, cosine/,
  );
});
