import { sameEntry } from '../../../core/checkpoint.ts';
import { carryOut } from './carryOut.ts';
import type { Draft } from './draft.ts';
import type { HistoryLog } from './historyLog.ts';
import type { Captured, PlanLine, Step, UndonePart } from './journalLine.ts';
import { preparePlan } from './preparePlan.ts';
import type { StoreParts } from './storeParts.ts';
import { isCarriedOut, takeBack } from './takeBack.ts';

/** What a plan is for: `id` is the generation's, or the rollback's. */
export interface Purpose {
  readonly op: PlanLine['op'];
  readonly id: string;
  /** What a rollback takes back. */
  readonly undone: readonly UndonePart[];
}

/** Carries out drafts as plans: all of one, or nothing, whatever happens in between. For who holds the lock. */
export class Plans {
  readonly #parts: StoreParts;
  readonly #log: HistoryLog;
  readonly #now: () => string;
  readonly #newId: () => string;

  constructor(parts: StoreParts, log: HistoryLog, now: () => string, newId: () => string) {
    this.#parts = parts;
    this.#log = log;
    this.#now = now;
    this.#newId = newId;
  }

  /** Keeps, writes down, does, and writes down that it is done. What fails on the way is taken back as a whole. */
  async perform({ op, id, undone }: Purpose, draft: Draft): Promise<PlanLine> {
    const { steps, stamps } = await preparePlan(this.#parts, draft);
    const gaps = op === 'apply' ? this.#gaps(id, steps) : [];
    const [plan, at] = [this.#newId(), this.#now()];
    const line: PlanLine = { type: 'plan', plan, op, id, at, steps: [...steps], gaps, undone: [...undone] };
    await this.#log.append(line);
    try {
      await carryOut(this.#parts, line, { stamps, given: (hash) => draft.given(hash) });
      const done = { type: 'done' as const, plan };
      await (op === 'apply' ? this.#log.append(done) : this.#log.appendDurably(done));
    } catch (error) {
      this.#parts.syncs.drop();
      await this.#takeBackQuietly(line);
      throw error;
    }
    return line;
  }

  /** Adds to a generation what something else did for it, and the workspace has already: a plan with nothing to do. */
  async note(id: string, captured: Captured): Promise<void> {
    const [plan, at] = [this.#newId(), this.#now()];
    await this.#log.append({ type: 'plan', plan, op: 'apply', id, at, steps: [], gaps: [captured], undone: [] });
    await this.#log.appendDurably({ type: 'done', plan });
  }

  /** Finishes or takes back what a crash cut off. */
  async finish(): Promise<void> {
    const { unfinished: plan, unfinishedDoubtful } = this.#log.history;
    if (plan === null) return;
    if (unfinishedDoubtful && (await isCarriedOut(this.#parts, plan))) {
      await this.#log.appendDurably({ type: 'done', plan: plan.plan });
    } else {
      await this.#log.appendDurably({ type: 'undone', plan: plan.plan, left: await takeBack(this.#parts, plan) });
    }
  }

  /** What something else did to recorded files between `record` and a change set. */
  #gaps(id: string, steps: readonly Step[]): Captured[] {
    const recorded = this.#log.history.generations.get(id)?.recorded;
    return steps.flatMap(({ path, from }) => {
      const known = recorded?.get(path)?.entry;
      return known === undefined || sameEntry(known, from)
        ? []
        : [{ path, before: known, after: from, added: 0, removed: 0 }];
    });
  }

  /** If even this fails, the plan stays unfinished and is taken back before the next operation. */
  async #takeBackQuietly(plan: PlanLine): Promise<void> {
    try {
      this.#log.cut();
      await this.#log.appendDurably({ type: 'undone', plan: plan.plan, left: await takeBack(this.#parts, plan) });
    } catch {
      // The error that led here is the one to be told.
    }
  }
}
