/**
 * A trained RBM or deep belief net as named tensors and text, for a file that holds both (safetensors), and back.
 *
 * Tensors: `layer1.weights` [visible, hidden], `layer1.visible.bias`, `layer1.hidden.bias`, where units have them
 * `layer1.visible.log_precision`, `layer1.hidden.log_precision`, after up-down learning `layer1.recognition.weights` and
 * `layer1.recognition.hidden_bias`; the same for `layer2` ...; `data.mean` and `data.std` where the data were standardized.
 * Text: `format`, `model` (units of each layer, labels) and `about` ({@link ModelAbout}), both as JSON.
 */
import { OutsetError } from '../messages/error.ts';
import { type Tensor, tensor } from '../tensor/tensor.ts';
import { checkDbn } from './dbn/check-dbn.ts';
import type { DbnLayer } from './dbn.ts';
import type { LayerParameters } from './rbm.ts';
import type { GreyConvention, RbmTrainingSpec } from './rbm-training-spec.ts';
import { stateWidth, type UnitKind, type UnitSpec } from './units/unit-spec.ts';

/** What a model learned from, for whoever uses it later. Plain JSON. */
export interface ModelAbout {
  readonly data: {
    /** As it was named on the command line. */
    readonly name: string;
    /** Shape of one example, e.g. [1, 28, 28]. */
    readonly shape: readonly number[];
    /** Names of the classes of the label unit at the top; empty without. */
    readonly classes: readonly string[];
    /** What grey levels meant; null where there were none. */
    readonly grey: GreyConvention | null;
    readonly digest: string;
  };
  /** How each layer was trained, bottom first. */
  readonly training: readonly RbmTrainingSpec[];
  readonly seed: number;
  /** The command that makes this model again. */
  readonly command: string;
  readonly outsetVersion: string;
}

/** An RBM is a stack of one layer without labels. */
export interface StoredModel {
  readonly kind: 'rbm' | 'dbn';
  readonly layers: readonly DbnLayer[];
  /** Classes of the label unit beside the visible units of the top RBM; 0 without. */
  readonly labels: number;
  /** What was subtracted from each column of the data and what it was divided by; absent where nothing was. */
  readonly standardization?: { readonly mean: Float32Array; readonly std: Float32Array };
  readonly about: ModelAbout;
}

const format = 'outset-boltzmann-model-1';

/** The model as tensors and text. Nothing is copied. */
export function encodeModelFile(model: StoredModel): {
  tensors: Map<string, Tensor<'float32'>>;
  metadata: Record<string, string>;
} {
  const tensors = new Map<string, Tensor<'float32'>>();
  const vector = (name: string, values: Float32Array | undefined) => {
    if (values !== undefined) tensors.set(name, tensor('float32', [values.length], values));
  };
  for (const [i, { rbm, recognition }] of model.layers.entries()) {
    const layer = `layer${i + 1}`;
    tensors.set(`${layer}.weights`, rbm.weights);
    vector(`${layer}.visible.bias`, rbm.visibleParameters.bias);
    vector(`${layer}.visible.log_precision`, rbm.visibleParameters.logPrecision);
    vector(`${layer}.hidden.bias`, rbm.hiddenParameters.bias);
    vector(`${layer}.hidden.log_precision`, rbm.hiddenParameters.logPrecision);
    if (recognition !== undefined) {
      tensors.set(`${layer}.recognition.weights`, recognition.weights);
      vector(`${layer}.recognition.hidden_bias`, recognition.hiddenBias);
    }
  }
  vector('data.mean', model.standardization?.mean);
  vector('data.std', model.standardization?.std);
  const structure = {
    kind: model.kind,
    layers: model.layers.map(({ rbm }) => ({ visible: rbm.visible, hidden: rbm.hidden })),
    labels: model.labels,
  };
  return {
    tensors,
    metadata: { format, model: JSON.stringify(structure), about: JSON.stringify(model.about) },
  };
}

