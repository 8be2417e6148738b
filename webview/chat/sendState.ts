import type { Estimate } from '../../src/core/estimate.ts';
import { slashCommand } from '../../src/core/slashCommand.ts';
import { MESSAGE_LIMIT_BYTES, type Status } from '../../src/protocol/chat.ts';

/** Whether the draft can be sent now, and if not, why not. */
export function sendState(status: Status, text: string, price: Estimate | null): SendState {
  const bytes = text.length > MESSAGE_LIMIT_BYTES / LARGEST_UTF8_PER_UNIT ? utf8Bytes(text) : 0;
  if (bytes > MESSAGE_LIMIT_BYTES) return { kind: 'tooLarge', bytes };
  if (status.running !== null) return { kind: 'running' };
  const command = slashCommand(text);
  if (command?.takes === 'words' && command.words === '') return { kind: 'nothing' };
  if (command?.by === 'editor') return { kind: 'here' };
  if (status.connection.kind !== 'ready') return { kind: 'notReady' };
  if (status.account?.warning === 'empty') return { kind: 'noTokens' };
  const budget = status.budget?.warning;
  if (budget === 'used' || budget === 'setAside') return { kind: 'overBudget' };
  if (text.trim() === '') return { kind: 'nothing' };
  const available = status.account?.balance.available;
  if (price !== null && available !== undefined && available < price.high) return { kind: 'mayStop' };
  return { kind: 'ready' };
}

export type SendState =
  /** `here`: a command that needs no model, nor tokens. */
  | { readonly kind: 'ready' | 'here' | 'mayStop' | 'nothing' | 'running' | 'notReady' | 'noTokens' | 'overBudget' }
  | { readonly kind: 'tooLarge'; readonly bytes: number };

/** A UTF-16 code unit is never more than three bytes of UTF-8, so that short texts need no counting at every key. */
const LARGEST_UTF8_PER_UNIT = 3;

function utf8Bytes(text: string): number {
  return new TextEncoder().encode(text).length;
}
