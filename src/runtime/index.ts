/** Engines that run graphs. The engines themselves are behind `outset/runtime/node` and `outset/runtime/web`. */
export type { CompileOptions, Program, Runtime, Values } from './runtime.ts';
export type { ThreadHost } from './threads.ts';
