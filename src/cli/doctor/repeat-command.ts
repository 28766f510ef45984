import type { DoctorPlan } from './options.ts';

/** The command that repeats a diagnosis, with every option that differs from its default. */
export function doctorCommandOf(plan: DoctorPlan): string {
  const { training } = plan;
  const parts = ['outset doctor', quote(plan.model)];
  const add = (option: string, value: string | number | null, usual: string | number | null) => {
    if (value !== null && value !== usual) parts.push(`${option} ${quote(String(value))}`);
  };
  add('--data', plan.data, null);
  add('--network', plan.network, null);
  add('--start', plan.start, null);
  add('--optimizer', training.optimizer.name, 'adam');
  add('--lr', training.learningRate, 0.001);
  add('--steps', training.steps, 3000);
  add('--batch', plan.batch, 256);
  add('--seed', plan.seed, 0);
  if (plan.full) parts.push('--full');
  if (plan.onlyWeights) parts.push('--only-weights');
  if (plan.fix && plan.output === null) parts.push('--fix');
  add('-o', plan.output, null);
  return parts.join(' ');
}

/** Quotes an argument for a POSIX shell where it needs it. */
function quote(text: string): string {
  return /^[\w.,:/=+-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
