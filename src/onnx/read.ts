import { fromBinary } from '@bufbuild/protobuf';
import { OutsetError } from '../messages/error.ts';
import type { DecodeOptions } from './decode-options.ts';
import type { Graph } from './graph.ts';
import { type ModelProto, ModelProtoSchema } from './protobuf/onnx_pb.generated.ts';
import { readGraph } from './read-graph.ts';

/** Messages nest at most so deep; each level of subgraphs takes three. */
const recursionLimit = 64;

/** Operator sets that are read; older ones than 21 are brought up to it. From 22 on only element types were added. */
const oldestOpset = 7;
const newestOpset = 23;

/**
 * Reads an .onnx file that nobody vouches for. The graph comes out in the form of opset 21: older operators are
 * rewritten, Constant nodes become initializers, shape arithmetic that is known is done, nodes are in topological
 * order and every type is inferred.
 * @throws onnx.* with what is wrong and where; never anything else, whatever the bytes
 */
export function decodeModel(bytes: Uint8Array, options: DecodeOptions = {}): Graph {
  return decodeModelProto(parseModel(bytes), options);
}

/** {@link decodeModel} of a file that is parsed. */
export function decodeModelProto(model: ModelProto, options: DecodeOptions = {}): Graph {
  if (model.graph === undefined) throw new OutsetError('onnx.unreadable', { reason: 'no graph' });
  const opset = standardOpset(model);
  for (const [name, length] of Object.entries(options.dims ?? {})) {
    if (!Number.isSafeInteger(length) || length < 0)
      throw new OutsetError('onnx.bad_dims', { value: name, dims: [length] });
  }
  return readGraph(model.graph, {
    opset,
    dims: new Map(Object.entries(options.dims ?? {})),
    batch: options.batch,
    evaluate: options.evaluate,
    selectBranches: options.selectBranches,
  });
}

/** The free text that a file carries beside its graph (`metadata_props`). */
export function decodeMetadata(bytes: Uint8Array): Readonly<Record<string, string>> {
  return Object.fromEntries(parseModel(bytes).metadataProps.map(({ key, value }) => [key, value]));
}

/** Parses a file that nobody vouches for. @throws onnx.unreadable */
export function parseModel(bytes: Uint8Array): ModelProto {
  try {
    return fromBinary(ModelProtoSchema, bytes, { readUnknownFields: false, recursionLimit });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new OutsetError('onnx.unreadable', { reason }, { cause });
  }
}

function standardOpset(model: ModelProto): number {
  let version: number | undefined;
  for (const entry of model.opsetImport) {
    if (entry.domain === '' || entry.domain === 'ai.onnx') version = Number(entry.version);
  }
  if (version === undefined || !(version >= oldestOpset && version <= newestOpset)) {
    throw new OutsetError('onnx.unsupported_opset', {
      version: version ?? 0,
      oldest: oldestOpset,
      newest: newestOpset,
    });
  }
  return version;
}
