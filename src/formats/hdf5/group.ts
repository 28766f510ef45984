import { Hdf5Cursor, textOf } from './cursor.ts';
import { messageTypes } from './messages.ts';
import type { HeaderMessage } from './object-header.ts';

/** Names are at most so long. */
const longestName = 1024;

/** A member of a group: its name and the address of its header. */
export interface GroupMember {
  readonly name: string;
  readonly address: number;
}

/** The members of a group, whether it is stored as a symbol table or as link messages; undefined if it is no group. */
export function readGroup(messages: readonly HeaderMessage[]): GroupMember[] | undefined {
  let members: GroupMember[] | undefined;
  for (const { type, cursor } of messages) {
    if (type === messageTypes.symbolTable) members = [...(members ?? []), ...symbolTable(cursor)];
    if (type === messageTypes.linkInfo) {
      members ??= [];
      cursor.u8();
      const flags = cursor.u8();
      if ((flags & 1) !== 0) cursor.skip(8);
      if (cursor.address() !== undefined) throw cursor.unsupported('dense-links');
    }
    if (type === messageTypes.link) members = [...(members ?? []), link(cursor)];
  }
  return members;
}

function link(cursor: Hdf5Cursor): GroupMember {
  if (cursor.u8() !== 1) throw cursor.damaged();
  const flags = cursor.u8();
  const kind = (flags & 8) === 0 ? 0 : cursor.u8();
  if ((flags & 4) !== 0) cursor.skip(8);
  if ((flags & 0x10) !== 0) cursor.skip(1);
  const sizes = [() => cursor.u8(), () => cursor.u16(), () => cursor.u32(), () => cursor.u64()];
  const length = sizes[flags & 3]();
  if (length > longestName) throw cursor.damaged();
  const name = new TextDecoder().decode(cursor.take(length));
  if (kind !== 0) throw cursor.unsupported('soft-link', name);
  const address = cursor.address();
  if (address === undefined) throw cursor.damaged();
  return { name, address };
}

/** A symbol table: a B-tree whose leaves list names (in a local heap) and addresses. */
function symbolTable(cursor: Hdf5Cursor): GroupMember[] {
  const { bytes, where } = cursor;
  const tree = cursor.address();
  const heapAddress = cursor.address();
  if (tree === undefined || heapAddress === undefined) throw cursor.damaged();
  const heap = new Hdf5Cursor(bytes, where, 'heap', heapAddress);
  heap.signature('HEAP');
  heap.skip(4);
  const size = heap.u64();
  heap.skip(8);
  const start = heap.address();
  if (start === undefined) throw heap.damaged();
  const names = new Hdf5Cursor(bytes, where, 'heap', start, size).take(size);
  const members: GroupMember[] = [];
  const seen = new Set<number>();
  const visit = (address: number, level: number | undefined): void => {
    if (seen.has(address)) throw cursor.damaged(address);
    seen.add(address);
    const node = new Hdf5Cursor(bytes, where, 'tree', address);
    node.signature('TREE');
    const kind = node.u8();
    const nodeLevel = node.u8();
    // Levels count down to the leaves, so the depth of the descent is bounded.
    if (kind !== 0 || (level !== undefined && nodeLevel !== level - 1)) throw node.damaged(address);
    const count = node.u16();
    node.skip(16);
    for (let i = 0; i < count; i++) {
      node.skip(8);
      const child = node.address();
      if (child === undefined) throw node.damaged();
      if (nodeLevel > 0) visit(child, nodeLevel);
      else members.push(...symbols(new Hdf5Cursor(bytes, where, 'tree', child), names, seen));
    }
  };
  visit(tree, undefined);
  return members;
}

function symbols(node: Hdf5Cursor, names: Uint8Array, seen: Set<number>): GroupMember[] {
  if (seen.has(node.position)) throw node.damaged();
  seen.add(node.position);
  node.signature('SNOD');
  node.skip(2);
  const count = node.u16();
  return Array.from({ length: count }, () => {
    const offset = node.u64();
    const address = node.address();
    const cache = node.u32();
    node.skip(20);
    if (offset >= names.length) throw node.damaged();
    const name = textOf(names.subarray(offset, offset + longestName));
    if (cache === 2) throw node.unsupported('soft-link', name);
    if (address === undefined || name === '') throw node.damaged();
    return { name, address };
  });
}
