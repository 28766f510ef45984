/** `npm run build:lab`: the lab into dist/lab. */
import path from 'node:path';
import { buildLab } from './build-lab.ts';

await buildLab(path.resolve(import.meta.dirname, '../../dist/lab'));
