/** What frameworks do when nobody says otherwise, for dense layers and convolutions. */

import type { Initializer } from './initializer.ts';
import { varianceScaling } from './variance-scaling.ts';

/**
 * PyTorch's default for weights and biases of Linear and Conv layers:
 *
 *   U(-1 / sqrt(fanIn), 1 / sqrt(fanIn)),   variance 1 / (3 fanIn)
 *
 * which is `kaiming_uniform_(a = sqrt(5))`. Specialization of {@link varianceScaling} with scale 1/3. It shrinks the
 * signal of a ReLU network by a factor sqrt(6) in every layer.
 *
 * PyTorch takes the fan of a transposed convolution from the wrong axis; here the layer's own fanIn counts.
 *
 * @see PyTorch, `Linear.reset_parameters`
 */
export function pytorchDefault(): Initializer {
  return varianceScaling({ scale: 1 / 3, mode: 'fanIn', distribution: 'uniform' });
}
