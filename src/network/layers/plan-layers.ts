import type { Dims } from '../../tensor/tensor.ts';
import type { LayerPlan, LayerSite, NetworkPlan, SpecPath } from '../plan.ts';
import type { LayerSpec } from '../spec.ts';
import { planActivation } from './activation.ts';
import { planBatchNorm } from './batch-norm.ts';
import { planConv } from './conv.ts';
import { planDense } from './dense.ts';
import { planDropout } from './dropout.ts';
import { planFlatten } from './flatten.ts';
import { planGroupNorm } from './group-norm.ts';
import { planLayerNorm } from './layer-norm.ts';
import { planGlobalAveragePool, planPool } from './pool.ts';
import { planResidual } from './residual.ts';

/** Settles the shapes of a run of layers, first to last. */
export function planLayers(
  plan: NetworkPlan,
  specs: readonly LayerSpec[],
  input: Dims,
  path: SpecPath,
): LayerPlan[] {
  const plans: LayerPlan[] = [];
  let dims = input;
  for (const [i, spec] of specs.entries()) {
    const layer = planLayer(plan, spec, { input: dims, path: [...path, i] });
    dims = layer.outputDims;
    plans.push(layer);
  }
  return plans;
}

function planLayer(plan: NetworkPlan, spec: LayerSpec, site: LayerSite): LayerPlan {
  switch (spec.type) {
    case 'dense':
      return planDense(plan, spec, site);
    case 'conv':
      return planConv(plan, spec, site);
    case 'activation':
      return planActivation(plan, spec, site);
    case 'batch-norm':
      return planBatchNorm(plan, spec, site);
    case 'layer-norm':
      return planLayerNorm(plan, spec, site);
    case 'group-norm':
      return planGroupNorm(plan, spec, site);
  }
  // What follows is out of reach of the activation of the last linear layer.
  plan.close();
  switch (spec.type) {
    case 'max-pool':
    case 'average-pool':
      return planPool(plan, spec, site);
    case 'global-average-pool':
      return planGlobalAveragePool(plan, spec, site);
    case 'flatten':
      return planFlatten(plan, spec, site);
    case 'dropout':
      return planDropout(plan, spec, site);
    case 'residual':
      return planResidual(plan, spec, site, planLayers);
  }
}
