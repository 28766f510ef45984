/** The libraries of in-frameworks.ts; apart, so that a page can offer them without their random numbers. */
export const frameworkNames = ['numpy', 'tensorflow', 'torch', 'keras', 'jax', 'outset'] as const;
export type FrameworkName = (typeof frameworkNames)[number];
