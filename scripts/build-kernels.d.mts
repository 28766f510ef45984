export declare const kernels: readonly {
  readonly source: string;
  readonly target: string;
  readonly shared?: boolean;
}[];
export declare function compileKernel(source: string, shared?: boolean): Promise<Uint8Array>;
export declare function kernelModule(source: string, binary: Uint8Array): string;
