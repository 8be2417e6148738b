import type { Composer, Message, Status, Thread } from '../../src/protocol/chat.ts';

/** Everything the extension has told the page: three snapshots, and the streamed text within the first. */
export interface ChatState {
  readonly thread: Thread;
  readonly status: Status;
  readonly composer: Composer;
}

/**
 * The thread with a message added, or put in the place of the one with the same id and role. Other messages stay the
 * same objects.
 */
export function withMessage(thread: Thread, message: Message): Thread {
  const at = thread.messages.findLastIndex((each) => each.id === message.id && each.role === message.role);
  if (at === -1) return { ...thread, messages: [...thread.messages, message] };
  return { ...thread, messages: thread.messages.with(at, message) };
}

/**
 * The thread with streamed text appended to an assistant message: to its last part if that is text, else as a new part.
 */
export function withStreamedText(thread: Thread, id: string, text: string): Thread {
  const at = thread.messages.findLastIndex((each) => each.id === id && each.role === 'assistant');
  const message = thread.messages[at];
  if (message?.role !== 'assistant') return thread;
  const last = message.parts.at(-1);
  const parts =
    last?.kind === 'text'
      ? message.parts.with(-1, { kind: 'text', text: last.text + text })
      : [...message.parts, { kind: 'text' as const, text }];
  return { ...thread, messages: thread.messages.with(at, { ...message, parts }) };
}

/** The prompts among messages for Up to recall, oldest first, without immediate repetitions. */
export function promptsOf(messages: readonly Message[]): string[] {
  const prompts = messages.flatMap((message) => {
    if (message.role === 'user') return [message.text];
    return message.role === 'localEdit' ? [message.prompt] : [];
  });
  return prompts.filter((prompt, index) => prompt !== prompts[index - 1]);
}
