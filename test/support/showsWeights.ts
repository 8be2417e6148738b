import { approximateModelTokens } from '../../src/core/modelTokens.ts';
import type { ChatPage } from './chat.ts';

/** Opens the gauge of the context and waits until it names each of these rules, by their sources, with its weight. */
export async function showsWeights({ frame }: ChatPage, rules: Readonly<Record<string, string>>): Promise<void> {
  await frame.locator('.gauge').getByRole('button').first().click();
  const parts = frame.locator('#context-parts').getByRole('listitem');
  for (const [source, rule] of Object.entries(rules))
    await parts.getByText(`${source}: ${String(approximateModelTokens(rule))}`, { exact: true }).waitFor();
}
