import { classifyRequest } from '../requestKind.ts';
import { millitokens, type Millitokens } from '../tokens.ts';
import { isComplaint } from './complaint.ts';

/** Messages in a row that asked for the same thing to be put right, and what they cost together. */
export interface FixRun {
  readonly messages: number;
  readonly charged: Millitokens;
}

/** Whether a message asks for something to be put right. */
export function isFix(prompt: string): boolean {
  return isComplaint(prompt) || classifyRequest(prompt) === 'fix';
}

/** The runs with one more fix in them; `goesOn` if the message before it was one too. */
export function withFix(runs: readonly FixRun[], charged: Millitokens, goesOn: boolean): FixRun[] {
  const last = runs.at(-1);
  if (!goesOn || !last) return [...runs, { messages: 1, charged }].slice(-RUNS_KEPT);
  return [...runs.slice(0, -1), { messages: last.messages + 1, charged: millitokens(last.charged + charged) }];
}

/** What a fix usually costs by its receipts, and how many messages it takes; null while there are too few of them. */
export function usualFix(runs: readonly FixRun[]): { each: Millitokens; messages: number } | null {
  const messages = runs.reduce((sum, run) => sum + run.messages, 0);
  if (messages < FEWEST_RECEIPTS) return null;
  const charged = runs.reduce<number>((sum, run) => sum + run.charged, 0);
  return { each: millitokens(Math.round(charged / messages)), messages: Math.round(messages / runs.length) };
}

/** Two can be chance; from three receipts on a price is said (screens, Advice). */
const FEWEST_RECEIPTS = 3;
/** Older ones were made by older models and on other code. */
const RUNS_KEPT = 20;
