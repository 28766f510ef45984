import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { compileKernel, kernelModule, kernels } from '../../../scripts/build-kernels.mjs';

test.each(kernels)('$target is what $source compiles to', async ({ source, target, shared }) => {
  const committed = readFileSync(new URL(`../../../${target}`, import.meta.url), 'utf8');
  expect(committed).toBe(kernelModule(source, await compileKernel(source, shared)));
});
