import { MESSAGE_LIMIT_BYTES, type SendAnswer } from '../../protocol/chat.ts';

/** Why a text cannot be a message; null if it can. */
export function unfitMessage(text: string): SendAnswer | null {
  if (text.trim() === '') return { kind: 'empty' };
  const bytes = Buffer.byteLength(text);
  return bytes > MESSAGE_LIMIT_BYTES ? { kind: 'tooLarge', bytes, limit: MESSAGE_LIMIT_BYTES } : null;
}
