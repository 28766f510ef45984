import type { Stream } from '../../random/stream.ts';
import type { AisChains, AisEngine, AisPath } from '../judge/ais-engine.ts';
import { referenceAis } from '../judge/reference-ais.ts';
import type { StateRows } from '../state-rows.ts';
import { type BitLayer, insideColumn } from './bit-layer.ts';
import type { Structure } from './kernel-memory.ts';
import { type ListRows, readRows, roomForRows, writeRows } from './list-rows.ts';
import { SparseMachine, type ThreadOptions } from './sparse-machine.ts';
import * as structures from './structures.ts';

/** Temperatures of one call of the kernel. */
const atOnce = 128;

const discrete: readonly string[] = ['bernoulli', 'spin', 'potts'];

/**
 * Annealed importance sampling on the sparse kernels: Bernoulli, spin or Potts visible units and Bernoulli or spin hidden
 * units. Other models go to the reference engine. Weights are float64 sums of float32 terms; the numbers are the same for
 * any number of threads.
 */
export function kernelAis(threads: ThreadOptions = {}): AisEngine {
  return {
    async open(path, start, count, stream) {
      const { visible, hidden } = path.rbm;
      if (!discrete.includes(visible.kind) || (hidden.kind !== 'bernoulli' && hidden.kind !== 'spin')) {
        return referenceAis.open(path, start, count, stream);
      }
      const machine = await SparseMachine.open({ rbm: path.rbm, ...threads });
      return new KernelChains(machine, path, start, count, stream);
    },
  };
}

class KernelChains implements AisChains {
  readonly #machine: SparseMachine;
  readonly #structure: Structure<(typeof structures.annealing)[number]>;
  readonly #betas: Float32Array;
  readonly #logWeights: Float64Array;
  readonly #model: ListRows;
  readonly #count: number;
  /** By how much the energy of bits is below that of spins, at beta 0 and 1; it is linear between. */
  readonly #offsets: readonly [number, number];
  #step = 0;

  constructor(
    machine: SparseMachine,
    { rbm, base }: AisPath,
    start: StateRows | null,
    count: number,
    stream: Stream,
  ) {
    this.#machine = machine;
    this.#count = count;
    const { memory, visible, hidden } = machine;
    const baseBias = memory.f32(visible.padded);
    for (let i = 0; i < visible.width; i++) {
      baseBias[insideColumn(visible, i)] = visible.scale * base.bias[i];
    }
    const sum = (values: Float32Array) => values.reduce((a, b) => a + b, 0);
    const [p, q] = [visible.shift, hidden.shift];
    this.#offsets = [
      p * sum(base.bias),
      p * sum(rbm.visibleParameters.bias) +
        q * sum(rbm.hiddenParameters.bias) -
        p * q * sum(rbm.weights.data),
    ];
    this.#betas = memory.f32(atOnce + 1);
    this.#logWeights = memory.f64(count);
    this.#model = roomForRows(memory, visible, count);
    const key = stream.child('annealing').bits(new Uint32Array(2));
    const follow = (layer: BitLayer) => {
      const lists = () => roomForRows(memory, layer, count).address;
      return memory.structure(structures.following, {
        before: lists(),
        added: lists(),
        removed: lists(),
        anew: memory.u32(count).byteOffset,
      }).address;
    };
    this.#structure = memory.structure(structures.annealing, {
      up: machine.up,
      down: machine.layer('down', baseBias.byteOffset).address,
      chains: count,
      model: this.#model.address,
      hidden: roomForRows(memory, hidden, count).address,
      followModel: follow(visible),
      followHidden: follow(hidden),
      inputs: memory.f32(hidden.padded * count).byteOffset,
      means: memory.f32(hidden.padded * count).byteOffset,
      visibleInputs: memory.f32(visible.padded * count).byteOffset,
      generators: memory.u32(16 * count).byteOffset,
      key0: key[0],
      key1: key[1],
      scratches: machine.scratches(0),
      threads: machine.threads,
      betas: this.#betas.byteOffset,
      rowBetas: memory.f32(count).byteOffset,
      logWeights: this.#logWeights.byteOffset,
    });
    if (start === null) {
      this.#structure.set({ fresh: 1, count: 0, step: 0 });
      machine.run('anneal', this.#structure);
      this.#structure.set({ fresh: 0 });
    } else {
      writeRows(memory, visible, rbm.visible, start, this.#model);
    }
  }

  advance(betas: Float64Array): Float64Array {
    this.#logWeights.fill(0);
    for (let first = 0; first + 1 < betas.length; first += atOnce) {
      const count = Math.min(atOnce, betas.length - 1 - first);
      this.#betas.set(betas.subarray(first, first + count + 1));
      this.#structure.set({ count, step: this.#step });
      this.#machine.run('anneal', this.#structure);
      this.#step += count;
    }
    const [cold, hot] = [this.#offsets[1], this.#offsets[0]];
    const moved = (betas[betas.length - 1] - betas[0]) * (cold - hot);
    return Float64Array.from(this.#logWeights, (weight) => weight - moved);
  }

  states(): StateRows {
    return readRows(this.#machine.memory, this.#machine.visible, this.#model, this.#count);
  }

  dispose(): void {
    this.#machine.dispose();
  }
}
