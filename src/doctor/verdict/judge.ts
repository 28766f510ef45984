import type { Finding, FindingCode, Rehearsal, Verdict, VerdictName } from '../diagnosis.ts';
import { type Examination, examinedLayers } from '../findings/examination.ts';
import { conditionsOf } from './conditions.ts';
import { probabilityOf } from './probability.ts';

/**
 * The verdict: probabilities from what the rehearsal showed, and the findings that decide it. A start that probably learns,
 * but not well within the plan, learns slowly.
 */
export function judge(
  examination: Examination,
  findings: readonly Finding[],
  rehearsal: Rehearsal | null,
): Verdict {
  const { plan } = examination;
  const baseline = plainRule(examination);
  const hopeless = findings.some(({ code }) => code === 'not-finite') || isStuck(examination, findings);
  if (hopeless || rehearsal === null) {
    const name = hopeless ? 'will-not-learn' : 'unknown';
    const probability = hopeless ? 0 : 0.5;
    const because = deciding(findings, name);
    return { name, probability, wellProbability: probability, because, plan, baseline };
  }
  const { learns, well } = probabilityOf(conditionsOf(rehearsal, plan), rehearsal.updates);
  const name = learns < 0.5 ? 'will-not-learn' : well < 0.5 ? 'learns-slowly' : 'learns';
  const because = deciding(findings, name);
  return { name, probability: learns, wellProbability: well, because, plan, baseline };
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
