/** Wakes a prerendered page up: the first line of every chapter's script. */
import { type Component, hydrate } from 'svelte';
import type { Language } from '../../../src/messages/define.ts';
import type { Schema } from '../state/address.ts';
import Page from './Page.svelte';
import './style.css';

/** Where the page keeps the chapter's first frame, as the build computed it. */
export const firstFrameId = 'first-frame';

/**
 * @param chapter name of the chapter
 * @param body    the chapter; gets `first`, the frame that it was prerendered with
 */
// biome-ignore lint/suspicious/noExplicitAny: each chapter knows the type of its own first frame
export function openPage(chapter: string, schema: Schema, body: Component<any>): void {
  const target = document.getElementById('page');
  const data = document.getElementById(firstFrameId)?.textContent ?? 'null';
  if (target === null) throw new Error('the page has no element #page');
  hydrate(Page, {
    target,
    props: {
      language: document.documentElement.lang as Language,
      chapter,
      schema,
      body,
      first: JSON.parse(data) as unknown,
    },
  });
}