/**
 * The inverse of {@link encodeModelFile}, from what was read out of a file that may hold anything.
 * @param where the file's name, for error messages
 * @throws boltzmann.not_a_model_file when text or tensors are not those of a model; boltzmann.model_file_damaged when they
 *   do not fit together; dbn.layers_mismatch
 */
export function decodeModelFile(
  tensors: ReadonlyMap<string, Tensor>,
  metadata: Readonly<Record<string, string>>,
  where: string,
): StoredModel {
  if (metadata.format !== format) {
    throw new OutsetError('boltzmann.not_a_model_file', { where, got: metadata.format ?? '-' });
  }
  const reader = new TensorReader(tensors, where);
  const structure = structureOf(parseJson(metadata.model, 'model', where), where);
  const layers = structure.layers.map(({ visible, hidden }, i): DbnLayer => {
    const layer = `layer${i + 1}`;
    const dims = [stateWidth(visible), stateWidth(hidden)];
    const parameters = (side: 'visible' | 'hidden', units: UnitSpec): LayerParameters => {
      const bias = reader.take(`${layer}.${side}.bias`, [stateWidth(units)]).data;
      if (!hasPrecision(units.kind)) return { bias };
      return { bias, logPrecision: reader.take(`${layer}.${side}.log_precision`, [units.count]).data };
    };
    const rbm = {
      visible,
      hidden,
      weights: reader.take(`${layer}.weights`, dims),
      visibleParameters: parameters('visible', visible),
      hiddenParameters: parameters('hidden', hidden),
    };
    if (!reader.has(`${layer}.recognition.weights`)) return { rbm };
    const weights = reader.take(`${layer}.recognition.weights`, dims);
    const hiddenBias = reader.take(`${layer}.recognition.hidden_bias`, [dims[1]]).data;
    return { rbm, recognition: { weights, hiddenBias } };
  });
  const width = stateWidth(structure.layers[0].visible) - (layers.length === 1 ? structure.labels : 0);
  const standardization = reader.has('data.mean')
    ? { mean: reader.take('data.mean', [width]).data, std: reader.take('data.std', [width]).data }
    : undefined;
  reader.finish();
  checkDbn({ layers, labels: structure.labels });
  const about = aboutOf(parseJson(metadata.about, 'about', where), where);
  const { kind, labels } = structure;
  return { kind, layers, labels, ...(standardization === undefined ? {} : { standardization }), about };
}

/** Takes tensors by name and shape, and sees that none is left over. */
class TensorReader {
  readonly #tensors: ReadonlyMap<string, Tensor>;
  readonly #where: string;
  readonly #taken = new Set<string>();

  constructor(tensors: ReadonlyMap<string, Tensor>, where: string) {
    this.#tensors = tensors;
    this.#where = where;
  }

  has(name: string): boolean {
    return this.#tensors.has(name);
  }

