import { byParameter, weightsOf } from './by-parameter.ts';
import { checkNumber } from './check.ts';
import type { ModelRule } from './model-rule.ts';
import { uniform } from './uniform.ts';

export interface SirenOptions {
  /** Frequency factor omega_0 of every sine, default 30. Above 0. */
  readonly omega?: number;
  /**
   * True (default): the factor is multiplied into the weights, for networks whose activation is a plain sine. False: the
   * layers compute sin(omega (x W + b)) themselves, as the authors' code does; `scales` then says so.
   */
  readonly fold?: boolean;
}

/**
 * SIREN: networks of sines that represent signals. With n = fanIn,
 *
 *   first weight   U(±1 / n)                    b ~ U(±1 / sqrt(n)), as the authors' layers have it
 *   other weights  U(±sqrt(6 / n) / omega)
 *
 * before omega is multiplied in. Pre-activations of sine layers are then N(0, 1) at any depth. A weight times omega
 * learns as before with a learning rate times omega² (SGD) or omega (Adam): those are the `scales` when folded.
 *
 * @throws initializers.bad_parameter
 * @see Sitzmann et al. 2020, "Implicit neural representations with periodic activation functions", section 3.2, theorem 1.8
 */
export function siren({ omega = 30, fold = true }: SirenOptions = {}): ModelRule {
  checkNumber('siren', 'omega', omega, '> 0', omega > 0);
  return byParameter((parameters) => {
    const weights = weightsOf(parameters);
    const [first, last] = [weights[0]?.name, weights[weights.length - 1]?.name];
    let previous = first;
    const factorOf = new Map<string, number>();
    // The last layer is linear: it has no sine, and no omega either.
    for (const { name, role } of parameters) {
      if (role === 'weight') previous = name;
      factorOf.set(name, fold && (previous !== last || weights.length === 1) ? omega : 1);
    }
    return ({ name, role, fanIn }) => {
      if (role !== 'weight' && role !== 'bias') return undefined;
      const n = Math.max(1, fanIn);
      const bound = role === 'bias' ? 1 / Math.sqrt(n) : name === first ? 1 / n : Math.sqrt(6 / n) / omega;
      const factor = factorOf.get(name) ?? 1;
      return {
        values: uniform({ low: -bound * factor, high: bound * factor }),
        scale: { sgd: factor * factor, adam: factor, forward: fold || name === last ? 1 : omega },
      };
    };
  }, true);
}
