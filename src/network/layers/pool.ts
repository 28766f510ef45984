import type { LayerPlan, LayerSite, NetworkPlan } from '../plan.ts';
import type { GlobalAveragePoolSpec, PoolSpec } from '../spec.ts';
import { imageDims, windowPositions } from './image.ts';

/**
 * Largest or mean value of each window of size x size pixels. Positions are floored, as in PyTorch: an odd last row
 * or column is left out. An average counts padded zeros, as PyTorch's default does.
 */
export function planPool(plan: NetworkPlan, spec: PoolSpec, site: LayerSite): LayerPlan {
  const name = plan.nameOf(spec);
  const [channels] = imageDims(name, site);
  const size = spec.size ?? 2;
  const stride = spec.stride ?? size;
  const pad = spec.padding ?? 0;
  const positions = windowPositions(name, site, {
    kernel: [size, size],
    stride: [stride, stride],
    dilation: 1,
    padding: { before: [pad, pad], after: [pad, pad] },
  });
  const attributes = { kernel_shape: [size, size], strides: [stride, stride], pads: [pad, pad, pad, pad] };
  return {
    name,
    outputDims: [channels, ...positions],
    emit({ builder }, value) {
      return spec.type === 'max-pool'
        ? builder.op('MaxPool', [value], attributes, { name, output: `${name}.output` })
        : builder.op(
            'AveragePool',
            [value],
            { ...attributes, count_include_pad: pad > 0 ? 1 : undefined },
            { name, output: `${name}.output` },
          );
    },
  };
}

/** Mean over height and width: [channels, height, width] -> [channels]. */
export function planGlobalAveragePool(
  plan: NetworkPlan,
  spec: GlobalAveragePoolSpec,
  site: LayerSite,
): LayerPlan {
  const name = plan.nameOf(spec);
  const [channels] = imageDims(name, site);
  return {
    name,
    outputDims: [channels],
    emit({ builder }, value) {
      const pooled = builder.op('GlobalAveragePool', [value], {}, { name });
      return builder.op('Flatten', [pooled], { axis: 1 }, { output: `${name}.output` });
    },
  };
}
