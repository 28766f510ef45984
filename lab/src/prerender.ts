/** Every page as markup, for the build: chapters with their first frames, in both languages. Runs in Node. */
import type { Component } from 'svelte';
import { render } from 'svelte/server';
import { type Language, languages } from '../../src/messages/define.ts';
import { labPage } from '../../src/messages/labels/lab-page.ts';
import { schemeProperties } from '../../src/report/svg/style.ts';
import { chapters } from './chapters/catalogue.ts';
import Dbn from './chapters/dbn/Dbn.svelte';
import { firstFrame as firstDbn } from './chapters/dbn/first.ts';
import { dbnSchema } from './chapters/dbn/state.ts';
import Doctor from './chapters/doctor/Doctor.svelte';
import { firstFrame as firstDoctor } from './chapters/doctor/first.ts';
import { doctorSchema } from './chapters/doctor/state.ts';
import Home from './chapters/home/Home.svelte';
import { firstFrame as firstMap } from './chapters/map/first.ts';
import { mapSchema } from './chapters/map/state.ts';
import TheMap from './chapters/map/TheMap.svelte';
import { firstFrame as firstRace } from './chapters/race/first.ts';
import Race from './chapters/race/Race.svelte';
import { raceSchema } from './chapters/race/state.ts';
import { firstFrame as firstRbm } from './chapters/rbm/first.ts';
import Rbm from './chapters/rbm/Rbm.svelte';
import { rbmSchema } from './chapters/rbm/state.ts';
import { firstFrame as firstXavier } from './chapters/xavier/first.ts';
import { xavierSchema } from './chapters/xavier/state.ts';
import Xavier from './chapters/xavier/Xavier.svelte';
import { firstFrame as firstZero } from './chapters/zero/first.ts';
import { zeroSchema } from './chapters/zero/state.ts';
import Zero from './chapters/zero/Zero.svelte';
import Page from './page/Page.svelte';
import type { Schema } from './state/address.ts';

interface Source {
  readonly schema: Schema;
  // biome-ignore lint/suspicious/noExplicitAny: each chapter knows the type of its own first frame
  readonly body: Component<any>;
  first(): Promise<unknown>;
  /** For a first frame that takes long to compute: what decides it, folders from the repository's root. */
  readonly from?: readonly string[];
}

/** Keeps what takes long to compute from one build to the next. */
export type Keep = (name: string, from: readonly string[], make: () => Promise<unknown>) => Promise<unknown>;

const sources: Readonly<Record<string, Source>> = {
  home: { schema: {}, body: Home, first: async () => null },
  zero: { schema: zeroSchema, body: Zero, first: firstZero },
  race: {
    schema: raceSchema,
    body: Race,
    first: firstRace,
    from: [
      ...['tensor', 'random', 'initializers', 'onnx', 'autodiff', 'runtime', 'network', 'training', 'starts'],
      ...['race', 'data'],
    ]
      .map((room) => `src/${room}`)
      .concat('lab/src/chapters/race', 'lab/src/race', 'lab/src/digits'),
  },
  xavier: { schema: xavierSchema, body: Xavier, first: firstXavier },
  rbm: {
    schema: rbmSchema,
    body: Rbm,
    first: firstRbm,
    from: [
      'src/boltzmann',
      'src/random',
      'src/data',
      'src/report/images',
      'lab/src/chapters/rbm',
      'lab/src/digits',
    ],
  },
  dbn: {
    schema: dbnSchema,
    body: Dbn,
    first: firstDbn,
    from: [
      ...[
        'tensor',
        'random',
        'initializers',
        'onnx',
        'autodiff',
        'runtime',
        'network',
        'training',
        'boltzmann',
      ],
      ...['starts', 'race', 'data', 'report/images', 'cli/boltzmann', 'cli/pretrain', 'cli/finetune'],
    ]
      .map((room) => `src/${room}`)
      .concat('lab/src/chapters/dbn', 'lab/src/race', 'lab/src/digits'),
  },
  doctor: {
    schema: doctorSchema,
    body: Doctor,
    first: firstDoctor,
    from: ['src', 'lab/src/chapters/doctor'],
  },
  map: { schema: mapSchema, body: TheMap, first: firstMap },
};

/** One page of the site. */
export interface Prerendered {
  readonly chapter: string;
  readonly language: Language;
  readonly title: string;
  readonly description: string;
  readonly head: string;
  readonly body: string;
  /** The first frame, for the script to begin with. */
  readonly first: unknown;
}

/** All pages; the first frames are computed once for all languages. */
export async function prerender(keep: Keep): Promise<Prerendered[]> {
  const pages: Prerendered[] = [];
  for (const [chapter, { schema, body, first, from }] of Object.entries(sources)) {
    const entry = chapters.find(({ name }) => name === chapter);
    // As the script will read it: numbers that JSON cannot hold must not differ between markup and script.
    const frame: unknown = JSON.parse(
      JSON.stringify(await (from === undefined ? first() : keep(chapter, from, first))),
    );
    for (const language of languages) {
      const markup = render(Page, { props: { language, chapter, schema, body, first: frame } });
      const title = entry?.title[language]({});
      pages.push({
        chapter,
        language,
        title: title === undefined ? labPage.site[language]({}) : labPage.titleWithSite[language]({ title }),
        description: (entry?.summary ?? labPage.tagline)[language]({}),
        head: markup.head,
        body: markup.body,
        first: frame,
      });
    }
  }
  return pages;
}

/** Colours of both schemes: the reader's choice, otherwise the system's. */
export function colorSheet(): string {
  const [light, dark] = (['light', 'dark'] as const).map((name) => schemeProperties(name, 10));
  return [
    `:root{color-scheme:light;${light}}`,
    `@media (prefers-color-scheme:dark){:root:not([data-theme=light]){color-scheme:dark;${dark}}}`,
    `:root[data-theme=dark]{color-scheme:dark;${dark}}`,
  ].join('\n');
}
