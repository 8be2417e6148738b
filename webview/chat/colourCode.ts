/**
 * Colours a code block of an answer by its language, when the page has nothing else to do; its text stays as it is. The
 * grammars are loaded with the first one.
 */
export function colourCode(frame: Element): void {
  const language = frame.querySelector('.code-language')?.textContent.toLowerCase() ?? '';
  const code = frame.querySelector('pre code');
  const text = code?.textContent ?? '';
  if (code === null || language === '' || text.length > LONGEST_COLOURED) return;
  requestIdleCallback(() => {
    void import('./codeColours.ts').then(({ codeColours }) => {
      const coloured = code.textContent === text ? codeColours(text, language) : null;
      if (coloured !== null) code.replaceChildren(coloured);
    });
  });
}

/** In characters, some 200 lines: what fits into a frame. A longer block is a file, which an editor shows better. */
const LONGEST_COLOURED = 8_000;
