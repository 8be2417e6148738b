import * as vscode from 'vscode';
import { MILLITOKENS_PER_TOKEN, type Millitokens } from '../../core/tokens.ts';
import { settings } from '../contributions.ts';

/** Sets the most that a message may cost, where it is set already; null leaves it to the estimate. */
export async function setMaxCharge(limit: Millitokens | null): Promise<void> {
  const configuration = vscode.workspace.getConfiguration();
  const { workspaceValue } = configuration.inspect(settings.maxChargePerMessage) ?? {};
  const { Global, Workspace } = vscode.ConfigurationTarget;
  const value = limit === null ? undefined : limit / MILLITOKENS_PER_TOKEN;
  await configuration.update(settings.maxChargePerMessage, value, workspaceValue === undefined ? Global : Workspace);
}
