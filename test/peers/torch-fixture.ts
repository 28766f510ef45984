/**
 * Writes test/fixtures/torch-VERSION.json: what the installed PyTorch answers to the requests of
 * test/support/torch-requests.ts, compiled for AVX2 and without.
 *
 *   OUTSET_PYTHON=... npx tsx test/peers/torch-fixture.ts
 */
import { writeFileSync } from 'node:fs';
import { capabilities, releaseOf, type TorchAnswers } from '../support/torch-numbers.ts';
import { exact, newer, orthogonals, truncated } from '../support/torch-requests.ts';
import { callPeer, findPeer } from './python.ts';

const peer = findPeer('OUTSET_PYTHON', 'torch');
if (peer === undefined) process.exit(1);
const release = releaseOf(peer.version);
const requests = {
  exact: release === '1.13' ? exact : [...exact, ...newer, ...truncated],
  truncated: release === '1.13' ? truncated.map((request) => ({ ...request, values: true })) : [],
  orthogonal: orthogonals,
};
const sections = Object.entries(requests).map(([section, list]) => {
  const answers = callPeer(peer, 'torch_numbers.py', {
    capabilities: Object.keys(capabilities),
    requests: list,
  }) as TorchAnswers;
  const byCapability = Object.keys(capabilities).map((name) => [name, answers[name].answers]);
  return [section, { requests: list, ...Object.fromEntries(byCapability) }];
});
const fixture = {
  command: 'OUTSET_PYTHON=... npx tsx test/peers/torch-fixture.ts',
  versions: { torch: peer.version },
  release,
  ...Object.fromEntries(sections),
};
writeFileSync(new URL(`../fixtures/torch-${release}.json`, import.meta.url), `${JSON.stringify(fixture)}\n`);
