import axe from 'axe-core';
import type { Page } from 'playwright-core';

/** What axe finds wrong with a page, each as one line; an empty list is a clean page. */
export async function axeProblems(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(async () => {
    const run = (globalThis as unknown as { axe: typeof axe }).axe.run;
    return run(document, { resultTypes: ['violations'] });
  });
  return violations.flatMap((violation) =>
    violation.nodes.map(
      (node) => `${violation.id} (${violation.impact ?? '?'}): ${node.html} — ${node.failureSummary ?? ''}`,
    ),
  );
}
