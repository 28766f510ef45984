import type { ParameterShape } from '../initializers/initializer.ts';
import { OutsetError } from '../messages/error.ts';
import type { GraphBuilder } from '../onnx/builder.ts';
import type { Dims } from '../tensor/tensor.ts';
import type { BlockInfo, BufferShape, LayerInfo, MaskShape } from './network.ts';
import type { ActivationName, LayerSpec } from './spec.ts';

/** Where a layer's nodes go, for one batch size and mode. */
export interface EmitContext {
  readonly builder: GraphBuilder;
  readonly batch: number;
  readonly training: boolean;
  readonly masks: MaskShape[];
  readonly updatedBuffers: Map<string, string>;
}

/** A layer whose shapes are settled: what comes out, and how to add its nodes behind a value [batch, ...input]. */
export interface LayerPlan {
  readonly name: string;
  /** Without the batch axis. */
  readonly outputDims: Dims;
  /** Adds the nodes and returns the value [batch, ...outputDims]. */
  emit(context: EmitContext, input: string): string;
}

/** Where in the spec a layer stands, for error messages: `layers[3].layers[0]`. */
export type SpecPath = readonly (string | number)[];

/** What a layer is planned from. */
export interface LayerSite {
  /** Shape that reaches the layer, without the batch axis. */
  readonly input: Dims;
  readonly path: SpecPath;
}

/**
 * Collects what the layers of a network declare while their shapes are settled: names, parameters, buffers, and the
 * places to trace. Nothing here depends on the batch size.
 */
export class NetworkPlan {
  readonly parameters: ParameterShape[] = [];
  readonly buffers: BufferShape[] = [];
  readonly layers: LayerInfo[] = [];
  readonly blocks: BlockInfo[] = [];
  readonly #taken = new Set<string>();
  readonly #counters = new Map<string, number>();
  /** Index of the linear layer that a following activation would complete, or -1. */
  #open = -1;

  constructor(layers: readonly LayerSpec[]) {
    this.#claimGivenNames(layers, ['layers']);
  }

  /** The layer's own name, or its type and a number: `dense1`, `conv2`. */
  nameOf(spec: LayerSpec): string {
    if (spec.name !== undefined) return spec.name;
    let count = this.#counters.get(spec.type) ?? 0;
    let name: string;
    do {
      count += 1;
      name = `${spec.type}${count}`;
    } while (this.#taken.has(name));
    this.#counters.set(spec.type, count);
    this.#taken.add(name);
    return name;
  }

  /** Declares a parameter and returns its name. */
  parameter(shape: ParameterShape): string {
    this.parameters.push(shape);
    return shape.name;
  }

  buffer(shape: BufferShape): string {
    this.buffers.push(shape);
    return shape.name;
  }

  /** Declares a layer with weights; its depth is its place among them. */
  layer(info: Omit<LayerInfo, 'depth'>): void {
    this.layers.push({ ...info, depth: this.layers.length + 1 });
    this.#open = info.activation === 'linear' ? this.layers.length - 1 : -1;
  }

  /**
   * An activation that stands alone: if nothing but normalization lies between it and a linear layer, that layer's
   * trace and gain speak of this activation.
   */
  activate(activation: ActivationName, output: string): void {
    if (this.#open >= 0) this.layers[this.#open] = { ...this.layers[this.#open], activation, output };
    this.#open = -1;
  }

  /** The signal leaves the reach of the last linear layer (pooling, flattening, the end of a block). */
  close(): void {
    this.#open = -1;
  }

  #claimGivenNames(layers: readonly LayerSpec[], path: SpecPath): void {
    for (const [i, layer] of layers.entries()) {
      const here = [...path, i];
      if (layer.name !== undefined) {
        if (this.#taken.has(layer.name)) {
          throw new OutsetError(
            'network.duplicate_name',
            { name: layer.name, where: formatPath(here) },
            { path: here },
          );
        }
        this.#taken.add(layer.name);
      }
      if (layer.type === 'residual') this.#claimGivenNames(layer.layers, [...here, 'layers']);
    }
  }
}

/** `layers[3].layers[0]` from its parts. */
export function formatPath(path: SpecPath): string {
  let text = '';
  for (const part of path) text += typeof part === 'number' ? `[${part}]` : text === '' ? part : `.${part}`;
  return text;
}
