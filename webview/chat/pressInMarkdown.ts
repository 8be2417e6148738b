import type { Ask } from './ask.ts';

/** Does what the buttons in rendered Markdown are for: open a file at a line, copy a code block. */
export function pressInMarkdown(event: Event, ask: Ask): void {
  if (!(event.target instanceof Element)) return;
  const pressed = event.target.closest('tokenfare-markdown button');
  if (!(pressed instanceof HTMLElement)) return;
  const { path, line } = pressed.dataset;
  if (path !== undefined) {
    ask((extension) => extension.openFile(line === undefined ? { path } : { path, line: Number(line) }));
    return;
  }
  const code = pressed.closest('.code')?.querySelector('pre')?.textContent;
  if (code !== undefined) ask((extension) => extension.copy(code.replace(/\n$/, '')));
}
