/** What a content is called in its folder until its plan is carried out; it tells the plan and the step. */
export function stagedName(plan: string, step: number): string {
  return `.tokenfare-${plan}-${String(step)}.tmp`;
}

/** Whether a path is that of a content that waits: nobody's file, and gone in a moment. */
export function isStaged(path: string): boolean {
  return /(^|\/)\.tokenfare-[^/]+-\d+\.tmp$/.test(path);
}
