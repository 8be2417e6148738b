import * as z from 'zod/mini';
import { EstimateBody } from '../../protocol/api.ts';
import { Banner, Thread } from '../../protocol/chat.ts';
import { BatchRequest } from './batchRequest.ts';
import { Attachment } from './chatAttachment.ts';
import { NextSaving, Taken } from './nextSaving.ts';
import { nothingWaits, WaitingState } from './waitingState.ts';

/** What a roll back did, so that it can be redone: also after later messages and after a restart. */
export const Redo = z.object({
  /** The store's name for it; null if only messages were rolled back. */
  rollbackId: z.nullable(z.string()),
  folder: z.nullable(z.string()),
  generations: z.array(z.object({ id: z.string(), changesState: z.string() })),
  messages: z.array(z.string()),
  prompt: z.nullable(z.string()),
  files: z.int(),
  /** The person has put its banner away; the command still redoes it. */
  bannerClosed: z.optional(z.boolean()),
});
export type Redo = z.infer<typeof Redo>;

/** What a person has accepted on the review page, by path: a whole file, or some hunks by their position. */
export const KeptParts = z.record(z.string(), z.union([z.literal('all'), z.array(z.int())]));
export type KeptParts = z.infer<typeof KeptParts>;

/** What is known of a generation or local edit besides its message. */
export const Run = z.object({
  /** The workspace folder that its files are in, by URI; null if it could not write. */
  folder: z.nullable(z.string()),
  /** Its checkpoints, the first first: a generation that goes on after a failure has more than one. */
  checkpoints: z.array(z.string()),
  estimate: z.nullable(EstimateBody),
  multiplier: z.number(),
  /** What went along, until it is answered: trying again sends it again. */
  attachments: z.optional(z.array(Attachment)),
  kept: z.optional(KeptParts),
  /** Advice that its message was sent on, until its receipt is there. */
  saves: z.optional(Taken),
});
export type Run = z.infer<typeof Run>;

/** One conversation with all that belongs to it, as it is kept on disk. */
export const ChatState = z.object({
  /** Raised when an older version could no longer read the file. */
  formatVersion: z.literal(1),
  thread: Thread,
  /** Stands before the others in the history. */
  isPinned: z._default(z.boolean(), false),
  draft: z.string(),
  /** The request for a summary under way, and the one whose answer takes the place of what was said before it. */
  compacting: z._default(z.nullable(z.string()), null),
  compactedAt: z._default(z.nullable(z.string()), null),
  /** The earlier message that the draft is to take the place of, and the draft that waits meanwhile. */
  editing: z._default(z.nullable(z.object({ message: z.string(), draft: z.string() })), null),
  mode: z.enum(['ask', 'agent']),
  attachments: z.array(Attachment),
  waiting: z._default(WaitingState, nothingWaits),
  nextSaving: z._default(z.nullable(NextSaving), null),
  /** Kept for the workspace, whatever chat is shown. */
  batch: z._default(z.array(BatchRequest), []),
  banner: z.nullable(Banner),
  redo: z.nullable(Redo),
  /** The call that was sent last: its key was stored before it was sent. */
  lastCall: z.nullable(z.object({ generation: z.string(), key: z.string() })),
  /** By the id of the generation or local edit. */
  runs: z.record(z.string(), Run),
});
export type ChatState = z.infer<typeof ChatState>;

/** A conversation in which nothing was said. */
export function newChatState(session: string, mode: ChatState['mode']): ChatState {
  return {
    formatVersion: 1,
    thread: { session, title: '', messages: [] },
    isPinned: false,
    draft: '',
    compacting: null,
    compactedAt: null,
    editing: null,
    mode,
    attachments: [],
    waiting: nothingWaits,
    nextSaving: null,
    batch: [],
    banner: null,
    redo: null,
    lastCall: null,
    runs: {},
  };
}
