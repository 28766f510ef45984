import { availableParallelism, cpus } from 'node:os';
import type { RaceResult } from '../../race/result.ts';

/** The machine that a race ran on, for the report. */
export function machineOf(engine: string, workers: number): RaceResult['machine'] {
  return {
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: availableParallelism(),
    platform: `${process.platform} ${process.arch}`,
    node: process.versions.node,
    engine,
    workers,
  };
}
