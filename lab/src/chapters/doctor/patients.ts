/** Networks with a start that are worth an examination; the first is the one that the page opens with. */
export const patients = [
  { name: 'tanh-small', network: '784-128x50-10:tanh', start: 'normal(std=0.05)' },
  { name: 'relu-xavier', network: '784-128x30-10:relu', start: 'glorot-uniform' },
  { name: 'sigmoid-normal', network: '784-128x20-10:sigmoid', start: 'normal(std=1)' },
  { name: 'zeros', network: '784-256-256-10:relu', start: 'zeros' },
  { name: 'tanh-edge', network: '784-128x50-10:tanh', start: 'edge-of-chaos' },
  { name: 'relu-lsuv', network: '784-128x20-10:relu', start: 'lsuv' },
] as const;
