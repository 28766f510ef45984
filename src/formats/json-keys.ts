/**
 * The first key that occurs twice in one object of a JSON text, or undefined.
 * `JSON.parse` keeps the last of two equal keys without a word, so a file could hide a tensor behind another.
 * @param text a text that `JSON.parse` has accepted
 */
export function duplicateKey(text: string): string | undefined {
  const seen: (Set<string> | undefined)[] = [];
  let index = 0;
  let isKey = false;
  while (index < text.length) {
    const character = text[index];
    if (character === '"') {
      const end = closingQuote(text, index);
      const keys = seen[seen.length - 1];
      if (isKey && keys !== undefined) {
        const key = JSON.parse(text.slice(index, end + 1)) as string;
        if (keys.has(key)) return key;
        keys.add(key);
        isKey = false;
      }
      index = end;
    } else if (character === '{') {
      seen.push(new Set());
      isKey = true;
    } else if (character === '[') {
      seen.push(undefined);
      isKey = false;
    } else if (character === '}' || character === ']') {
      seen.pop();
      isKey = false;
    } else if (character === ',') {
      isKey = seen[seen.length - 1] !== undefined;
    }
    index++;
  }
  return undefined;
}

function closingQuote(text: string, opening: number): number {
  let index = opening + 1;
  while (index < text.length && text[index] !== '"') index += text[index] === '\\' ? 2 : 1;
  return index;
}
