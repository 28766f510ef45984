import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/**
 * TensorFlow.js registers its gradients in a module that Node cannot load from the package (imports without file
 * extensions), so its peer is bundled first.
 * @returns the script to run
 */
export async function bundleTfjs(folder: string): Promise<string> {
  const source = new URL('peers/tfjs.mjs', import.meta.url);
  const outfile = join(folder, 'tfjs.mjs');
  await build({
    entryPoints: [fileURLToPath(source)],
    bundle: true,
    platform: 'node',
    format: 'esm',
    mainFields: ['module', 'main'],
    // The script looks for its packages beside its source, not beside the bundle.
    define: { 'import.meta.url': JSON.stringify(source.href) },
    banner: {
      js: `import { createRequire as __createRequire } from 'node:module'; import { dirname as __dirnameOf } from 'node:path';
const require = __createRequire(${JSON.stringify(source.href)}); const __filename = ${JSON.stringify(outfile)}; const __dirname = __dirnameOf(__filename);`,
    },
    logLevel: 'error',
    outfile,
  });
  return outfile;
}
