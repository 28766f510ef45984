/**
 * Compiles the WebAssembly kernels in assembly/ and writes each as base64 into a TypeScript file, so that it loads
 * the same way in Node, a worker and the browser. The result is committed; a test compares it with a fresh compile.
 *
 *   node scripts/build-kernels.mjs
 */
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';

export const kernels = [
  { source: 'assembly/optimizer.ts', target: 'src/training/kernels/optimizer.generated.ts' },
  { source: 'assembly/mask.ts', target: 'src/training/kernels/mask.generated.ts' },
  {
    source: 'assembly/boltzmann/index.ts',
    target: 'src/boltzmann/kernels/boltzmann.generated.ts',
    shared: true,
  },
  { source: 'assembly/uniform.ts', target: 'src/boltzmann/dbn/uniform.generated.ts' },
  { source: 'assembly/mt19937.ts', target: 'src/random/mt19937.generated.ts' },
  { source: 'assembly/pcg64.ts', target: 'src/random/pcg64.generated.ts' },
  { source: 'assembly/torch.ts', target: 'src/random/torch/torch.generated.ts' },
];

const root = fileURLToPath(new URL('..', import.meta.url));

/** The binary of one kernel; `shared`: for several threads on one memory. */
export async function compileKernel(source, shared = false) {
  let binary;
  const { error, stderr } = await asc.main(
    [
      source,
      '-O3',
      ...['--runtime', 'stub'],
      '--importMemory',
      ...(shared
        ? ['--sharedMemory', '--enable', 'threads', '--initialMemory', '1', '--maximumMemory', '65536']
        : []),
      ...['--enable', 'simd'],
      ...['--use', 'abort='],
      '--noAssert',
      ...['--outFile', 'kernel.wasm'],
      ...['--baseDir', root],
    ],
    {
      writeFile: (name, contents) => {
        if (name.endsWith('.wasm')) binary = contents;
      },
    },
  );
  if (error !== null || binary === undefined) throw new Error(`${source}: ${error?.message}\n${stderr}`);
  return binary;
}

/** The TypeScript file that carries a binary. */
export function kernelModule(source, binary) {
  return `// Compiled from ${source} by scripts/build-kernels.mjs; do not edit.
/** WebAssembly binary, base64. */
export default '${Buffer.from(binary).toString('base64')}';
`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const { source, target, shared } of kernels) {
    const binary = await compileKernel(source, shared);
    await writeFile(new URL(`../${target}`, import.meta.url), kernelModule(source, binary));
    console.log(`${target}: ${binary.length} bytes`);
  }
}
