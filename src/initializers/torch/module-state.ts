/**
 * The parameters of a module while it is made, in the order of its `state_dict`: its own parameters, its own buffers,
 * then those of the modules in it. That is not the order in which they are drawn.
 */

import type { Tensor } from '../../tensor/tensor.ts';

export interface ModuleState {
  readonly parameters: Map<string, Tensor>;
  readonly buffers: Map<string, Tensor>;
  readonly modules: Map<string, ModuleState>;
}

export function moduleState(
  parameters: Iterable<readonly [string, Tensor]> = [],
  modules: Iterable<readonly [string, ModuleState]> = [],
): ModuleState {
  return { parameters: new Map(parameters), buffers: new Map(), modules: new Map(modules) };
}

/** The tensors by their full names, `0.weight` or `encoder.layers.0.norm1.bias`. */
export function stateDict(state: ModuleState): Map<string, Tensor> {
  const result = new Map<string, Tensor>();
  const visit = (module: ModuleState, prefix: string) => {
    for (const [name, tensor] of module.parameters) result.set(prefix + name, tensor);
    for (const [name, tensor] of module.buffers) result.set(prefix + name, tensor);
    for (const [name, inner] of module.modules) visit(inner, `${prefix}${name}.`);
  };
  visit(state, '');
  return result;
}

/** Replaces every parameter by what `change` makes of it, in the order of `module.parameters()`. */
export function replaceParameters(module: ModuleState, change: (tensor: Tensor) => Tensor): void {
  for (const [name, tensor] of module.parameters) module.parameters.set(name, change(tensor));
  for (const inner of module.modules.values()) replaceParameters(inner, change);
}

/** A module with copies of the same tensors, as `copy.deepcopy` makes it. */
export function copyModule(module: ModuleState): ModuleState {
  const copies = (tensors: Map<string, Tensor>) =>
    [...tensors].map(([name, tensor]) => [name, { ...tensor, data: tensor.data.slice() } as Tensor] as const);
  return {
    parameters: new Map(copies(module.parameters)),
    buffers: new Map(copies(module.buffers)),
    modules: new Map([...module.modules].map(([name, inner]) => [name, copyModule(inner)])),
  };
}
