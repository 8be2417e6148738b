import type { RateCard } from '../../core/rateCard.ts';
import { savedBy } from '../../core/takenSaving.ts';
import type { Savings } from '../meter/savings.ts';
import type { ChatSession } from './chatSession.ts';

/** Records what taken advice saved once its message has a receipt, each once. The answer ends that. */
export function recordTakenSavings(
  session: ChatSession,
  savings: Pick<Savings, 'add'>,
  card: () => RateCard,
): () => void {
  return session.onDidChangeAny((_before, after, action) => {
    if (action.kind !== 'receipt' || action.receipt.outcome !== 'done') return;
    const run = after.runs[action.generation];
    if (!run?.saves) return;
    const { saves, ...rest } = run;
    session.find(after.thread.session)?.dispatch({ kind: 'run', id: action.generation, run: rest });
    const saved = savedBy(saves, action.receipt, card());
    if (saved > 0) void savings.add(saves.kind, saved);
  });
}
