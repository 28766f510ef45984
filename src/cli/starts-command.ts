import type { Language } from '../messages/index.ts';
import { explainStart, explanationText, listStarts, startListText } from '../starts/index.ts';

/** `outset starts [name]`: what every start is called and does; of one, its formula, assumptions, use and source. */
export function runStartsCommand(name: string | undefined, json: boolean, language: Language): void {
  const write = (line: string) => process.stdout.write(`${line}\n`);
  if (!json) {
    write(name === undefined ? startListText(language) : explanationText(explainStart(name), language));
    return;
  }
  const chosen = name === undefined ? listStarts().map((start) => start.name) : [name];
  for (const one of chosen) write(JSON.stringify(plain(one, language)));
}

/** An explanation with its sentences in one language. */
function plain(name: string, language: Language): Record<string, unknown> {
  const { summary, assumptions, whenToUse, whenNot, ...facts } = explainStart(name);
  const say = { summary, assumptions, whenToUse, whenNot };
  return {
    ...facts,
    ...Object.fromEntries(Object.entries(say).map(([key, text]) => [key, text[language]({})])),
  };
}