  take(name: string, dims: readonly number[]): Tensor<'float32'> {
    this.#taken.add(name);
    const found = this.#tensors.get(name);
    const expected = `float32 [${dims.join(', ')}]`;
    const got = found === undefined ? '-' : `${found.dtype} [${found.dims.join(', ')}]`;
    if (found === undefined || got !== expected) throw damaged(this.#where, name, expected, got);
    const values = found as Tensor<'float32'>;
    const bad = values.data.findIndex((value) => !Number.isFinite(value));
    if (bad >= 0) throw damaged(this.#where, `${name}[${bad}]`, 'finite', String(values.data[bad]));
    return values;
  }

  finish(): void {
    for (const name of this.#tensors.keys()) {
      if (!this.#taken.has(name)) throw damaged(this.#where, name, '-', 'float32');
    }
  }
}

function hasPrecision(kind: UnitKind): boolean {
  return kind === 'gaussian' || kind === 'relu';
}

function damaged(where: string, what: string, expected: string, got: string): OutsetError {
  return new OutsetError('boltzmann.model_file_damaged', { where, what, expected, got: got.slice(0, 80) });
}

function parseJson(text: string | undefined, what: string, where: string): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    throw damaged(where, what, 'JSON', text ?? '-');
  }
}

type Fields = Readonly<Record<string, unknown>>;

function fieldsOf(value: unknown, what: string, where: string): Fields {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Fields;
  throw damaged(where, what, '{...}', JSON.stringify(value) ?? '-');
}

interface Structure {
  readonly kind: 'rbm' | 'dbn';
  readonly layers: readonly { readonly visible: UnitSpec; readonly hidden: UnitSpec }[];
  readonly labels: number;
}

const mostLayers = 100;

function structureOf(value: unknown, where: string): Structure {
  const { kind, layers, labels } = fieldsOf(value, 'model', where);
  if (kind !== 'rbm' && kind !== 'dbn') throw damaged(where, 'model.kind', 'rbm | dbn', String(kind));
  if (!Array.isArray(layers) || layers.length < 1 || layers.length > (kind === 'rbm' ? 1 : mostLayers)) {
    throw damaged(
      where,
      'model.layers',
      `1 - ${kind === 'rbm' ? 1 : mostLayers}`,
      JSON.stringify(layers) ?? '-',
    );
  }
  const classes = countOf(labels, 'model.labels', 0, where);
  return {
    kind,
    labels: classes,
    layers: layers.map((layer: unknown, i) => {
      const { visible, hidden } = fieldsOf(layer, `model.layers[${i}]`, where);
      return {
        visible: unitsOf(visible, `model.layers[${i}].visible`, where),
        hidden: unitsOf(hidden, `model.layers[${i}].hidden`, where),
      };
    }),
  };
}

const kinds: readonly UnitKind[] = ['bernoulli', 'spin', 'potts', 'gaussian', 'relu', 'nrelu'];

function unitsOf(value: unknown, what: string, where: string): UnitSpec {
  const { kind, count, states } = fieldsOf(value, what, where);
  const known = kinds.find((one) => one === kind);
  if (known === undefined) throw damaged(where, `${what}.kind`, kinds.join(' | '), String(kind));
  const units = countOf(count, `${what}.count`, 1, where);
  if (known !== 'potts') return { kind: known, count: units };
  return { kind: known, count: units, states: countOf(states, `${what}.states`, 2, where) };
}

function countOf(value: unknown, what: string, least: number, where: string): number {
  if (Number.isSafeInteger(value) && (value as number) >= least && (value as number) <= 2 ** 24) {
    return value as number;
  }
  throw damaged(where, what, `${least}, ${least + 1}, ...`, JSON.stringify(value) ?? '-');
}

/** What users of the file rely on is checked; the rest is for people. */
function aboutOf(value: unknown, where: string): ModelAbout {
  const fields = fieldsOf(value, 'about', where);
  const data = fieldsOf(fields.data, 'about.data', where);
  const { shape, classes } = data;
  if (!Array.isArray(shape) || shape.length < 1 || shape.length > 4) {
    throw damaged(where, 'about.data.shape', '[...]', JSON.stringify(shape) ?? '-');
  }
  for (const length of shape) countOf(length, 'about.data.shape', 1, where);
  if (!Array.isArray(classes) || classes.some((name) => typeof name !== 'string')) {
    throw damaged(where, 'about.data.classes', '["...", ...]', JSON.stringify(classes) ?? '-');
  }
  for (const [name, text] of [
    ['about.data.name', data.name],
    ['about.command', fields.command],
  ]) {
    if (typeof text !== 'string') throw damaged(where, String(name), '"..."', JSON.stringify(text) ?? '-');
  }
  if (!Array.isArray(fields.training)) throw damaged(where, 'about.training', '[...]', '-');
  return fields as unknown as ModelAbout;
}
