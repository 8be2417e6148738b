import type { Plan } from './plans.ts';

/** What an account may do on a plan. `projects` null means as many as it likes. */
export interface Entitlements {
  readonly publish: boolean;
  readonly codeExport: boolean;
  readonly projects: number | null;
}

/** Free has room for one project, to try things out in. */
const FREE_PROJECTS = 1;

/** What a plan allows: publishing is free, code export and more than one project are for paid plans. */
export function entitlementsOf(plan: Plan): Entitlements {
  const paid = plan.id !== 'free';
  return { publish: true, codeExport: paid, projects: paid ? null : FREE_PROJECTS };
}
