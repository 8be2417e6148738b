import axe from 'axe-core';
import type { Page } from 'playwright-core';

/**
 * What axe finds wrong with a page, each as one line; an empty list is a clean page. `exclude` are selectors of what is
 * not ours to mend.
 */
export async function axeProblems(page: Page, exclude: readonly string[] = []): Promise<string[]> {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(async (left) => {
    const run = (globalThis as unknown as { axe: typeof axe }).axe.run;
    return run({ include: [document], exclude: [...left] }, { resultTypes: ['violations'] });
  }, exclude);
  return violations.flatMap((violation) =>
    violation.nodes.map(
      (node) => `${violation.id} (${violation.impact ?? '?'}): ${node.html} — ${node.failureSummary ?? ''}`,
    ),
  );
}
