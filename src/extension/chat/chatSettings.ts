import * as vscode from 'vscode';
import { MILLITOKENS_PER_TOKEN, millitokens, type Millitokens } from '../../core/tokens.ts';
import { adviceKinds, type AdviceKind } from '../../protocol/chat.ts';
import { settings } from '../contributions.ts';

/** The settings that the chat reads, each with its default for a value of another kind. */
export const chatSettings = {
  mode(): 'ask' | 'agent' {
    return read(settings.chatMode) === 'ask' ? 'ask' : 'agent';
  },

  sendWith(): 'enter' | 'ctrlEnter' {
    return read(settings.chatSendWith) === 'ctrlEnter' ? 'ctrlEnter' : 'enter';
  },

  openChangedFiles(): 'never' | 'first' | 'all' {
    const value = read(settings.openChangedFiles);
    return value === 'never' || value === 'all' ? value : 'first';
  },

  includesOpenEditor(): boolean {
    return read(settings.includeOpenEditor) === true;
  },

  /** The person's own maximum per message; null for the default. */
  maxCharge(): Millitokens | null {
    return tokensIn(settings.maxChargePerMessage);
  },

  /** What the person wants to spend in a day; null for no limit. */
  budgetPerDay(): Millitokens | null {
    return tokensIn(settings.budgetPerDay);
  },

  offersFreeEdits(): boolean {
    return read(settings.offerFreeEdits) !== false;
  },

  /** The kinds of advice that are set on; none where all advice is set off. */
  adviceKinds(): AdviceKind[] {
    if (read(settings.adviceEnabled) === false) return [];
    const value = read(settings.adviceKinds);
    return Array.isArray(value) ? adviceKinds.filter((kind) => value.includes(kind)) : [...adviceKinds];
  },
};

/** Above the allowance of the largest plan a maximum means nothing. */
const LARGEST_MAX_TOKENS = 1_000_000;

function tokensIn(id: string): Millitokens | null {
  const value = read(id);
  if (typeof value !== 'number' || !(value > 0)) return null;
  return millitokens(Math.round(Math.min(value, LARGEST_MAX_TOKENS) * MILLITOKENS_PER_TOKEN));
}

function read(id: string): unknown {
  return vscode.workspace.getConfiguration().get<unknown>(id);
}
