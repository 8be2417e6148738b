import { isRecord } from './isRecord.ts';

type Message = Readonly<Record<string, unknown>>;

/** The text of the last user message: what the person wrote. Empty if there is none. */
export function promptTextOf(messages: readonly Message[]): string {
  const last = messages.findLast((message) => message['role'] === 'user');
  return last === undefined ? '' : textOf(last['content']);
}

/**
 * All text of a request that a model reads: contents, tool calls and tool descriptions. For counting where a provider
 * does not.
 */
export function requestText(body: Readonly<Record<string, unknown>>): string {
  const messages = Array.isArray(body['messages']) ? body['messages'] : [];
  const contents = messages.map((message: Message) => {
    const calls = message['tool_calls'];
    return textOf(message['content']) + (calls === undefined ? '' : JSON.stringify(calls));
  });
  const tools = body['tools'] === undefined ? '' : JSON.stringify(body['tools']);
  return [...contents, tools].join('\n');
}

/**
 * How many images a request has, and how many bytes of its body are their data, which says nothing about their price.
 */
export function sizeOfImages(messages: readonly Message[]): { count: number; bytes: number } {
  let count = 0;
  let bytes = 0;
  for (const part of messages.flatMap((message) => partsOf(message['content']))) {
    if (part['type'] !== 'image_url') continue;
    count += 1;
    const image = part['image_url'];
    const url: unknown = isRecord(image) ? image['url'] : image;
    if (typeof url === 'string' && url.startsWith('data:image/')) bytes += Buffer.byteLength(url);
  }
  return { count, bytes };
}

function textOf(content: unknown): string {
  if (typeof content === 'string') return content;
  return partsOf(content)
    .map((part) => (typeof part['text'] === 'string' ? part['text'] : ''))
    .join('');
}

function partsOf(content: unknown): Message[] {
  return Array.isArray(content) ? content.filter(isRecord) : [];
}
