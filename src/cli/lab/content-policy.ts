/**
 * What a page of the lab may load: only what the same site serves. `wasm-unsafe-eval` compiles WebAssembly and nothing
 * else; blob: is for threads and for figures that are saved; style attributes come with the prerendered markup.
 */
export const contentPolicy = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self' blob:",
  "style-src 'self'",
  "style-src-attr 'unsafe-inline'",
  "img-src 'self' blob: data:",
  "connect-src 'self' blob:",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');
