import * as z from 'zod/mini';
import type { AnsweredCalls, ToldCalls } from './checkedCalls.ts';
import { CodeUse } from './codeUse.ts';
import { FreeEditAnswer, FreeEditOffer } from './freeEdit.ts';
import { Mention } from './mention.ts';
import { ChangeDecision } from './changeDecision.ts';
import { Part } from './part.ts';
import { RollbackPreview, RollbackScope } from './rollbackPreview.ts';
import { Pause } from './pause.ts';
import { StepAnswer } from './stepAnswer.ts';
import { AccountBody, Amount, EstimateBody, Parts, RateCardBody } from './api.ts';

/**
 * What the chat page and the extension say to each other: commands up, snapshots down, and only generated text streams.
 */

const Count = z.int().check(z.nonnegative());

/** Why something expected to work did not; the page turns it into a sentence with its actions. */
export const Failure = z.discriminatedUnion('kind', [
  /** `reason`: what the provider says, in its own words. */
  z.object({ kind: z.literal('modelSilent'), retryable: z.boolean(), reason: z.optional(z.string()) }),
  z.object({ kind: z.literal('stepFailed'), step: Count, charged: Amount, reason: z.optional(z.string()) }),
  /** `retryAt` is missing in a chat of an older version. */
  z.object({ kind: z.literal('providerBusy'), retryInSeconds: Count, retryAt: z.optional(z.string()) }),
  z.object({ kind: z.literal('keyRefused'), host: z.string() }),
  /** The backend knows the key or the session no more. */
  z.object({ kind: z.literal('signedOut') }),
  z.object({ kind: z.literal('backendDown'), reason: z.string() }),
  /**
   * `reason`: what the embedded model says that it can't do, and what it can. `asks`: it asks back or names what is
   * there, and another wording helps where another model doesn't.
   */
  z.object({ kind: z.literal('needsModel'), ollamaModels: Count, reason: z.string(), asks: z.boolean() }),
  z.object({ kind: z.literal('noFolder') }),
  /** `active`: the project that the plan has room for; `movesLeft`: how often that can still change in this period. */
  z.object({ kind: z.literal('projectLimit'), active: z.optional(z.string()), movesLeft: z.optional(Count) }),
  z.object({ kind: z.literal('accountOnHold'), supportUrl: z.string() }),
  z.object({ kind: z.literal('other'), message: z.string() }),
]);
export type Failure = z.infer<typeof Failure>;

/** The four parts of a charge with the counts behind them, the estimate beside the actual, and what is left. */
export const Receipt = z.object({
  generation: z.string(),
  charged: Amount,
  parts: Parts,
  model: z.string(),
  multiplier: z.number(),
  promptTokens: Count,
  contextTokens: Count,
  cachedTokens: Count,
  responseTokens: Count,
  counted: z.boolean(),
  calls: Count,
  /** What its tools read, in model tokens; not known of receipts from before it was kept, or after a crash. */
  readTokens: z.optional(Count),
  balanceAfter: z.nullable(Amount),
  estimate: z.nullable(EstimateBody),
  outcome: z.enum(['done', 'cutOff', 'stopped', 'failed', 'refused', 'ranOut', 'paused']),
  /** "Mostly the answer: 214 lines in 2 files." The largest part, and what was written. */
  lines: Count,
  files: Count,
});
export type Receipt = z.infer<typeof Receipt>;

export const ChangedFile = z.object({
  path: z.string(),
  kind: z.enum(['created', 'edited', 'deleted', 'renamed']),
  added: Count,
  removed: Count,
  /** What became of it, where that differs from the whole; `partly`: some of its hunks are taken back. */
  state: z.optional(z.enum(['kept', 'undone', 'partly'])),
  /** Some of it is undone, also where what is left is kept: its lines are not those that stand. */
  partlyUndone: z.optional(z.literal(true)),
});

