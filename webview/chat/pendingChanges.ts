import type { Message } from '../../src/protocol/chat.ts';
import { standingLines, type Lines } from '../components/standingLines.ts';

type Answer = Extract<Message, { role: 'assistant' }>;

/** What answers of a chat changed that the person has neither kept nor undone. */
export interface PendingChanges {
  readonly files: number;
  /** Their lines; null where some of them are undone, so that nobody has counted the rest. */
  readonly lines: Lines | null;
  /** The last answer that changed some of it. */
  readonly last: string;
}

/** Null if there is nothing to decide. A file that several answers changed is one, with the lines of all. */
export function pendingChanges(messages: readonly Message[]): PendingChanges | null {
  const answers = messages.filter(isPending);
  const changes = answers.flatMap((answer) => answer.changes.filter(isOpen));
  const last = answers.findLast((answer) => answer.changes.some(isOpen));
  if (last === undefined) return null;
  return {
    files: new Set(changes.map(({ path }) => path)).size,
    lines: standingLines(changes),
    last: last.id,
  };
}

/** Whether it is open what becomes of a file. */
export function isOpen({ state }: Answer['changes'][number]): boolean {
  return state === undefined || state === 'partly';
}

function isPending(message: Message): message is Answer {
  if (message.role !== 'assistant' || message.state === 'streaming') return false;
  return message.changesState === 'pending' || message.changesState === 'partly';
}
