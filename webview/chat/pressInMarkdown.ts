import type { Ask } from './ask.ts';
import { pathBefore } from './codePath.ts';
import { copyText } from './copyText.ts';

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
  if (pressed.classList.contains('code-copy')) copyText(code, pressed, ask);
  else if (pressed.classList.contains('code-insert'))
    ask((extension) => extension.useCode({ action: 'insert', code, language }));
  else if (pressed.classList.contains('code-apply')) {
    const file = block instanceof HTMLElement ? block.dataset['file'] : undefined;
    const named = file ?? pathBefore(textBefore(block));
    ask((extension) => extension.useCode({ action: 'apply', code, path: named, isCertain: file !== undefined }));
  } else ask((extension) => extension.useCode({ action: 'newFile', code, language }));
}

/** The words just above a code block: beside it, or in the block of text before. */
function textBefore(code: Element | null): string {
  const beside = code?.previousElementSibling ?? code?.closest('.block')?.previousElementSibling;
  return beside?.textContent ?? '';
}
