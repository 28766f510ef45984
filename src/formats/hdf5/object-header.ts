import { Hdf5Cursor } from './cursor.ts';
import { messageTypes } from './messages.ts';

/** One message of an object header; `cursor` stands at its content and ends with it. */
export interface HeaderMessage {
  readonly type: number;
  readonly cursor: Hdf5Cursor;
}

/** A header may be in several blocks; more than these no writer makes. */
const mostBlocks = 4096;

/**
 * The messages of the object at an address, of both versions of the format. Shared messages, which point to another
 * object, are left out: nothing that a model needs is shared.
 */
export function readObjectHeader(bytes: Uint8Array, where: string, address: number): HeaderMessage[] {
  const start = new Hdf5Cursor(bytes, where, 'header', address);
  return bytes[address] === 0x4f ? readSecondVersion(start) : readFirstVersion(start);
}

function readFirstVersion(start: Hdf5Cursor): HeaderMessage[] {
  if (start.u8() !== 1) throw start.damaged(start.position - 1);
  start.skip(1);
  const count = start.u16();
  start.skip(4);
  const size = start.u32();
  start.skip(4);
  const messages: HeaderMessage[] = [];
  const blocks = [new Hdf5Cursor(start.bytes, start.where, 'header', start.position, size)];
  const seen = new Set([start.position]);
  for (let at = 0; at < blocks.length; at++) {
    const block = blocks[at];
    while (messages.length < count && block.left >= 8) {
      const type = block.u16();
      const length = block.u16();
      const flags = block.u8();
      block.skip(3);
      const content = new Hdf5Cursor(block.bytes, block.where, 'header', block.skip(length), length);
      if (type === messageTypes.continuation) blocks.push(continuation(content, seen));
      messages.push({ type: (flags & 2) === 0 ? type : -1, cursor: content });
    }
  }
  return messages;
}

function readSecondVersion(start: Hdf5Cursor): HeaderMessage[] {
  start.signature('OHDR');
  if (start.u8() !== 2) throw start.damaged(start.position - 1);
  const flags = start.u8();
  if ((flags & 0x20) !== 0) start.skip(16);
  if ((flags & 0x10) !== 0) start.skip(4);
  const sizes = [() => start.u8(), () => start.u16(), () => start.u32(), () => start.u64()];
  const size = sizes[flags & 3]();
  const ordered = (flags & 4) !== 0;
  const messages: HeaderMessage[] = [];
  const blocks = [new Hdf5Cursor(start.bytes, start.where, 'header', start.position, size)];
  const seen = new Set([start.position]);
  for (let at = 0; at < blocks.length; at++) {
    const block = blocks[at];
    while (block.left >= (ordered ? 6 : 4)) {
      const type = block.u8();
      const length = block.u16();
      const messageFlags = block.u8();
      if (ordered) block.skip(2);
      const content = new Hdf5Cursor(block.bytes, block.where, 'header', block.skip(length), length);
      if (type === messageTypes.continuation) {
        const whole = continuation(content, seen);
        whole.signature('OCHK');
        const inner = whole.left - 4;
        blocks.push(new Hdf5Cursor(whole.bytes, whole.where, 'header', whole.position, inner));
      }
      messages.push({ type: (messageFlags & 2) === 0 ? type : -1, cursor: content });
    }
  }
  return messages;
}

function continuation(content: Hdf5Cursor, seen: Set<number>): Hdf5Cursor {
  const address = content.address();
  const length = content.u64();
  if (address === undefined || seen.has(address) || seen.size >= mostBlocks) throw content.damaged();
  seen.add(address);
  return new Hdf5Cursor(content.bytes, content.where, 'header', address, length);
}
