export declare const kernels: readonly { readonly source: string; readonly target: string }[];
export declare function compileKernel(source: string): Promise<Uint8Array>;
export declare function kernelModule(source: string, binary: Uint8Array): string;
