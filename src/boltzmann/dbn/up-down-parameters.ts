import type { Tensor } from '../../tensor/tensor.ts';
import { float32, tensor } from '../../tensor/tensor.ts';
import type { NamedShape } from '../../training/parameter-store.ts';
import type { Dbn, DbnLayer } from '../dbn.ts';
import { stateWidth } from '../units/unit-spec.ts';

/** Names of the parameters of layer l (from 0) below the top. */
export const lowerNames = (layer: number) =>
  ({
    recognition: `layer${layer}.recognition.weights`,
    recognitionBias: `layer${layer}.recognition.bias`,
    generative: `layer${layer}.generative.weights`,
    generativeBias: `layer${layer}.generative.bias`,
  }) as const;

/** Names of the parameters of the top RBM. */
export const topNames = {
  weights: 'top.weights',
  visibleBias: 'top.visible.bias',
  hiddenBias: 'top.hidden.bias',
};

/** Sizes of an up-down learner. */
export interface UpDownSizes {
  /** Units of each layer below the top RBM's hidden units, visible first; without label columns. */
  readonly widths: readonly number[];
  /** Hidden units of the top RBM. */
  readonly top: number;
  /** States of the label unit; 0 without. */
  readonly labels: number;
}

export function upDownSizes({ layers, labels }: Dbn): UpDownSizes {
  const widths = layers.map(({ rbm }) => stateWidth(rbm.visible));
  widths[widths.length - 1] -= labels;
  return { widths, top: stateWidth(layers[layers.length - 1].rbm.hidden), labels };
}

/** Every parameter with its shape. Weights are [lower layer, upper layer], recognition and generative alike. */
export function upDownShapes({ widths, top, labels }: UpDownSizes): NamedShape[] {
  const shapes: NamedShape[] = [];
  for (let layer = 0; layer + 1 < widths.length; layer++) {
    const names = lowerNames(layer);
    const [below, above] = [widths[layer], widths[layer + 1]];
    shapes.push(
      { name: names.recognition, dims: [below, above] },
      { name: names.recognitionBias, dims: [above] },
      { name: names.generative, dims: [below, above] },
      { name: names.generativeBias, dims: [below] },
    );
  }
  const visible = widths[widths.length - 1] + labels;
  shapes.push(
    { name: topNames.weights, dims: [visible, top] },
    { name: topNames.visibleBias, dims: [visible] },
    { name: topNames.hiddenBias, dims: [top] },
  );
  return shapes;
}

/** The parameters of a deep belief net by name; tied weights are written twice. */
export function parametersOf({ layers }: Dbn): Map<string, Tensor<'float32'>> {
  const values = new Map<string, Tensor<'float32'>>();
  const vector = (data: Float32Array) => float32([data.length], data);
  for (const [i, { rbm, recognition }] of layers.entries()) {
    if (i === layers.length - 1) {
      values.set(topNames.weights, rbm.weights);
      values.set(topNames.visibleBias, vector(rbm.visibleParameters.bias));
      values.set(topNames.hiddenBias, vector(rbm.hiddenParameters.bias));
    } else {
      const names = lowerNames(i);
      values.set(names.recognition, recognition?.weights ?? rbm.weights);
      values.set(names.recognitionBias, vector(recognition?.hiddenBias ?? rbm.hiddenParameters.bias));
      values.set(names.generative, rbm.weights);
      values.set(names.generativeBias, vector(rbm.visibleParameters.bias));
    }
  }
  return values;
}

/** A deep belief net of the same units with these parameters, copied. */
export function dbnWith(template: Dbn, values: ReadonlyMap<string, Tensor<'float32'>>): Dbn {
  const matrix = (name: string) => {
    const { dims, data } = values.get(name) as Tensor<'float32'>;
    return tensor('float32', dims, data.slice());
  };
  const layers = template.layers.map(({ rbm }, i): DbnLayer => {
    if (i === template.layers.length - 1) {
      return {
        rbm: {
          ...rbm,
          weights: matrix(topNames.weights),
          visibleParameters: { bias: matrix(topNames.visibleBias).data },
          hiddenParameters: { bias: matrix(topNames.hiddenBias).data },
        },
      };
    }
    const names = lowerNames(i);
    const hiddenBias = matrix(names.recognitionBias).data;
    return {
      rbm: {
        ...rbm,
        weights: matrix(names.generative),
        visibleParameters: { bias: matrix(names.generativeBias).data },
        hiddenParameters: { bias: hiddenBias },
      },
      recognition: { weights: matrix(names.recognition), hiddenBias },
    };
  });
  return { layers, labels: template.labels };
}
