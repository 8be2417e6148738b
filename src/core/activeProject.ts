import type { Entitlements } from './entitlements.ts';

/** Which project an account's AI calls may be for (design, section 4). */
export const activeProject = {
  /**
   * With a limit only the active one, which is the first or the last used. Without a limit the last used is
   * remembered, so that it stays active after a downgrade.
   */
  use(state: ProjectState, projectId: string, limit: Entitlements['projects']): ProjectUse {
    if (state.activeId === projectId) return { kind: 'used', state };
    if (state.activeId !== null && limit !== null) return { kind: 'limited', activeId: state.activeId };
    return { kind: 'used', state: { ...state, activeId: projectId } };
  },

  /** Moves the one project of a limited plan, three times a period. To where it is already is no move. */
  move(
    state: ProjectState,
    projectId: string,
    { limit, periodStart }: { limit: Entitlements['projects']; periodStart: number },
  ): ProjectMove {
    const used = activeProject.use(state, projectId, limit);
    if (used.kind === 'used') return { kind: 'moved', state: used.state };
    const left = activeProject.movesLeft(state, periodStart);
    if (left === 0) return { kind: 'tooManyMoves' };
    const moves = MOVES_PER_PERIOD - left + 1;
    return { kind: 'moved', state: { activeId: projectId, moves, movesPeriod: periodStart } };
  },

  /** How often the project can still be moved in this period. */
  movesLeft(state: Omit<ProjectState, 'activeId'>, periodStart: number): number {
    return Math.max(0, MOVES_PER_PERIOD - (state.movesPeriod === periodStart ? state.moves : 0));
  },
};

/** Of an account: its last used project, and how often it was moved in the period that began at `movesPeriod`. */
export interface ProjectState {
  readonly activeId: string | null;
  readonly moves: number;
  readonly movesPeriod: number;
}

export type ProjectUse =
  { readonly kind: 'used'; readonly state: ProjectState } | { readonly kind: 'limited'; readonly activeId: string };
export type ProjectMove = { readonly kind: 'moved'; readonly state: ProjectState } | { readonly kind: 'tooManyMoves' };

/** Enough to change one's mind; not enough to work in several in turn. */
const MOVES_PER_PERIOD = 3;
