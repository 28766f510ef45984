import { OutsetError } from '../../messages/error.ts';

const pageBytes = 65_536;
const line = 64;

/** Words of a structure by name; `:f32` in the declaration marks a float. */
type Name<Field extends string> = Field extends `${infer Plain}:f32` ? Plain : Field;

/** A structure in kernel memory. */
export class Structure<Field extends string> {
  readonly address: number;
  readonly #view: DataView;
  readonly #places: ReadonlyMap<string, { readonly offset: number; readonly float: boolean }>;

  constructor(fields: readonly Field[], buffer: ArrayBufferLike, address: number) {
    this.address = address;
    this.#view = new DataView(buffer, address, fields.length * 4);
    this.#places = new Map(
      fields.map((field, index) => [
        field.replace(/:f32$/, ''),
        { offset: index * 4, float: field.endsWith(':f32') },
      ]),
    );
  }

  set(values: Partial<Record<Name<Field>, number>>): void {
    for (const [name, value] of Object.entries(values) as [string, number][]) {
      const { offset, float } = this.#places.get(name)!;
      if (float) this.#view.setFloat32(offset, value, true);
      else this.#view.setUint32(offset, value >>> 0, true);
    }
  }

  get(name: Name<Field>): number {
    const { offset, float } = this.#places.get(name)!;
    return float ? this.#view.getFloat32(offset, true) : this.#view.getUint32(offset, true);
  }
}

/**
 * A shared WebAssembly memory that only grows: arrays and structures one behind the other, each on a cache line of its
 * own, zero at first. The first page belongs to the constants of the compiled module, which every thread writes when it
 * starts; so no address here is 0, which can stand for "absent".
 */
export class KernelMemory {
  readonly memory: WebAssembly.Memory;
  #end = pageBytes;

  /** @throws boltzmann.no_memory where the engine has no shared memory */
  constructor() {
    this.memory = openMemory();
  }

  f32(length: number): Float32Array {
    const at = this.#take(length * 4);
    return new Float32Array(this.memory.buffer, at, length);
  }
  f64(length: number): Float64Array {
    const at = this.#take(length * 8);
    return new Float64Array(this.memory.buffer, at, length);
  }
  u32(length: number): Uint32Array {
    const at = this.#take(length * 4);
    return new Uint32Array(this.memory.buffer, at, length);
  }
  u16(length: number): Uint16Array {
    const at = this.#take(length * 2);
    return new Uint16Array(this.memory.buffer, at, length);
  }
  bytes(length: number): Uint8Array {
    const at = this.#take(length);
    return new Uint8Array(this.memory.buffer, at, length);
  }

  structure<Field extends string>(
    fields: readonly Field[],
    values: Partial<Record<Name<Field>, number>> = {},
  ): Structure<Field> {
    const at = this.#take(fields.length * 4);
    const structure = new Structure(fields, this.memory.buffer, at);
    structure.set(values);
    return structure;
  }

  /** Address of `bytes` bytes on a cache line. */
  #take(bytes: number): number {
    const at = this.#end;
    const end = at + Math.ceil(bytes / line) * line;
    const missing = end - this.memory.buffer.byteLength;
    if (missing > 0) {
      try {
        this.memory.grow(Math.ceil(missing / pageBytes));
      } catch (cause) {
        throw new OutsetError(
          'boltzmann.no_memory',
          { mebibytes: Math.ceil(end / 2 ** 20), limit: this.memory.buffer.byteLength / 2 ** 20 },
          { cause },
        );
      }
    }
    this.#end = end;
    return at;
  }
}

/** The largest shared memory that the engine reserves: 4 GiB, on small machines less. */
function openMemory(): WebAssembly.Memory {
  for (let maximum = 65_536; ; maximum /= 2) {
    try {
      return new WebAssembly.Memory({ initial: 16, maximum, shared: true });
    } catch (cause) {
      if (maximum <= 1024)
        throw new OutsetError('boltzmann.no_memory', { mebibytes: 64, limit: 0 }, { cause });
    }
  }
}
