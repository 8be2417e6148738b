import { formatCharge } from '../../core/formatTokens.ts';
import type { Message, Thread } from '../../protocol/chat.ts';

/** A conversation as a Markdown file: who said what, what was changed, what it cost. */
export function chatMarkdown(thread: Thread, words: MarkdownWords): string {
  return [`# ${onHeading(thread.title)}`, ...thread.messages.flatMap((message) => inMarkdown(message, words))]
    .join('\n\n')
    .concat('\n');
}

/** The words around what was said, in the person's language. */
export interface MarkdownWords {
  readonly you: string;
  readonly tokenfare: string;
  readonly rolledBack: string;
  readonly changed: (path: string, added: number, removed: number) => string;
  readonly attached: (labels: string) => string;
  readonly charged: (tokens: string) => string;
  readonly free: string;
}

function inMarkdown(message: Message, words: MarkdownWords): string[] {
  switch (message.role) {
    case 'user': {
      const labels = message.attachments.map(({ label }) => label).join(', ');
      return [
        `## ${words.you}${message.rolledBack ? ` (${words.rolledBack})` : ''}`,
        message.text,
        ...(labels === '' ? [] : [`_${words.attached(labels)}_`]),
      ];
    }
    case 'localEdit':
      return [`## ${words.you}`, message.prompt, `_${words.free}_`];
    case 'assistant':
      return [
        `## ${words.tokenfare}`,
        ...message.parts.flatMap((part) => (part.kind === 'text' && part.text.trim() !== '' ? [part.text.trim()] : [])),
        ...(message.changes.length === 0
          ? []
          : [message.changes.map(({ path, added, removed }) => `- ${words.changed(path, added, removed)}`).join('\n')]),
        ...(message.receipt ? [`_${words.charged(formatCharge(message.receipt.charged))}_`] : []),
      ];
  }
}

function onHeading(title: string): string {
  return title.replace(/\s+/g, ' ').trim();
}
