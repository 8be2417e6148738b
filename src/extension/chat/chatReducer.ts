import { slashCommand } from '../../core/slashCommand.ts';
import type { Banner, Failure, Message, Receipt } from '../../protocol/chat.ts';
import type { Part } from '../../protocol/part.ts';
import type { Pause } from '../../protocol/pause.ts';
import { keptFiles } from '../review/keptParts.ts';
import type { BatchRequest } from './batchRequest.ts';
import type { Attachment } from './chatAttachment.ts';
import type { ChatState, Redo, Run } from './chatState.ts';
import { compacted } from './compacted.ts';
import { editReducer, type EditAction } from './editReducer.ts';
import {
  hasUndone,
  markChanges,
  markKept,
  markRedone,
  markRolledBack,
  withoutBanner,
  type ChangesStates,
} from './rollbackMarks.ts';
import { sessionReducer, type SessionAction } from './sessionReducer.ts';
import { held, released, waitingReducer, withoutSent, type WaitingAction } from './waitingReducer.ts';

/** The conversation after something happened. Pure; a message that did not change stays the same object. */
export function chatReducer(state: ChatState, action: ChatAction): ChatState {
  switch (action.kind) {
    case 'sent':
      return withMessages({ ...withoutSent(state, action), nextSaving: null, banner: stayingBanner(state) }, [
        ...state.thread.messages,
        action.message,
        startedAnswer(action.generation, action.message.at),
      ]);
    case 'editing':
    case 'editCancelled':
      return editReducer(state, action);
    case 'retried':
      return withMessages(released(state), [
        ...state.thread.messages.filter(({ id }) => id !== action.generation),
        startedAnswer(action.next, action.at),
      ]);
    case 'newChat':
    case 'opened':
    case 'placed':
    case 'named':
    case 'compacting':
      return sessionReducer(state, action);
    case 'localEdit':
      return withMessages({ ...state, draft: action.draft, banner: stayingBanner(state) }, [
        ...state.thread.messages,
        action.message,
      ]);
    case 'rolledBack':
      return markRolledBack(state, action.redo, action.states);
    case 'redone':
      return markRedone(state, action.banner, action.states);
    case 'changesMarked':
      return withMessages(state, markChanges(state, action.states));
    case 'bannerClosed':
      return withoutBanner(state);
    case 'change':
      return { ...state, ...action.change };
    case 'run':
      return withAnswer({ ...state, runs: { ...state.runs, [action.id]: action.run } }, action.id, (message) => ({
        ...message,
        changes: markKept(message.changes, action.run.kept ?? {}),
      }));
    case 'kept':
      return withAllKept(state, action.generation);
    case 'collected':
      return { ...state, batch: [...state.batch, action.request], draft: '', attachments: [] };
    case 'batch':
      return { ...state, batch: action.requests };
    case 'attached':
      return withAttachment(state, action.attachment);
    case 'detached':
      return { ...state, attachments: state.attachments.filter(({ id }) => id !== action.id) };
    case 'waits':
    case 'waiting':
    case 'held':
    case 'takenBack':
    case 'batchWaits':
      return waitingReducer(state, action);
    case 'resumed':
      return withAnswer(released(state), action.generation, (message) => changedAnswer(message, action));
    case 'ended':
      return withAnswer(
        compacted(action.state === 'done' ? answered(state, action.generation) : held(state), action),
        action.generation,
        (message) => changedAnswer(message, action),
      );
    default:
      return withAnswer(state, action.generation, (message) => changedAnswer(message, action));
  }
}

export type ChatAction =
  | SessionAction
  | {
      readonly kind: 'sent';
      readonly message: UserMessage;
      readonly generation: string;
      /** What went along out of the composer, where the message was written there. */
      readonly composed?: readonly Attachment[];
    }
  | { readonly kind: 'retried'; readonly generation: string; readonly next: string; readonly at: string }
  | { readonly kind: 'localEdit'; readonly message: Message & { role: 'localEdit' }; readonly draft: string }
  | { readonly kind: 'rolledBack'; readonly redo: Redo; readonly states: ChangesStates }
  | { readonly kind: 'redone'; readonly banner: Banner; readonly states: ChangesStates }
  | { readonly kind: 'changesMarked'; readonly states: ChangesStates }
  | { readonly kind: 'bannerClosed' }
  | {
      readonly kind: 'change';
      readonly change: Partial<Pick<ChatState, 'draft' | 'isPinned' | 'mode' | 'banner' | 'lastCall' | 'nextSaving'>>;
    }
  | { readonly kind: 'run'; readonly id: string; readonly run: Run }
  | { readonly kind: 'kept'; readonly generation: string }
  | { readonly kind: 'collected'; readonly request: BatchRequest }
  | { readonly kind: 'batch'; readonly requests: BatchRequest[] }
  | { readonly kind: 'attached'; readonly attachment: Attachment }
  | { readonly kind: 'detached'; readonly id: string }
  | EditAction
  | WaitingAction
  | AnswerAction;

/** What happens to one answer of the model. */
type AnswerAction = { readonly generation: string } & (
  | { readonly kind: 'text'; readonly text: string }
  /** A call's answer begins again: what came of it goes, but for the parts before. */
  | { readonly kind: 'restarted'; readonly partsBefore: number }
  | { readonly kind: 'step'; readonly step: Extract<Part, { kind: 'step' }> }
  | { readonly kind: 'failure'; readonly failure: Failure | null }
  | { readonly kind: 'resumed' }
  | {
      readonly kind: 'ended';
      readonly state: Exclude<AssistantMessage['state'], 'streaming'>;
      readonly failure: Failure | null;
      readonly pause?: Pause | undefined;
      readonly changes: AssistantMessage['changes'];
    }
  | { readonly kind: 'receipt'; readonly receipt: Receipt }
);

