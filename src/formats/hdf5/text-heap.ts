import { Hdf5Cursor } from './cursor.ts';

/**
 * Texts of variable length, which lie in global heaps. Each heap is indexed once, and all heaps and all texts together
 * may not exceed what the file holds, so that a small file cannot ask for the same bytes again and again.
 */
export class Hdf5TextHeap {
  private readonly collections = new Map<number, ReadonlyMap<number, { start: number; size: number }>>();
  private heapBytesLeft: number;
  private textBytesLeft: number;

  constructor(fileBytes: number) {
    this.heapBytesLeft = fileBytes;
    this.textBytesLeft = 4 * fileBytes;
  }

  /** Reads a reference (length, address of the heap, number of the object) and the text behind it. */
  read(reference: Hdf5Cursor): string {
    const length = reference.u32();
    const address = reference.address();
    const wanted = reference.u32();
    if (length === 0) return '';
    if (address === undefined) throw reference.damaged();
    const found = (this.collections.get(address) ?? this.index(reference, address)).get(wanted);
    this.textBytesLeft -= length;
    if (found === undefined || length > found.size || this.textBytesLeft < 0)
      throw reference.damaged(address);
    return new Hdf5Cursor(reference.bytes, reference.where, 'heap', found.start, length).text(length);
  }

  private index(reference: Hdf5Cursor, address: number) {
    const { bytes, where } = reference;
    const head = new Hdf5Cursor(bytes, where, 'heap', address);
    head.signature('GCOL');
    head.skip(4);
    const size = head.u64();
    this.heapBytesLeft -= size;
    if (this.heapBytesLeft < 0) throw head.damaged(address);
    const heap = new Hdf5Cursor(bytes, where, 'heap', address, size);
    heap.skip(16);
    const objects = new Map<number, { start: number; size: number }>();
    while (heap.left >= 16) {
      const number = heap.u16();
      heap.skip(6);
      const objectSize = heap.u64();
      if (number === 0) break;
      if (objectSize > heap.left) throw heap.damaged();
      objects.set(number, { start: heap.position, size: objectSize });
      heap.skip(Math.min(heap.left, Math.ceil(objectSize / 8) * 8));
    }
    this.collections.set(address, objects);
    return objects;
  }
}