export const Message = z.discriminatedUnion('role', [
  z.object({
    role: z.literal('user'),
    id: z.string(),
    text: z.string(),
    at: z.string(),
    attachments: z.array(z.object({ label: z.string(), modelTokens: Count })),
    rolledBack: z.boolean(),
  }),
  z.object({
    role: z.literal('assistant'),
    /** The generation's id. */
    id: z.string(),
    at: z.string(),
    parts: z.array(Part),
    /** `cutOff`: the model reached its own output limit. */
    state: z.enum(['streaming', 'done', 'cutOff', 'stopped', 'failed', 'refused', 'ranOut', 'paused', 'interrupted']),
    failure: z.optional(Failure),
    /** Of an answer that is paused. */
    pause: z.optional(Pause),
    receipt: z.optional(Receipt),
    changes: z.array(ChangedFile),
    changesState: z.enum(['none', 'pending', 'kept', 'rolledBack', 'partly']),
  }),
  z.object({
    role: z.literal('localEdit'),
    /** The checkpoint's id: a local edit is rolled back like a generation. */
    id: z.string(),
    at: z.string(),
    prompt: z.string(),
    places: z.array(z.object({ path: z.string(), line: Count })),
    saved: Amount,
    rolledBack: z.boolean(),
  }),
]);
export type Message = z.infer<typeof Message>;

export const Banner = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('rolledBack'), rollbackId: z.string(), files: Count, promptRestored: z.boolean() }),
  z.object({ kind: z.literal('redone'), files: Count }),
  z.object({ kind: z.literal('paid'), planName: z.string(), allowance: Amount }),
  z.object({ kind: z.literal('tokensBack'), available: Amount }),
  z.object({ kind: z.literal('problem'), message: z.string(), showLog: z.boolean() }),
]);
export type Banner = z.infer<typeof Banner>;

/** Where the person reads: the message at the top of what they see, and how many pixels of it are above. */
export const Place = z.object({ message: z.string(), offset: z.int() });
export type Place = z.infer<typeof Place>;

/**
 * The conversation but for streaming text. Sent whole at the start and when another session is shown; single messages
 * follow as `message`.
 */
export const Thread = z.object({
  session: z.string(),
  title: z.string(),
  messages: z.array(Message),
  /** Left out while the person follows its end. */
  place: z.optional(Place),
});
export type Thread = z.infer<typeof Thread>;

/** The state around the conversation, small, sent whole whenever it changes. */
export const Status = z.object({
  connection: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('starting') }),
    z.object({ kind: z.literal('ready') }),
    z.object({ kind: z.literal('away'), asOf: z.string() }),
    z.object({ kind: z.literal('unreachable') }),
    /** `refusedBy`: the host that did not take the key; null if there was none to take. */
    z.object({ kind: z.literal('signedOut'), refusedBy: z.nullable(z.string()) }),
    z.object({ kind: z.literal('failed'), reason: z.string() }),
  ]),
  account: z.nullable(AccountBody),
  /** The host of the server that was set; null with the backend on this machine. */
  server: z.nullable(z.string()),
  /** `null` while nothing runs; else the live spend of the running generation against what it stops at. */
  running: z.nullable(
    z.object({
      generation: z.string(),
      spent: Amount,
      stopsAt: Amount,
      /** The person's own budget for a day, where it is what stops it. */
      budget: z.nullable(Amount),
      usedBefore: Amount,
    }),
  ),
  /** The live spend of all that runs in this window, where that is more than the one that is shown. */
  live: z.optional(z.object({ spent: Amount, usedBefore: Amount })),
  /** The person's own budget for today, by their calendar; null without one, or while today's charges are unknown. */
  budget: z.nullable(
    z.object({
      day: z.string(),
      perDay: Amount,
      left: Amount,
      warning: z.nullable(z.enum(['low', 'setAside', 'used'])),
    }),
  ),
  /** Settled charges of this chat, of today in the person's time zone, and what free edits and roll backs saved. */
  sums: z.object({ chat: Amount, today: Amount, saved: Amount }),
  workspace: z.enum(['open', 'none', 'restricted', 'readOnly']),
  preview: z.nullable(RollbackPreview),
  banner: z.nullable(Banner),
});
export type Status = z.infer<typeof Status>;

