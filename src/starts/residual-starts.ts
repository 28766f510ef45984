/**
 * Starts for residual networks: in all of them a block begins as the identity, or nearly so, and they differ in what is 0:
 * the last weight of the branch (Fixup), a learned factor on it (SkipInit, ReZero), the scale of its last normalization
 * (zero-gamma), or nothing but the deviation from the identity (IDInit).
 */
import { constant, ones, zeros } from '../initializers/constant.ts';
import { heNormal } from '../initializers/he.ts';
import type { Initializer, ParameterShape } from '../initializers/initializer.ts';
import { initializerFor } from '../initializers/initializer-rule.ts';
import { paddedIdentity } from '../initializers/partial-identity.ts';
import { parseRule } from '../initializers/registry.ts';
import { OutsetError } from '../messages/error.ts';
import type { BlockInfo, Network } from '../network/network.ts';
import type { Start } from './start.ts';

/** A start that chooses an initializer for each parameter after a look at the blocks. */
function byBlocks(
  name: string,
  plan: (network: Network) => (parameter: ParameterShape) => Initializer | undefined,
): Start {
  return {
    name,
    needsData: false,
    async parameters(network, { stream }) {
      if (network.blocks.length === 0) throw new OutsetError('starts.needs_blocks', { start: name });
      const choose = plan(network);
      return new Map(
        network.parameters.map((parameter) => {
          const usual = parameter.role === 'scale' ? ones() : zeros();
          return [parameter.name, (choose(parameter) ?? usual)(stream.child(parameter.name), parameter)];
        }),
      );
    },
  };
}

/** Names of the weights of a branch, first to last. */
function branchWeights(network: Network, block: BlockInfo): string[] {
  return block.layers.map((layer) => network.layers.find(({ name }) => name === layer)?.weight ?? '');
}

/** The weight that gives the logits. */
function lastWeight(network: Network): string {
  return network.layers[network.layers.length - 1].weight;
}

/**
 * Fixup: residual networks without normalization. L blocks, m weights in a branch.
 *
 *   last weight of every branch, and of the network     0
 *   other weights of a branch                           He normal times L^(-1/(2m - 2))
 *   all other weights                                   He normal
 *   factors of branches (`scale: 'learned'`)            1
 *
 * The update of the function then stays of the order of the learning rate at any depth. The paper's scalar biases in front
 * of each layer are not parameters here: a layer's own biases, 0 at the start, do more.
 *
 * @throws starts.needs_blocks for a network without residual blocks
 * @see Zhang, Dauphin, Ma 2019, "Fixup initialization", section 3 (rules 1 to 3) and eq. 6
 */
export function fixup(name = 'fixup'): Start {
  return byBlocks(name, (network) => {
    const factors = new Map<string, number>([[lastWeight(network), 0]]);
    for (const block of network.blocks) {
      const weights = branchWeights(network, block);
      const m = weights.length;
      for (const [i, weight] of weights.entries()) {
        const inside = i === m - 1 ? 0 : network.blocks.length ** (-1 / (2 * m - 2));
        factors.set(weight, Math.min(factors.get(weight) ?? 1, inside));
      }
    }
    return ({ name: parameter, role }) => {
      if (role !== 'weight') return undefined;
      const factor = factors.get(parameter) ?? 1;
      return factor === 0 ? zeros() : times(heNormal(), factor);
    };
  });
}

/**
 * SkipInit, also known as ReZero: a learned factor on every branch starts at 0, all else by a rule.
 *
 *   x + alpha F(x),  alpha = 0
 *
 * The blocks have to have the factor: `{ type: 'residual', scale: 'learned' }`, or `:residual=learned` in the short form.
 *
 * @param options.alpha  start of the factor, default 0; De and Smith also try 1 / sqrt(L)
 * @param options.base  rule for the weights, default `he-normal`
 * @throws starts.needs_blocks, starts.needs_learned_scale
 * @see De, Smith 2020, "Batch normalization biases residual blocks towards the identity function", section 4; Bachlechner et
 *   al. 2021, "ReZero is all you need", eq. 2
 */
export function skipInit({ alpha = 0, base = 'he-normal', name = 'skipinit' } = {}): Start {
  const rule = parseRule(base);
  return byBlocks(name, (network) => {
    const factors = new Set<string>();
    for (const block of network.blocks) {
      if (block.scale === undefined) {
        throw new OutsetError('starts.needs_learned_scale', { start: name, block: block.name });
      }
      factors.add(block.scale);
    }
    return (parameter) => (factors.has(parameter.name) ? constant(alpha) : initializerFor(rule, parameter));
  });
}

/**
 * Zero-gamma: the scale of the last normalization of every branch starts at 0; where a branch has none behind its last
 * weight, that weight does.
 *
 * @param options.base  rule for the weights, default `he-normal`
 * @throws starts.needs_blocks
 * @see Goyal et al. 2017, "Accurate, large minibatch SGD", section 5.1; torchvision `zero_init_residual`
 */
export function zeroGamma({ base = 'he-normal', name = 'zero-gamma' } = {}): Start {
  const rule = parseRule(base);
  return byBlocks(name, (network) => {
    const silent = new Set<string>();
    for (const block of network.blocks) silent.add(endOfBranch(network, block));
    return (parameter) => (silent.has(parameter.name) ? zeros() : initializerFor(rule, parameter));
  });
}

/** The scale behind the last weight of a branch, or that weight. */
function endOfBranch(network: Network, block: BlockInfo): string {
  const weights = branchWeights(network, block);
  const last = weights[weights.length - 1] ?? '';
  const roles = new Map(network.parameters.map(({ name, role }) => [name, role]));
  const behind = block.parameters.slice(block.parameters.indexOf(last) + 1);
  return behind.filter((name) => roles.get(name) === 'scale').pop() ?? last;
}

/**
 * IDInit: padded identities, those at the end of a branch times 1e-6. The network starts as a (repeated, added up) copy of
 * its input all the way, without chance.
 *
 * @param options.epsilon  factor at the end of a branch, default 1e-6: not 0, so that no unit is dead
 * @throws starts.needs_blocks
 * @see Pan et al. 2025, "IDInit", sections 3.1 and 3.2; {@link paddedIdentity}
 */
export function idInit({ epsilon = 1e-6, name = 'idinit' } = {}): Start {
  return byBlocks(name, (network) => {
    const ends = new Set(network.blocks.map((block) => branchWeights(network, block).pop()));
    return ({ name: parameter, role }) =>
      role === 'weight' ? paddedIdentity({ scale: ends.has(parameter) ? epsilon : 1 }) : undefined;
  });
}

function times(initializer: Initializer, factor: number): Initializer {
  return (stream, parameter) => {
    const value = initializer(stream, parameter);
    for (let i = 0; i < value.data.length; i++) value.data[i] *= factor;
    return value;
  };
}
