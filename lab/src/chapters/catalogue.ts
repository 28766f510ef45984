/** The chapters that there are, in the order of the lab. Names are folders here and in the addresses. */
import type { Text } from '../../../src/messages/define.ts';
import { labDbn } from '../../../src/messages/labels/lab-dbn.ts';
import { labDoctor } from '../../../src/messages/labels/lab-doctor.ts';
import { labMap } from '../../../src/messages/labels/lab-map.ts';
import { labRace } from '../../../src/messages/labels/lab-race.ts';
import { labRbm } from '../../../src/messages/labels/lab-rbm.ts';
import { labXavier } from '../../../src/messages/labels/lab-xavier.ts';
import { labZero } from '../../../src/messages/labels/lab-zero.ts';

export interface ChapterEntry {
  /** Folder in `chapters/` and in the address. */
  readonly name: string;
  /** Its place in the lecture's story; chapters that are not written yet leave a gap. */
  readonly number: number;
  readonly title: Text<Record<string, never>>;
  /** One sentence that makes a reader want to know. */
  readonly summary: Text<Record<string, never>>;
}

export const chapters: readonly ChapterEntry[] = [
  { name: 'zero', number: 1, title: labZero.title, summary: labZero.summary },
  { name: 'race', number: 2, title: labRace.title, summary: labRace.summary },
  { name: 'xavier', number: 3, title: labXavier.title, summary: labXavier.summary },
  { name: 'rbm', number: 4, title: labRbm.title, summary: labRbm.summary },
  { name: 'dbn', number: 5, title: labDbn.title, summary: labDbn.summary },
  { name: 'doctor', number: 6, title: labDoctor.title, summary: labDoctor.summary },
  { name: 'map', number: 7, title: labMap.title, summary: labMap.summary },
];
