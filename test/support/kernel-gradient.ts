import { bitLayer, insideColumn } from '../../src/boltzmann/kernels/bit-layer.ts';
import { panelPlace } from '../../src/boltzmann/kernels/bit-parameters.ts';
import type { Rbm } from '../../src/boltzmann/rbm.ts';
import type { RbmTrainer } from '../../src/boltzmann/rbm-trainer.ts';

/**
 * The last gradient of the weights of a sparse trainer with momentum 0, whose momentum it is; shape [visible, hidden].
 * The kernels work on bits x with states a x - p: there the gradient is 1 / (a b) of the states'.
 */
export function kernelGradient(trainer: RbmTrainer, rbm: Rbm): Float64Array {
  const momentum = trainer.snapshot().arrays.get('momentum')!;
  const visible = bitLayer(rbm.visible, 0, 'visible');
  const hidden = bitLayer(rbm.hidden, 0, 'hidden');
  const gradient = new Float64Array(visible.width * hidden.width);
  for (let i = 0; i < visible.width; i++) {
    for (let j = 0; j < hidden.width; j++) {
      const place = panelPlace(visible.padded, insideColumn(visible, i), insideColumn(hidden, j));
      gradient[i * hidden.width + j] = visible.scale * hidden.scale * momentum[place];
    }
  }
  return gradient;
}
