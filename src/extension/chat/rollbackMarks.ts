import type { GenerationState } from '../../core/checkpoint.ts';
import type { Banner, Message } from '../../protocol/chat.ts';
import type { ChatState, KeptParts, Redo } from './chatState.ts';

type ChangedFile = Extract<Message, { role: 'assistant' }>['changes'][number];

/** What the checkpoint store says of generations and local edits, by their id. */
export type ChangesStates = ReadonlyMap<string, ChangesMark>;

/** `undone`: what of its files is rolled back, by their paths. */
export interface ChangesMark {
  readonly state: GenerationState;
  readonly undone: ReadonlyMap<string, 'whole' | 'partly'>;
}

/**
 * The conversation after a roll back: messages and changes marked, the prompt in the composer before what was typed
 * since. That of a message which is edited to be sent again stands there already, in other words.
 */
export function markRolledBack(state: ChatState, done: Redo, states: ChangesStates): ChatState {
  const isEdited = state.editing !== null && done.messages.includes(state.editing.message);
  const isSilent = isEdited && done.files === 0;
  const redo = isEdited ? { ...done, prompt: null, ...(isSilent ? { bannerClosed: true } : {}) } : done;
  const chat = new Set(redo.messages);
  const messages = markChanges(state, states).map((message): Message => {
    return message.role === 'user' && chat.has(message.id) ? { ...message, rolledBack: true } : message;
  });
  const draft = redo.prompt === null ? state.draft : joined(redo.prompt, state.draft);
  const banner = isSilent ? null : rollbackBanner(redo);
  return { ...state, thread: { ...state.thread, messages }, draft, redo, banner };
}

/**
 * The conversation after the last roll back was undone; the prompt leaves the composer if it still stands there
 * untouched.
 */
export function markRedone(state: ChatState, banner: Banner, states: ChangesStates): ChatState {
  const { redo } = state;
  if (!redo) return state;
  const before = new Map(redo.generations.map(({ id, changesState }) => [id, changesState]));
  const chat = new Set(redo.messages);
  const messages = markChanges(state, states, before).map((message): Message => {
    return message.role === 'user' && chat.has(message.id) ? { ...message, rolledBack: false } : message;
  });
  const draft = withoutPrompt(state.draft, redo);
  return { ...state, thread: { ...state.thread, messages }, draft, redo: null, banner };
}

/**
 * Messages whose changes are what the store says of them. What the person had kept is kept again once it is there
 * again; `before` is what changes were before they were rolled back.
 */
export function markChanges(
  { thread, runs }: Pick<ChatState, 'runs'> & { readonly thread: Pick<ChatState['thread'], 'messages'> },
  states: ChangesStates,
  before: ReadonlyMap<string, string> = new Map(),
): Message[] {
  return thread.messages.map((message) => {
    const mark = states.get(message.id);
    if (mark === undefined || message.role === 'user') return message;
    const { state, undone } = mark;
    if (message.role === 'localEdit') return { ...message, rolledBack: state === 'rolledBack' };
    const marked = message.changes.map((file) => markUndone(file, undone.get(file.path)));
    const changes = markKept(marked, runs[message.id]?.kept ?? {});
    if (state === 'rolledBack' || state === 'partly') return { ...message, changes, changesState: state };
    // An answer that goes on: what it comes to is known at its end.
    if (state === 'open') return { ...message, changes };
    if (!isUndone(message)) return message;
    const isKept = before.get(message.id) === 'kept' || changes.every((file) => file.state === 'kept');
    return { ...message, changes, changesState: isKept ? 'kept' : 'pending' };
  });
}

/** Whether some of an answer's changes are rolled back, also where the person has kept what is left. */
function isUndone({ changes, changesState }: Extract<Message, { role: 'assistant' }>): boolean {
  return changesState === 'rolledBack' || changesState === 'partly' || changes.some(hasUndone);
}

/** Whether a file is undone, or some of it. */
export function hasUndone({ state, partlyUndone }: ChangedFile): boolean {
  return state === 'undone' || state === 'partly' || partlyUndone === true;
}

/** The files of an answer as the person has accepted them; what is undone is not kept. */
export function markKept(changes: readonly ChangedFile[], kept: KeptParts): ChangedFile[] {
  return changes.map(({ state, ...file }) => {
    if (kept[file.path] === 'all' && state !== 'undone') return { ...file, state: 'kept' };
    return state === undefined || state === 'kept' ? file : { ...file, state };
  });
}

function markUndone(
  { state, partlyUndone: _before, ...file }: ChangedFile,
  undone: 'whole' | 'partly' | undefined,
): ChangedFile {
  if (undone === 'whole') return { ...file, state: 'undone' };
  if (undone === 'partly') return { ...file, state: 'partly', partlyUndone: true };
  return state === 'kept' ? { ...file, state } : file;
}

/** What the banner of a roll back says. */
function rollbackBanner({ rollbackId, files, prompt }: Redo): Banner {
  const promptRestored = prompt !== null && prompt !== '';
  return { kind: 'rolledBack', rollbackId: rollbackId ?? '', files, promptRestored };
}

/**
 * The conversation once its banner is closed. That of a roll back stays until it is dismissed: it comes back when
 * another that stood in its place goes.
 */
export function withoutBanner(state: ChatState): ChatState {
  const { banner, redo } = state;
  if (banner?.kind === 'rolledBack') return { ...state, banner: null, redo: redo && { ...redo, bannerClosed: true } };
  return { ...state, banner: redo !== null && redo.bannerClosed !== true ? rollbackBanner(redo) : null };
}

function joined(prompt: string, draft: string): string {
  return draft.trim() === '' || draft === prompt ? prompt : `${prompt}\n\n${draft}`;
}

function withoutPrompt(draft: string, { prompt }: Redo): string {
  if (prompt === null) return draft;
  if (draft === prompt) return '';
  return draft.startsWith(`${prompt}\n\n`) ? draft.slice(prompt.length + 2) : draft;
}
