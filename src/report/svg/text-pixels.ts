/** About how wide a text is in pixels in the fonts that browsers fall back to. */
export function pixelWidth(text: string, fontSize: number, bold = false): number {
  let width = 0;
  for (const character of text) {
    const wide = /[\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7af\uff00-\uffef]/.test(character);
    const slim = /[iljtfr.,:;'|()[\] ]/.test(character);
    width += wide ? 0.95 : slim ? 0.36 : /[A-Zmw@%]/.test(character) ? 0.74 : 0.58;
  }
  return width * fontSize * (bold ? 1.16 : 1.04);
}

/** Cuts a text to a width in pixels. */
export function cutToPixels(text: string, fontSize: number, width: number, bold = false): string {
  if (pixelWidth(text, fontSize, bold) <= width) return text;
  const characters = [...text];
  while (characters.length > 1 && pixelWidth(`${characters.join('')}…`, fontSize, bold) > width)
    characters.pop();
  return `${characters.join('')}…`;
}
