import type { Message } from '../../src/protocol/chat.ts';
import type { ChatState } from './chatState.ts';
import { changeWords } from './changeWords.ts';
import { messageWords } from './messageWords.ts';
import type { Step } from './partGroups.ts';
import { pendingChanges } from './pendingChanges.ts';
import { receiptWords } from './receiptWords.ts';
import { stepWords } from './stepWords.ts';
import { words } from './words.ts';

/** What has newly happened that people who listen must hear: an answer's end or wait, a local edit, a banner. */
export function announcements(before: ChatState | null, after: ChatState): string[] {
  if (before === null || before.thread.session !== after.thread.session) return [];
  const known = before.thread.messages;
  const said = after.thread.messages
    // Of a thousand messages all but one stay what and where they were, at every frame of an answer.
    .filter((message, at) => message !== known[at] && !known.includes(message))
    .map((message) =>
      ending(
        before.thread.messages.find((each) => each.id === message.id && each.role === message.role),
        message,
      ),
    );
  said.push(...questions(before, after), decisions(before, after));
  const { banner } = after.status;
  if (banner !== null && JSON.stringify(banner) !== JSON.stringify(before.status.banner))
    said.push(words.banner(banner));
  return said.filter((sentence) => sentence !== null);
}

function ending(before: Message | undefined, after: Message): string | null {
  if (after.role === 'localEdit') return before === undefined ? localEditSentence(after) : null;
  if (after.role !== 'assistant') return null;
  const earlier = before?.role === 'assistant' ? before : undefined;
  // A busy provider is waited for; how long still is counted down for the eye alone.
  if (after.state === 'streaming')
    return after.failure && !earlier?.failure ? messageWords.failure(after.failure, after.parts) : null;
  if (earlier !== undefined && earlier.state === after.state && hasReceipt(earlier) === hasReceipt(after)) return null;
  if (after.failure !== undefined) return messageWords.failure(after.failure, after.parts);
  const ended = messageWords.ended(after);
  if (ended !== null) return ended;
  return after.receipt === undefined ? null : receiptWords.done(after.receipt);
}

/** What is left to decide once the person has kept or undone something. */
function decisions(before: ChatState, after: ChatState): string | null {
  const [then, now] = [pendingChanges(before.thread.messages), pendingChanges(after.thread.messages)];
  if (then === null || then.files <= (now?.files ?? 0)) return null;
  return now === null ? changeWords.allDecided : changeWords.decided(now.files);
}

/** What the model newly asks; it waits for the answer. */
function questions(before: ChatState, after: ChatState): string[] {
  const known = new Set(askingSteps(before).map(({ id }) => id));
  return askingSteps(after).flatMap((step) => (known.has(step.id) ? [] : stepWords.said(step)));
}

function askingSteps({ thread }: ChatState): Step[] {
  const answers = thread.messages.filter((message) => message.role === 'assistant');
  const growing = answers.filter(({ state }) => state === 'streaming');
  return growing.flatMap(({ parts }) => parts.filter((part) => part.kind === 'step').filter(isAsking));
}

function isAsking({ state }: Step): boolean {
  return state === 'asking';
}

function hasReceipt(message: Extract<Message, { role: 'assistant' }>): boolean {
  return message.receipt !== undefined;
}

function localEditSentence(message: Extract<Message, { role: 'localEdit' }>): string {
  const { before, after } = messageWords.localEdit(message.places);
  return `${before} ${message.places.map((place) => messageWords.place(place)).join(', ')}. ${after}`;
}
