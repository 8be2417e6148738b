import type { Message } from '../../protocol/chat.ts';
import type { RollbackScope } from '../../protocol/rollbackPreview.ts';
import type { AssistantMessage } from '../chat/chatReducer.ts';
import type { ChatState } from '../chat/chatState.ts';

/** What a roll back would take, as far as it still stands. */
export interface RollbackTargets {
  readonly prompt: string;
  /** Generations and local edits in the order in which they happened, with the state of their changes. */
  readonly generations: readonly { readonly id: string; readonly changesState: string }[];
  readonly checkpoints: readonly string[];
  /** The workspace folder that the checkpoints are in, by URI; null if no files were changed. */
  readonly folder: string | null;
  /** User messages that go along, the generation's own first. */
  readonly messages: readonly string[];
  /** Messages after the generation that would go too. */
  readonly laterMessages: number;
  /** Whether something happened after it, so that "this one alone" is a choice. */
  readonly hasLater: boolean;
  /** The files that go; all if it is not given. */
  readonly files?: readonly string[];
  /** Whether it belongs to the conversation that is shown. */
  readonly inChat: boolean;
}

/**
 * The targets of one generation or local edit of the conversation: it alone, or with everything since; null if there is
 * no such message. Later changes in another folder stay.
 */
export function rollbackTargets(state: ChatState, id: string, scope: RollbackScope): RollbackTargets | null {
  const { messages } = state.thread;
  const at = messages.findIndex((message) => message.id === id && message.role !== 'user');
  const target = messages[at];
  if (!target) return null;
  if (scope === 'pending') return pendingTargets(state, folderOf(state, id));
  const asked = target.role === 'assistant' ? questionBefore(messages, at) : null;
  const after = messages.slice(at + 1);
  const later = after.filter((message) => message.role !== 'assistant' && !message.rolledBack);
  const taken = scope === 'alone' ? [] : later;
  const changed = [target, ...(scope === 'alone' ? [] : after)].filter(stands);
  // What was only said has no folder: then it is that of the first change after it.
  const folders = [folderOf(state, id), ...changed.map((message) => folderOf(state, message.id))];
  const folder = folders.find((each) => each !== null) ?? null;
  const withFiles = folder === null ? [] : changed.filter((message) => folderOf(state, message.id) === folder);
  return {
    prompt: target.role === 'localEdit' ? target.prompt : (asked?.text ?? ''),
    generations: withFiles.map((message) => ({ id: message.id, changesState: changesStateOf(message) })),
    checkpoints: withFiles.flatMap((message) => state.runs[message.id]?.checkpoints ?? []),
    folder: withFiles.length > 0 ? folder : null,
    messages: [...(asked ? [asked] : []), ...taken].filter(({ role }) => role === 'user').map((message) => message.id),
    laterMessages: taken.length,
    hasLater: later.length > 0,
    inChat: true,
  };
}

/** The files of a folder that answers changed and the person has not kept; what was said stays. */
function pendingTargets(state: ChatState, folder: string | null): RollbackTargets {
  const pending = state.thread.messages.filter(isPending).filter(({ id }) => folderOf(state, id) === folder);
  return {
    prompt: '',
    generations: pending.map((message) => ({ id: message.id, changesState: changesStateOf(message) })),
    checkpoints: pending.flatMap(({ id }) => state.runs[id]?.checkpoints ?? []),
    folder: pending.length > 0 ? folder : null,
    messages: [],
    laterMessages: 0,
    hasLater: false,
    files: [...new Set(pending.flatMap(pendingFiles))],
    inChat: false,
  };
}

/** Whether an answer has changes that are neither kept nor rolled back. */
export function isPending(message: Message): message is AssistantMessage {
  return (
    message.role === 'assistant' &&
    message.state !== 'streaming' &&
    (message.changesState === 'pending' || message.changesState === 'partly')
  );
}

function pendingFiles({ changes }: AssistantMessage): string[] {
  return changes.filter(({ state }) => state !== 'kept' && state !== 'undone').map(({ path }) => path);
}

/**
 * What "roll back the last generation" means: the last one that changed files, else the last that was answered; null if
 * none.
 */
export function lastGeneration(state: ChatState): string | null {
  const { messages } = state.thread;
  const changed = messages.findLast((message) => stands(message) && state.runs[message.id]?.checkpoints.length);
  if (changed) return changed.id;
  const answered = messages.findLast((message, at) => {
    return message.role === 'assistant' && questionBefore(messages, at)?.rolledBack === false;
  });
  return answered?.id ?? null;
}

function questionBefore(messages: readonly Message[], at: number): Extract<Message, { role: 'user' }> | null {
  const asked = messages.slice(0, at).findLast(({ role }) => role === 'user');
  return asked?.role === 'user' ? asked : null;
}

/** Whether a generation or local edit has changes that are still there. */
function stands(message: Message): boolean {
  if (message.role === 'localEdit') return !message.rolledBack;
  return message.role === 'assistant' && message.changesState !== 'rolledBack';
}

function changesStateOf(message: Message): string {
  return message.role === 'assistant' ? message.changesState : 'pending';
}

function folderOf(state: ChatState, id: string): string | null {
  const run = state.runs[id];
  return run && run.checkpoints.length > 0 ? run.folder : null;
}
