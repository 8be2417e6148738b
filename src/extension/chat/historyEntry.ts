import type { Millitokens } from '../../core/tokens.ts';
import type { Message } from '../../protocol/chat.ts';
import type { ChatState } from './chatState.ts';
import { chargedIn } from './chargedIn.ts';

/** One session as the history lists and searches it. */
export interface HistoryEntry {
  readonly id: string;
  readonly title: string;
  readonly isPinned: boolean;
  /** The instant of its last message. */
  readonly at: string;
  readonly messages: number;
  /** Messages that are not sent yet. */
  readonly waiting: number;
  readonly charged: Millitokens;
  /** All that was said in it, and the same in lower case to be searched. */
  readonly text: string;
  readonly folded: string;
}

/** Null for a session in which nothing was said. */
export function historyEntry({ thread, isPinned, waiting }: ChatState): HistoryEntry | null {
  const last = thread.messages.at(-1);
  if (!last) return null;
  const text = [thread.title, ...thread.messages.map(saidIn)].join('\n');
  return {
    id: thread.session,
    title: thread.title,
    isPinned,
    at: last.at,
    messages: thread.messages.filter(({ role }) => role !== 'assistant').length,
    waiting: waiting.messages.length,
    charged: chargedIn(thread),
    text,
    folded: text.toLowerCase(),
  };
}

function saidIn(message: Message): string {
  switch (message.role) {
    case 'user':
      return message.text;
    case 'localEdit':
      return message.prompt;
    case 'assistant':
      return [
        ...message.parts.map((part) => (part.kind === 'text' ? part.text : '')),
        ...message.changes.map(({ path }) => path),
      ].join('\n');
  }
}
