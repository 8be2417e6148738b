import type { ModelMessage } from 'ai';
import { modelWords } from '../../core/modelWords.ts';
import { approximateModelTokens } from '../../core/modelTokens.ts';

/**
 * About what a call sends, split as it is priced: what a continued call sends again counts as cached. For the live
 * spend only.
 */
export function approximateInput(request: {
  readonly call: number;
  readonly prompt: string;
  readonly instructions: string;
  readonly messages: readonly ModelMessage[];
}): { promptTokens: number; contextTokens: number; cachedTokens: number; firstCall: boolean } {
  const { call, prompt, instructions, messages } = request;
  const firstCall = call === 1;
  const fresh = firstCall ? messages.length : 2;
  const newTokens = tokensOf(messages.slice(-fresh));
  const oldTokens = tokensOf(messages.slice(0, -fresh)) + approximateModelTokens(instructions);
  if (!firstCall) return { promptTokens: 0, contextTokens: newTokens, cachedTokens: oldTokens, firstCall };
  const promptTokens = approximateModelTokens(modelWords(prompt));
  const contextTokens = Math.max(0, newTokens - promptTokens) + approximateModelTokens(instructions);
  return { promptTokens, contextTokens, cachedTokens: 0, firstCall };
}

function tokensOf(messages: readonly ModelMessage[]): number {
  return messages.reduce((sum, { content }) => sum + approximateModelTokens(textOf(content)), 0);
}

function textOf(content: ModelMessage['content']): string {
  if (typeof content === 'string') return content;
  // A picture is not counted by its letters.
  return JSON.stringify(content.filter(({ type }) => type !== 'image'));
}