/** What can be suggested before a message is sent, as the setting `tokenfare.advice.kinds` names it. */
export const adviceKinds = ['edit-for-free', 'batch', 'roll-back', 'add-detail', 'start-fresh', 'low-balance'] as const;
const AdviceKind = z.enum(adviceKinds);
export type AdviceKind = z.infer<typeof AdviceKind>;

/** What the composer needs to price a draft by itself at every key press. */
const LogSpread = z.object({ mean: z.number(), variance: z.number() });

export const Composer = z.object({
  draft: z.string(),
  /** The earlier message that the draft takes the place of, the messages after it, and the files changed since. */
  editing: z.nullable(z.object({ message: z.string(), later: Count, files: Count })),
  mode: z.enum(['ask', 'agent']),
  sendWith: z.enum(['enter', 'ctrlEnter']),
  attachments: z.array(z.object({ id: z.string(), label: z.string(), modelTokens: Count })),
  /** What goes along because of the command that the draft begins with. */
  commandAttachments: z.array(z.object({ label: z.string(), modelTokens: Count })),
  /** What the person and the project tell every model. `isCut`: there is more than is sent. */
  instructions: z.array(z.object({ label: z.string(), modelTokens: Count, isCut: z.boolean() })),
  /** The file in the editor, which goes along if it is included. */
  openEditor: z.nullable(z.object({ label: z.string(), modelTokens: Count, isIncluded: z.boolean() })),
  /** `contextWindow` in model tokens; 0 while no model is known. */
  model: z.object({ id: z.string(), name: z.string(), multiplier: z.number(), contextWindow: Count }),
  rateCard: z.nullable(RateCardBody),
  /** Model tokens that go along besides the message: instructions, history, attachments. */
  contextTokens: Count,
  /** What of that is history, which a new chat would not send. */
  historyTokens: Count,
  /** What of that is attached. */
  attachedTokens: Count,
  maxCharge: z.nullable(Amount),
  /** What is left of the person's own budget for today; null without one. */
  budgetLeft: z.nullable(Amount),
  /** What the account's own receipts of this model come to, by kind of request. */
  learned: z.record(z.string(), z.object({ count: Count, calls: z.number(), output: LogSpread, reads: LogSpread })),
  /** The request for a summary of the chat, in the words in which it would be sent. */
  compactPrompt: z.string(),
  offersFreeEdits: z.boolean(),
  /** The kinds of advice that are given: those set on that were not put away twice in this window. */
  adviceKinds: z.array(AdviceKind),
  /** What a fix usually costs by the person's own receipts, and how many messages it takes; null with too few. */
  usualFix: z.nullable(z.object({ each: Amount, messages: Count })),
  /** Requests that are collected to be one message. `free`: done here before the rest is sent, for nothing. */
  batch: z.array(z.object({ id: z.string(), text: z.string(), free: z.boolean() })),
  /** Messages that go one after the other once what runs is done. `held`: not before the person says so. */
  waiting: z.object({ held: z.boolean(), messages: z.array(z.object({ id: z.string(), text: z.string() })) }),
});
export type Composer = z.infer<typeof Composer>;

/** Whether a message was taken; a refusal keeps the draft and says why. */
export const SendAnswer = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('accepted') }),
  z.object({ kind: z.literal('tooLarge'), bytes: Count, limit: Count }),
  /** Another message is being answered: this one goes next. */
  z.object({ kind: z.literal('waits') }),
  z.object({ kind: z.literal('busy') }),
  z.object({ kind: z.literal('empty') }),
  /** A command for code, where none is attached, selected or open. */
  z.object({ kind: z.literal('nothingToWorkOn') }),
  z.object({ kind: z.literal('notReady') }),
  /** The person's own budget for today is used. */
  z.object({ kind: z.literal('overBudget') }),
  /** Files that were to be rolled back first were changed since in the same places: the person decides. */
  z.object({ kind: z.literal('conflicts') }),
]);
export type SendAnswer = z.infer<typeof SendAnswer>;

