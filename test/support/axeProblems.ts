import axe, { type RunOptions } from 'axe-core';
import type { Page } from 'playwright-core';
import type { EditorTheme } from './editorThemes.ts';

/**
 * What axe finds wrong with a page, each as one line; an empty list is a clean page. `exclude` are selectors of what is
 * not ours to mend. Of a page in another theme than the dark one its colours are looked at: nothing else differs.
 */
export async function axeProblems(
  page: Page,
  { exclude = [], theme = 'dark' }: { readonly exclude?: readonly string[]; readonly theme?: EditorTheme } = {},
): Promise<string[]> {
  const isThere = await page.evaluate(() => 'axe' in globalThis);
  if (!isThere) await page.evaluate(axe.source);
  const { violations } = await page.evaluate(
    async ([left, rules]) => {
      const run = (globalThis as unknown as { axe: typeof axe }).axe.run;
      const options: RunOptions = rules === null ? {} : { runOnly: [...rules] };
      return run({ include: [document], exclude: [...left] }, { resultTypes: ['violations'], ...options });
    },
    [exclude, theme === 'dark' ? null : COLOUR_RULES] as const,
  );
  return violations.flatMap((violation) =>
    violation.nodes.map(
      (node) => `${violation.id} (${violation.impact ?? '?'}): ${node.html} — ${node.failureSummary ?? ''}`,
    ),
  );
}

const COLOUR_RULES = ['color-contrast', 'link-in-text-block'];