export type UserMessage = Extract<Message, { role: 'user' }>;
export type AssistantMessage = Extract<Message, { role: 'assistant' }>;

/** As much of the first message as a title has room for. */
const TITLE_CHARS = 60;

function changedAnswer(message: AssistantMessage, action: AnswerAction): AssistantMessage {
  switch (action.kind) {
    case 'text':
      return { ...message, parts: withText(message.parts, action.text) };
    case 'restarted':
      return { ...message, parts: message.parts.slice(0, action.partsBefore) };
    case 'step':
      return { ...message, parts: withStep(message.parts, action.step) };
    case 'failure':
      return withFailure(message, action.failure);
    case 'resumed':
      return withFailure({ ...withoutPause(message), parts: withoutOpenParagraph(message), state: 'streaming' }, null);
    case 'ended':
      return withFailure(
        {
          ...message,
          ...(action.pause ? { pause: action.pause } : {}),
          state: action.state,
          changes: action.changes,
          changesState: action.changes.length > 0 ? changesStateOf(action.changes) : message.changesState,
        },
        action.failure,
      );
    case 'receipt':
      return { ...message, receipt: action.receipt };
  }
}

/** All that is left of an answer's changes is accepted, and that is remembered by file: some may be undone later. */
function withAllKept(state: ChatState, generation: string): ChatState {
  const answer = state.thread.messages.find(({ id, role }) => id === generation && role === 'assistant');
  const run = state.runs[generation];
  if (answer?.role !== 'assistant') return state;
  const left = answer.changes.filter((file) => file.state !== 'undone');
  const kept = keptFiles(
    run?.kept ?? {},
    left.map(({ path }) => path),
  );
  const runs = run ? { ...state.runs, [generation]: { ...run, kept } } : state.runs;
  return withAnswer({ ...state, runs }, generation, (message) => ({
    ...message,
    changes: markKept(message.changes, kept),
    changesState: 'kept',
  }));
}

/** Each once. */
function withAttachment(state: ChatState, attachment: Attachment): ChatState {
  const isKnown = state.attachments.some(({ label, uri }) => label === attachment.label && uri === attachment.uri);
  return isKnown ? state : { ...state, attachments: [...state.attachments, attachment] };
}

/** What comes after an answer broke off begins anew, in a paragraph of its own. */
function withoutOpenParagraph({ parts, failure }: AssistantMessage): Part[] {
  const last = parts.at(-1);
  if (!failure || last?.kind !== 'text') return [...parts];
  return [...parts.slice(0, -1), { ...last, text: `${last.text.trimEnd()}\n\n` }];
}

/** An answer that went on may have changes from before that are decided. */
function changesStateOf(changes: AssistantMessage['changes']): AssistantMessage['changesState'] {
  if (changes.every(({ state }) => state === 'undone')) return 'rolledBack';
  if (changes.some(hasUndone)) return 'partly';
  return changes.every(({ state }) => state === 'kept') ? 'kept' : 'pending';
}

/** What went along is not sent again. */
function answered(state: ChatState, generation: string): ChatState {
  const run = state.runs[generation];
  if (run?.attachments === undefined) return state;
  const { attachments: _sent, ...rest } = run;
  return { ...state, runs: { ...state.runs, [generation]: rest } };
}

function startedAnswer(id: string, at: string): AssistantMessage {
  return { role: 'assistant', id, at, parts: [], state: 'streaming', changes: [], changesState: 'none' };
}

function withText(parts: readonly Part[], text: string): Part[] {
  const last = parts.at(-1);
  if (last?.kind !== 'text') return [...parts, { kind: 'text', text }];
  return [...parts.slice(0, -1), { kind: 'text', text: last.text + text }];
}

function withStep(parts: readonly Part[], step: Extract<Part, { kind: 'step' }>): Part[] {
  const known = parts.some((part) => part.kind === 'step' && part.id === step.id);
  if (!known) return [...parts, step];
  return parts.map((part) => (part.kind === 'step' && part.id === step.id ? step : part));
}

function withoutPause({ pause: _before, ...message }: AssistantMessage): AssistantMessage {
  return message;
}

function withFailure(message: AssistantMessage, failure: Failure | null): AssistantMessage {
  const { failure: _before, ...rest } = message;
  return failure ? { ...rest, failure } : rest;
}

function withAnswer(
  state: ChatState,
  generation: string,
  change: (message: AssistantMessage) => AssistantMessage,
): ChatState {
  const messages = state.thread.messages.map((message) =>
    message.role === 'assistant' && message.id === generation ? change(message) : message,
  );
  return withMessages(state, messages);
}

/** Whoever goes on has seen what a banner says; that of a roll back stays until it is dismissed. */
function stayingBanner(state: ChatState): Banner | null {
  return state.banner?.kind === 'rolledBack' ? state.banner : withoutBanner(state).banner;
}

function withMessages(state: ChatState, messages: Message[]): ChatState {
  const title = state.thread.title || titleOf(messages);
  return { ...state, thread: { ...state.thread, title, messages } };
}

function titleOf(messages: readonly Message[]): string {
  const first = messages.find(({ role }) => role === 'user');
  if (first?.role !== 'user') return '';
  const line = subjectOf(first).split('\n')[0] ?? '';
  return line.length > TITLE_CHARS ? `${line.slice(0, TITLE_CHARS - 1).trimEnd()}…` : line;
}

/** A command alone says little: what it works on says the rest. */
function subjectOf({ text, attachments }: UserMessage): string {
  if (slashCommand(text)?.words !== '') return text.trim();
  return [text.trim(), ...attachments.map(({ label }) => label)].join(' ');
}
