import { cpus, loadavg, release, totalmem, type } from 'node:os';

/** The machine that figures were taken on. */
export interface Machine {
  readonly processor: string;
  readonly cores: number;
  readonly memoryGib: number;
  readonly system: string;
  readonly node: string;
}

export function describeMachine(): Machine {
  return {
    processor: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    memoryGib: Math.round(totalmem() / 2 ** 30),
    system: `${type()} ${release()}`,
    node: process.version,
  };
}

/** Mean number of busy threads over the last minute. */
export function load(): number {
  return Math.round(loadavg()[0] * 100) / 100;
}
