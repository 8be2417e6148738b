import type { Ask } from './ask.ts';
import type { ChatPage } from './chatPage.ts';
import { words } from './words.ts';

/** Copies a text. Once it is in the clipboard, the button that was pressed shows that for a moment, and it is said. */
export function copyText(text: string, button: EventTarget | null, ask: Ask): void {
  ask(async (extension) => {
    await extension.copy(text);
    if (!(button instanceof Element)) return;
    button.classList.add('copied');
    setTimeout(() => {
      button.classList.remove('copied');
    }, SHOWN_MILLISECONDS);
    button.closest<ChatPage>('tokenfare-chat')?.say(words.copied);
  });
}

/** Long enough to be seen by whoever looks there next, short enough not to be taken for the button's own sign. */
const SHOWN_MILLISECONDS = 2_000;
