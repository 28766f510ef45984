/** Moves between channels and positions of an image [N, C, H, W]. */
import { intAttribute, stringAttribute } from '../../onnx/attributes.ts';
import { type Kernel, type KernelTable, requiredInput, reshaped } from './kernel.ts';
import { transpose } from './shape.ts';

/** Channels become blocks of positions. DCR: the block comes first among the channels; CRD: last. */
const depthToSpace: Kernel = (call) => {
  const input = requiredInput(call, 0);
  const block = intAttribute(call.node, 'blocksize');
  const columnRow = stringAttribute(call.node, 'mode', 'DCR', ['DCR', 'CRD']) === 'CRD';
  const [n, c, h, w] = input.dims;
  const depth = c / (block * block);
  const split = columnRow ? [n, depth, block, block, h, w] : [n, block, block, depth, h, w];
  const order = columnRow ? [0, 1, 4, 2, 5, 3] : [0, 3, 4, 1, 5, 2];
  return [reshaped(transpose(reshaped(input, split), order), [n, depth, h * block, w * block])];
};

/** Blocks of positions become channels, the block first. */
const spaceToDepth: Kernel = (call) => {
  const input = requiredInput(call, 0);
  const block = intAttribute(call.node, 'blocksize');
  const [n, c, h, w] = input.dims;
  const [rows, columns] = [h / block, w / block];
  const split = reshaped(input, [n, c, rows, block, columns, block]);
  return [reshaped(transpose(split, [0, 3, 5, 1, 2, 4]), [n, c * block * block, rows, columns])];
};

export const depthSpaceKernels: KernelTable = { DepthToSpace: depthToSpace, SpaceToDepth: spaceToDepth };
