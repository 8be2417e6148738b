import { activeProject, type ProjectState } from '../../core/activeProject.ts';
import type { Reader } from '../database/database.ts';
import type { RowKey, Work } from '../database/workingSet.ts';
import { ledger } from '../ledger/ledger.ts';
import { payments } from '../payments/payments.ts';
import { subscriptions } from '../subscriptions/subscriptions.ts';

/**
 * Projects: workspace folders that AI calls are for. Free has one; the others are kept, and wait (design, section 4).
 */
export const projects = {
  /** The rows that everything here needs. */
  needs({ accountId, projectId }: ProjectName): RowKey[] {
    return [...subscriptions.needs(accountId), ['projects', accountId, projectId]];
  },

  /** Registers a project, or names it anew. The first is the active one. */
  register(work: Work, { accountId, projectId, name }: ProjectName & { name: string }): void {
    const earlier = work.projects.find(accountId, projectId);
    work.projects.put({ accountId, id: projectId, name, createdAt: earlier?.createdAt ?? work.now });
    const state = stateOf(work, accountId);
    if (state.activeId === null) keep(work, accountId, { ...state, activeId: projectId });
    work.touch(accountId);
  },

  /**
   * Notes that an AI call is for a project, which registers itself by that, also where the plan has no room for it.
   * Then the answer names the one that it has room for. The account must be in its period.
   */
  use(
    work: Work,
    { accountId, projectId, limitsProjects }: ProjectName & { limitsProjects: boolean },
  ): { activeId: string } | null {
    if (work.projects.find(accountId, projectId) === undefined) {
      work.projects.put({ accountId, id: projectId, name: projectId, createdAt: work.now });
    }
    const limit = limitsProjects ? subscriptions.entitlements(work, accountId).projects : null;
    const used = activeProject.use(stateOf(work, accountId), projectId, limit);
    if (used.kind === 'limited') return { activeId: used.activeId };
    keep(work, accountId, used.state);
    return null;
  },

  /** Moves the plan's one project here. */
  activate(work: Work, { accountId, projectId }: ProjectName): ActivateAnswer {
    subscriptions.bringUpToDate(work, accountId, payments.renew);
    if (work.projects.find(accountId, projectId) === undefined) return { kind: 'unknown' };
    const { projects: limit } = subscriptions.entitlements(work, accountId);
    const { periodStart, periodEnd } = ledger.read(work, accountId);
    const moved = activeProject.move(stateOf(work, accountId), projectId, { limit, periodStart });
    if (moved.kind === 'tooManyMoves') return { kind: 'tooManyMoves', resetsAt: periodEnd };
    keep(work, accountId, moved.state);
    return { kind: 'moved' };
  },

  /** All projects of an account, the oldest first. */
  list(query: Reader, accountId: string): Promise<{ id: string; name: string }[]> {
    return query
      .selectFrom('projects')
      .select(['id', 'name'])
      .where('account_id', '=', accountId)
      .orderBy('created_at')
      .orderBy('id')
      .execute();
  },
};

export interface ProjectName {
  readonly accountId: string;
  readonly projectId: string;
}

export type ActivateAnswer =
  { readonly kind: 'moved' | 'unknown' } | { readonly kind: 'tooManyMoves'; readonly resetsAt: number };

function stateOf(work: Work, accountId: string): ProjectState {
  const { projectId: activeId, projectMoves: moves, movesPeriod } = subscriptions.read(work, accountId);
  return { activeId, moves, movesPeriod };
}

/** Written only where it is another: a project is used again and again. */
function keep(work: Work, accountId: string, state: ProjectState): void {
  if (state.activeId === stateOf(work, accountId).activeId) return;
  const { activeId: projectId, moves: projectMoves, movesPeriod } = state;
  subscriptions.change(work, accountId, { projectId, projectMoves, movesPeriod });
}
