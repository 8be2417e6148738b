import type { Ask } from './ask.ts';

/** Does what the buttons in rendered Markdown are for: open a file at a line, or do something with a code block. */
export function pressInMarkdown(event: Event, ask: Ask): void {
  if (!(event.target instanceof Element)) return;
  const pressed = event.target.closest('tokenfare-markdown button');
  if (!(pressed instanceof HTMLElement)) return;
  const { path, line } = pressed.dataset;
  if (path !== undefined) {
    ask((extension) => extension.openFile(line === undefined ? { path } : { path, line: Number(line) }));
    return;
  }
  const block = pressed.closest('.code');
  const shown = block?.querySelector('pre')?.textContent;
  if (shown === undefined) return;
  const code = shown.replace(/\n$/, '');
  const language = block?.querySelector('.code-language')?.textContent ?? '';
  if (pressed.classList.contains('code-copy')) ask((extension) => extension.copy(code));
  else if (pressed.classList.contains('code-insert'))
    ask((extension) => extension.useCode({ action: 'insert', code, language }));
  else ask((extension) => extension.useCode({ action: 'newFile', code, language }));
}
