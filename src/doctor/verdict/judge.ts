import type { Finding, FindingCode, TrainingPlan, Verdict, VerdictName } from '../diagnosis.ts';
import { type Examination, examinedLayers } from '../findings/examination.ts';
import { conditionsOf } from './conditions.ts';
import type { LookAhead } from './look-ahead.ts';
import { probabilityOf } from './probability.ts';

/** Part of the plan in which a network that learns well is done. */
const wellWithin = 0.5;

/**
 * The verdict: probability of learning from the conditions along the first update, and the findings that decide it. A start
 * that needs more than half of the plan learns slowly.
 */
export function judge(
  examination: Examination,
  findings: readonly Finding[],
  ahead: LookAhead | null,
): Verdict {
  const { plan } = examination;
  const baseline = plainRule(examination);
  const hopeless = findings.some(({ code }) => code === 'not-finite') || isStuck(examination, findings);
  if (hopeless || ahead === null) {
    const name = hopeless ? 'will-not-learn' : 'unknown';
    return { name, probability: hopeless ? 0 : 0.5, because: deciding(findings, name), plan, baseline };
  }
  const probability = probabilityOf(conditionsOf(examination, ahead));
  const name = nameOf(probability, () => probabilityOf(conditionsOf(sooner(examination), ahead)));
  return { name, probability, because: deciding(findings, name), plan, baseline };
}

function nameOf(probability: number, soon: () => number): VerdictName {
  if (probability < 0.5) return 'will-not-learn';
  return soon() < 0.5 ? 'learns-slowly' : 'learns';
}

function sooner(examination: Examination): Examination {
  const plan: TrainingPlan = { ...examination.plan, steps: examination.plan.steps * wellWithin };
  return { ...examination, plan };
}

/** Units that can never come to differ: no probability, but a law. */
function isStuck({ subject }: Examination, findings: readonly Finding[]): boolean {
  const named = findings.find(({ code }) => code === 'zero-symmetry' || code === 'constant-symmetry');
  return named?.severity === 'error' && subject.blocks.length === 0;
}

/** Errors first; a network that learns has no reason to show but what slows it. */
function deciding(findings: readonly Finding[], name: VerdictName): FindingCode[] {
  if (name === 'learns') return [];
  const weighty = findings.filter(({ severity, code }) => severity !== 'note' && code !== 'trained');
  return weighty.slice(0, 3).map(({ code }) => code);
}

/** What a plain rule says: the standard deviation of every layer's activations lies in [0.1, 10]. */
function plainRule(examination: Examination): boolean {
  return examinedLayers(examination).every(({ measured: { activations } }) => {
    const std = activations?.std;
    return activations?.notFinite === 0 && std != null && std >= 0.1 && std <= 10;
  });
}
