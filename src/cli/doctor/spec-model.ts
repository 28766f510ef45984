/** A network named on the command line. */
import { existsSync } from 'node:fs';
import type { Dataset } from '../../data/dataset.ts';
import { networkOfShorthand } from '../../doctor/subject/from-start.ts';
import { parseNetworkSpec } from '../../network/parse-spec.ts';
import type { NetworkSpec } from '../../network/spec.ts';
import { readJsonFile } from '../read-json-file.ts';

/** True for a text that is a network and no file: `784-128x50-10:tanh`, `28x28-c16-p-10`, `c16-p-g`. */
export function isShorthand(text: string): boolean {
  return /^[\dcpg][\dxckspg]*(-[\dxckspg]+)+(:[\w=.:-]+)?$/.test(text) && !existsSync(text);
}

/**
 * The network of a text or of a JSON file; ends that the text leaves out come from the data.
 * @throws doctor.ends_unknown, network.shorthand_syntax and its like, cli.bad_json
 */
export function networkSpecOf(text: string, data: Dataset | undefined): NetworkSpec {
  return text.endsWith('.json') ? parseNetworkSpec(readJsonFile(text)) : networkOfShorthand(text, data);
}
