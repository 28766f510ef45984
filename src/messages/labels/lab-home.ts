/** The overview of the lab. */
import { sentence } from '../define.ts';

export const labHome = {
  /** Each language calls itself by its own name, whatever the language of the page. */
  languageName: { en: () => 'English', ko: () => '한국어' } as Readonly<
    Record<'en' | 'ko', (details: Record<string, never>) => string>
  >,
  begin: sentence('Open', '열기'),
} as const;
