import type { Runtime } from '../runtime/runtime.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { diagnose } from './diagnose.ts';
import type { Diagnosis, Prescription, TrainingPlan } from './diagnosis.ts';
import type { ExaminationBatch } from './measure/batch.ts';
import { applyPrescription } from './prescribe/apply.ts';
import { candidatesFor } from './prescribe/candidates.ts';
import type { Subject } from './subject.ts';

export interface FixOptions {
  readonly subject: Subject;
  /** What {@link diagnose} said of the subject on the batch. */
  readonly diagnosis: Diagnosis;
  readonly batch: ExaminationBatch;
  readonly runtime: Runtime;
  /** Of new random numbers; default 0. */
  readonly seed?: number;
  /** Mend weights that look trained as well; default false. */
  readonly evenIfTrained?: boolean;
  /** Look for a better start even where the verdict is that it learns, because training said otherwise; default false. */
  readonly evenIfLearns?: boolean;
  /** May the learning rate be changed where no start helps? Default true. */
  readonly mayChangeRate?: boolean;
  /** Once aborted, no more prescriptions are tried; the best of those that were is returned. */
  readonly signal?: AbortSignal;
}

export interface Fix {
  /** True if the verdict after it is that the network learns. */
  readonly healed: boolean;
  /** What was carried out, in this order; empty where nothing had to or could be done. */
  readonly prescriptions: readonly Prescription[];
  /** Parameters with new values, and why nothing was changed if there are none. */
  readonly changed: readonly string[];
  readonly reason: 'learns-already' | 'trained' | 'not-runnable' | 'no-help' | null;
  /** New values of all parameters. */
  readonly values: ReadonlyMap<string, Tensor<'float32'>>;
  /** The plan with another learning rate, where that was needed too. */
  readonly plan: TrainingPlan;
  readonly before: Diagnosis;
  readonly after: Diagnosis;
}

/** Probability of learning well from which a start is taken without looking for a better one. */
const enough = 0.75;
/** Factors on the learning rate that are tried where no start is enough. */
const rateFactors = [1 / 4, 1 / 16, 4, 1 / 64, 16];

interface Attempt {
  readonly prescriptions: readonly Prescription[];
  readonly values: ReadonlyMap<string, Tensor<'float32'>>;
  readonly plan: TrainingPlan;
  readonly after: Diagnosis;
}

/**
 * Mends a start: prescriptions are tried from the smallest to the largest, each is measured, rehearsed and judged again, and the
 * first that makes the network learn well is kept; if none does, the best. Weights that look trained are not touched unless
 * it is asked for. The subject itself is not changed.
 */
export async function fix(options: FixOptions): Promise<Fix> {
  const { subject, diagnosis, evenIfTrained = false, evenIfLearns = false, mayChangeRate = true } = options;
  const { plan } = diagnosis.verdict;
  const isTrained = diagnosis.findings.some(({ code }) => code === 'trained');
  const unchanged = (reason: NonNullable<Fix['reason']>): Fix => ({
    healed: reason === 'learns-already',
    prescriptions: [],
    changed: [],
    reason,
    values: subject.parameters,
    plan,
    before: diagnosis,
    after: diagnosis,
  });
  if (isTrained && !evenIfTrained) return unchanged('trained');
  if (subject.build === undefined) return unchanged('not-runnable');
  const harmful = diagnosis.findings.some(({ severity }) => severity === 'error');
  if (diagnosis.verdict.name === 'learns' && !harmful && !evenIfLearns) return unchanged('learns-already');

  const attempts = await tryAll(options, plan);
  let best = bestOf(attempts);
  if (best !== null && best.after.verdict.wellProbability < enough && mayChangeRate) {
    best = bestOf([best, ...(await tryRates(options, best))]);
  }
  const worse = best !== null && !isBetter(best.after, diagnosis);
  if (best === null || (worse && !evenIfLearns)) return unchanged('no-help');
  return {
    healed: best.after.verdict.probability >= 0.5,
    prescriptions: best.prescriptions,
    changed: changedNames(subject.parameters, best.values),
    reason: null,
    values: best.values,
    plan: best.plan,
    before: diagnosis,
    after: best.after,
  };
}

/** More probable to learn well, or fewer errors at about the same probability. */
function isBetter(after: Diagnosis, before: Diagnosis): boolean {
  const errors = ({ findings }: Diagnosis) => findings.filter(({ severity }) => severity === 'error').length;
  const gained = after.verdict.wellProbability - before.verdict.wellProbability;
  return gained > 0 || (gained > -alike && errors(after) < errors(before));
}

async function tryAll(options: FixOptions, plan: TrainingPlan): Promise<Attempt[]> {
  const { subject, diagnosis, batch, runtime, seed = 0, signal } = options;
  const attempts: Attempt[] = [];
  for (const prescriptions of candidatesFor(subject, diagnosis)) {
    if (signal?.aborted) break;
    let values: ReadonlyMap<string, Tensor<'float32'>> | null = subject.parameters;
    for (const one of prescriptions) {
      values = values && (await applyPrescription(one, values, { subject, batch, runtime, seed }));
    }
    if (values === null) continue;
    const after = await diagnose({ subject: { ...subject, parameters: values }, batch, plan, runtime });
    attempts.push({ prescriptions, values, plan, after });
    const stillBroken = after.findings.some(({ severity }) => severity === 'error');
    if (after.verdict.wellProbability >= enough && !stillBroken) break;
  }
  return attempts;
}

async function tryRates({ subject, batch, runtime, signal }: FixOptions, best: Attempt): Promise<Attempt[]> {
  const attempts: Attempt[] = [];
  for (const factor of rateFactors) {
    if (signal?.aborted) break;
    const learningRate = Number((best.plan.learningRate * factor).toPrecision(3));
    const plan = { ...best.plan, learningRate };
    const after = await diagnose({ subject: { ...subject, parameters: best.values }, batch, plan, runtime });
    const prescriptions: Prescription[] = [...best.prescriptions, { kind: 'learning-rate', learningRate }];
    attempts.push({ prescriptions, values: best.values, plan, after });
    if (after.verdict.wellProbability >= enough) break;
  }
  return attempts;
}

/** Probability within which two starts count as equally good: held-out examples are few. */
const alike = 0.25;

/** The most probable; of those that are about as good, the smallest change, which came first. */
function bestOf(attempts: readonly Attempt[]): Attempt | null {
  return attempts.reduce<Attempt | null>(
    (best, one) =>
      best === null || one.after.verdict.wellProbability > best.after.verdict.wellProbability + alike
        ? one
        : best,
    null,
  );
}

function changedNames(
  before: ReadonlyMap<string, Tensor<'float32'>>,
  after: ReadonlyMap<string, Tensor<'float32'>>,
): string[] {
  return [...after].flatMap(([name, { data }]) => {
    const old = before.get(name)?.data;
    return old === undefined || data.some((value, i) => !Object.is(value, old[i])) ? [name] : [];
  });
}