/** The largest message that is sent, in bytes of UTF-8: what a person can have meant to type or paste. */
export const MESSAGE_LIMIT_BYTES = 1_000_000;

/** What an answer changed in one file, shortened; `isCut`: there is more than is shown. */
export const FileDiff = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('lines'),
    /** `hunk`: the change that an added or removed line belongs to, by which it is kept or undone. */
    lines: z.array(
      z.object({ kind: z.enum(['same', 'added', 'removed', 'gap']), text: z.string(), hunk: z.optional(Count) }),
    ),
    isCut: z.boolean(),
    kept: z.array(Count),
    undone: z.array(Count),
  }),
  z.object({ kind: z.literal('noText') }),
  /** The checkpoint was dropped, or can't be read. */
  z.object({ kind: z.literal('gone') }),
]);
export type FileDiff = z.infer<typeof FileDiff>;

const nothing = z.tuple([]);
const Id = z.string();
const done = z.union([z.void(), z.null()]);

/** What the page asks of the extension: arguments and answer of every call. */
export const extensionCalls = {
  ready: { args: nothing, answer: z.object({ thread: Thread, status: Status, composer: Composer }) },
  /** `rollsBackFiles`: in the place of an earlier message, whose changes go with all since. */
  send: {
    args: z.tuple([z.object({ id: Id, text: z.string(), rollsBackFiles: z.optional(z.boolean()) })]),
    answer: SendAnswer,
  },
  /** Puts an earlier message into the composer, to be sent again in other words; what was said since goes then. */
  editMessage: { args: z.tuple([Id]), answer: done },
  cancelEdit: { args: nothing, answer: done },
  stop: { args: nothing, answer: done },
  /** The most that a message may cost from now on; null leaves it to the estimate. */
  setMaxCharge: { args: z.tuple([z.nullable(Amount)]), answer: done },
  answerStep: { args: z.tuple([z.object({ step: Id, answer: StepAnswer })]), answer: done },
  promptingGuide: { args: nothing, answer: done },
  /** A new chat with the same draft. */
  startFresh: { args: nothing, answer: done },
  /** Shows the dry run; `insteadOf` is what fixes would usually cost. */
  rollBackInstead: { args: z.tuple([z.object({ generation: Id, insteadOf: Amount })]), answer: done },
  addToBatch: { args: z.tuple([z.string()]), answer: done },
  /** The requests in their new order and words; what is left out is dropped. */
  setBatch: { args: z.tuple([z.array(z.object({ id: Id, text: z.string() }))]), answer: done },
  sendBatch: { args: nothing, answer: done },
  sendWaiting: { args: nothing, answer: done },
  mergeWaiting: { args: nothing, answer: done },
  dropWaiting: { args: z.tuple([Id]), answer: done },
  /** Puts a waiting message back into the composer. */
  editWaiting: { args: z.tuple([Id]), answer: done },
  /** Where the person reads now; null at the end. */
  savePlace: { args: z.tuple([z.nullable(Place)]), answer: done },
  saveDraft: { args: z.tuple([z.string()]), answer: done },
  newChat: { args: nothing, answer: done },
  chatHistory: { args: nothing, answer: done },
  renameChat: { args: nothing, answer: done },
  pinChat: { args: nothing, answer: done },
  exportChat: { args: nothing, answer: done },
  deleteChat: { args: nothing, answer: done },
  setMode: { args: z.tuple([z.enum(['ask', 'agent'])]), answer: done },
  findMentions: { args: z.tuple([z.string()]), answer: z.array(Mention) },
  mention: { args: z.tuple([Mention]), answer: done },
  /** Files and folders, by their URIs. */
  attachDropped: { args: z.tuple([z.array(z.string())]), answer: done },
  /** Sends the request for a summary, which takes the place of what was said so far. */
  compact: { args: nothing, answer: done },
  /** A text, or a picture as a data URI. */
  attachPasted: { args: z.tuple([z.object({ kind: z.enum(['text', 'image']), data: z.string() })]), answer: done },
  includeOpenEditor: { args: z.tuple([z.boolean()]), answer: done },
  removeAttachment: { args: z.tuple([Id]), answer: done },
  retry: { args: z.tuple([Id]), answer: done },
  /** Moves the plan's one project to where the answer belongs, and asks again. */
  useFreeHere: { args: z.tuple([Id]), answer: done },
  planFreeEdit: { args: z.tuple([z.string()]), answer: FreeEditOffer },
  /** Shows a candidate of the last offer in the editor; null brings back what was there before. */
  revealCandidate: { args: z.tuple([z.nullable(Count)]), answer: done },
  dismissAdvice: { args: z.tuple([AdviceKind]), answer: done },
  applyFreeEdit: { args: z.tuple([z.object({ text: z.string(), candidate: z.nullable(Count) })]), answer: z.boolean() },
  /** Does what the words say without a model; asks where two places are meant. */
  freeEdit: { args: z.tuple([z.string()]), answer: FreeEditAnswer },
  /** The dry run of the last generation; with words the list of all that they find. */
  findRollback: { args: z.tuple([z.string()]), answer: done },
  /** `since` if no scope is given. */
  previewRollback: { args: z.tuple([Id, z.optional(RollbackScope)]), answer: done },
  cancelRollback: { args: nothing, answer: done },
  rollBack: {
    args: z.tuple([
      z.object({
        generation: Id,
        what: z.enum(['both', 'files', 'chat']),
        onConflict: z.enum(['stop', 'mine', 'old']),
        /** `since` if it is not given. */
        scope: z.optional(RollbackScope),
        /** The files that are rolled back, as the dry run names them; all if it is not given. */
        files: z.optional(z.array(z.string())),
      }),
    ]),
    answer: done,
  },
  redo: { args: nothing, answer: done },
  keep: { args: z.tuple([Id]), answer: done },
  /** Accepts all of the chat that is not yet kept. */
  keepAll: { args: nothing, answer: done },
  /** Keeps or undoes a file of an answer, or some of its hunks. What stands in the way is shown as a dry run. */
  decide: { args: z.tuple([ChangeDecision]), answer: done },
  /** At a file, if one is named. */
  reviewChanges: { args: z.tuple([Id, z.optional(z.string())]), answer: done },
  fileDiff: { args: z.tuple([Id, z.string()]), answer: FileDiff },
  dismissBanner: { args: nothing, answer: done },
  openFile: { args: z.tuple([z.object({ path: z.string(), line: z.optional(Count) })]), answer: done },
  openAccountMenu: { args: nothing, answer: done },
  upgrade: { args: nothing, answer: done },
  changeBudget: { args: nothing, answer: done },
  chooseModel: { args: nothing, answer: done },
  showLog: { args: nothing, answer: done },
  reconnect: { args: nothing, answer: done },
  openFolder: { args: nothing, answer: done },
  openSample: { args: nothing, answer: done },
  manageTrust: { args: nothing, answer: done },
  useOllama: { args: nothing, answer: done },
  useKey: { args: nothing, answer: done },
  signIn: { args: nothing, answer: done },
  leaveServer: { args: nothing, answer: done },
  copy: { args: z.tuple([z.string()]), answer: done },
  useCode: { args: z.tuple([CodeUse]), answer: done },
} as const;

/** What the extension tells the page; none is answered. */
export const pageCalls = {
  thread: { args: z.tuple([Thread]) },
  /** Adds the message, or replaces the one of the same id. */
  message: { args: z.tuple([Message]) },
  /** Appends generated text to the last text part of an assistant message (a new part if the last one is a step). */
  delta: { args: z.tuple([z.object({ message: Id, text: z.string() })]) },
  status: { args: z.tuple([Status]) },
  composer: { args: z.tuple([Composer]) },
  focus: { args: nothing },
} as const;

/** The extension's side as the page calls it. */
export type ExtensionCalls = AnsweredCalls<typeof extensionCalls>;

/** The page's side as the extension calls it. */
export type PageCalls = ToldCalls<typeof pageCalls>;
