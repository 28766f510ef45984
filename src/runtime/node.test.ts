import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { GraphBuilder } from '../onnx/builder.ts';
import { float32, tensor } from '../tensor/tensor.ts';
import { nodeRuntime } from './node.ts';
import type { OrtModule } from './onnxruntime.ts';
import { ortRuntime } from './onnxruntime.ts';
import type { Runtime } from './runtime.ts';

/** y = x W, shapes [2, 3] and [3, 2]. */
function product() {
  const builder = new GraphBuilder('product');
  builder.input('x', 'float32', [2, 3]);
  builder.input('w', 'float32', [3, 2]);
  builder.output(builder.op('MatMul', ['x', 'w'], {}, { output: 'y' }));
  builder.output(builder.op('Neg', ['x'], {}, { output: 'n' }));
  return builder.build();
}

const feeds = {
  x: float32([2, 3], [1, 2, 3, 4, 5, 6]),
  w: float32([3, 2], [1, 0, 0, 1, 1, 1]),
};

const native = await nodeRuntime();
const module = (await import('onnxruntime-web')) as unknown as OrtModule;
module.env.wasm.numThreads = 1;
const wasm = ortRuntime({ module, name: 'onnxruntime-web wasm', provider: 'wasm', writesInPlace: false });

describe.each([native, wasm] as Runtime[])('$name', (runtime) => {
  test('runs, all outputs or those asked for', async () => {
    const program = await runtime.compile(product());
    const all = await program.run(feeds);
    expect([...all.y.data]).toEqual([4, 5, 10, 11]);
    expect(all.y).toMatchObject({ dtype: 'float32', dims: [2, 2] });
    expect(Object.keys(await program.run(feeds, ['n']))).toEqual(['n']);
    await program.dispose();
  });

  test('a bound run reads and writes the given memory, WebAssembly memory too', async () => {
    const program = await runtime.compile(product());
    const { buffer } = new WebAssembly.Memory({ initial: 1 });
    const x = tensor('float32', [2, 3], new Float32Array(buffer, 64, 6));
    const y = tensor('float32', [2, 2], new Float32Array(buffer, 256, 4));
    const run = program.bind!({ x, w: feeds.w }, { y });
    await run();
    expect([...y.data]).toEqual([0, 0, 0, 0]);
    x.data.set(feeds.x.data);
    await run();
    expect([...y.data]).toEqual([4, 5, 10, 11]);
    await program.dispose();
  });

  test('feeds that do not fit are named', async () => {
    const program = await runtime.compile(product());
    await expect(program.run({ x: feeds.x })).rejects.toMatchObject({
      code: 'runtime.bad_feed',
      details: { graph: 'product', name: 'w', expected: 'float32 [3, 2]', got: 'nothing' },
    });
    await expect(program.run({ ...feeds, x: feeds.w })).rejects.toMatchObject({ code: 'runtime.bad_feed' });
    await expect(program.run(feeds, ['z'])).rejects.toThrow(/y, n/);
    await program.dispose();
  });

  test('runs no more after dispose', async () => {
    const program = await runtime.compile(product());
    await program.dispose();
    await program.dispose();
    await expect(program.run(feeds)).rejects.toMatchObject({ code: 'runtime.disposed' });
  });

  test('what the engine refuses carries its words', async () => {
    const graph = product();
    const broken = {
      ...graph,
      nodes: graph.nodes.map((node) => ({ ...node, operator: 'NoSuchOperator' })),
    };
    await expect(runtime.compile(broken)).rejects.toMatchObject({
      code: 'runtime.compile_failed',
      details: { graph: 'product', reason: expect.stringContaining('NoSuchOperator') },
    });
  });

  test.each([0, 1.5, Number.NaN])('%s threads are refused', async (threads) => {
    await expect(runtime.compile(product(), { threads })).rejects.toMatchObject({
      code: 'runtime.bad_threads',
    });
  });
});

/** What `nodeRuntime` says in a process of its own, in which the packages that match `absent` cannot be found. */
async function withoutPackages(
  absent: RegExp,
): Promise<{ name?: string; code?: string; en?: string; ko?: string }> {
  const source = fileURLToPath(new URL('./node.ts', import.meta.url));
  const hook = `export async function resolve(name, context, next) {
    if (!name.startsWith('onnxruntime')) return next(name, context);
    if (${absent}.test(name)) {
      throw Object.assign(new Error('Cannot find package ' + name), { code: 'ERR_MODULE_NOT_FOUND' });
    }
    return next(name, { ...context, parentURL: ${JSON.stringify(import.meta.url)} });
  }`;
  const script = `
    import { register } from 'node:module';
    import { build } from 'esbuild';
    const { outputFiles } = await build({ entryPoints: [${JSON.stringify(source)}], bundle: true, write: false, format: 'esm', platform: 'node', external: ['onnxruntime-*'] });
    register('data:text/javascript,' + encodeURIComponent(${JSON.stringify(hook)}));
    const { nodeRuntime } = await import('data:text/javascript,' + encodeURIComponent(outputFiles[0].text));
    const result = await nodeRuntime().then(({ name }) => ({ name }), (error) => ({ code: error.code, ko: error.text('ko'), en: error.message }));
    console.log(JSON.stringify(result));
  `;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script]);
  return JSON.parse(stdout);
}

test('says what to type when no engine is installed', async () => {
  const issue = await withoutPackages(/./);
  expect(issue.code).toBe('runtime.engine_missing');
  expect(issue.en).toContain('npm install onnxruntime-node --ignore-scripts');
  expect(issue.ko).toContain('npm install onnxruntime-node --ignore-scripts');
});

test('falls back to onnxruntime-web and says so', async () => {
  expect(await withoutPackages(/node/)).toEqual({ name: 'onnxruntime-web wasm' });
});
