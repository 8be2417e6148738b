import type { ModelMessage, UserContent } from 'ai';
import { modelWords } from '../../core/modelWords.ts';
import type { Message } from '../../protocol/chat.ts';
import type { AssistantMessage } from './chatReducer.ts';
import { onOneLine } from './onOneLine.ts';

/**
 * What is sent of a conversation: its history without what was rolled back or came to nothing, then the attachments,
 * each in a message of its own, then the person's words alone, so that they are priced as theirs: the request that a
 * slash command stands for is part of them.
 */
export function conversation(
  history: readonly Message[],
  attachments: readonly AttachedText[],
  prompt: string,
): ModelMessage[] {
  const files = attachments.map((attached): ModelMessage => ({ role: 'user', content: attachedContent(attached) }));
  return [...recent(exchanges(history)), ...files, { role: 'user', content: modelWords(prompt) }];
}

export interface AttachedText {
  readonly path: string;
  readonly text: string;
  /** A picture in the place of the text, as a data URI. */
  readonly picture?: string;
}

/**
 * History beyond this is left out, the oldest first: about 30,000 model tokens, what a small context window can still
 * take.
 */
const HISTORY_LIMIT_CHARS = 120_000;

function attachedContent({ path, text, picture }: AttachedText): UserContent {
  if (picture === undefined) return fileMessage(path, text);
  return [
    { type: 'text', text: onOneLine(path) },
    { type: 'image', image: picture },
  ];
}

/** The form in which a file goes along. The fence is longer than any in the file. */
function fileMessage(path: string, text: string): string {
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map(({ length }) => length));
  const fence = '`'.repeat(longest + 1);
  return `File: ${onOneLine(path)}\n${fence}\n${text}${text.endsWith('\n') ? '' : '\n'}${fence}`;
}

/** Question and answer together, so that the limit never leaves half of one. */
function exchanges(history: readonly Message[]): ModelMessage[][] {
  const pairs: ModelMessage[][] = [];
  history.forEach((message, index) => {
    const answer = history[index + 1];
    if (message.role !== 'user' || message.rolledBack || answer?.role !== 'assistant') return;
    const said = answerText(answer);
    if (said === '' || answer.state === 'refused') return;
    pairs.push([
      { role: 'user', content: questionText(message) },
      { role: 'assistant', content: said },
    ]);
  });
  return pairs;
}

function recent(pairs: readonly ModelMessage[][]): ModelMessage[] {
  let room = HISTORY_LIMIT_CHARS;
  const kept = pairs.toReversed().filter((pair) => {
    room -= pair.reduce((sum, { content }) => sum + content.length, 0);
    return room >= 0;
  });
  return kept.toReversed().flat();
}

function questionText({ text, attachments }: Extract<Message, { role: 'user' }>): string {
  const words = modelWords(text);
  if (attachments.length === 0) return words;
  return `${words}\n\n(Attached at the time: ${attachments.map(({ label }) => onOneLine(label)).join(', ')})`;
}

/** The words of an answer, and which files it changed: what is in them can be read again. */
function answerText({ parts, changes, changesState }: AssistantMessage): string {
  const words = parts.map((part) => (part.kind === 'text' ? part.text : '')).join('');
  if (changes.length === 0) return words.trim();
  const files = changes.map(({ kind, path }) => `${kind} ${onOneLine(path)}`).join(', ');
  const undone = changesState === 'rolledBack' ? ' These changes were rolled back since.' : '';
  return `${words.trim()}\n\n(Files: ${files}.${undone})`.trim();
}
