import { setTimeout as wait } from 'node:timers/promises';
import * as vscode from 'vscode';
import type { BackendConnection } from '../backend/backendConnection.ts';
import type { ServerBackend } from '../backend/serverBackend.ts';
import { DeviceFlow, type DeviceCode, type DeviceDecision } from './deviceFlow.ts';
import { openLink } from './openLink.ts';

/**
 * Signs in to the server: by a code that is approved in the browser where the server knows that, else with a key. What
 * it gives is kept in the secret storage; the draft and the chat stay as they are.
 */
export async function signIn(server: ServerBackend, connection: BackendConnection): Promise<void> {
  const flow = new DeviceFlow(server.url, (ms, signal) => wait(ms, undefined, { signal }));
  const code = await flow.code().catch(() => null);
  const secret = code === null ? await askForKey(server.url) : await approved(flow, code, server.url);
  if (!secret) return;
  await server.storeKey(secret);
  connection.restart();
}

/** Ends the session on the server, and forgets it on this machine. A key stays good until it is revoked. */
export async function signOut(server: ServerBackend, connection: BackendConnection): Promise<void> {
  await server.endSession();
  await server.forgetKey();
  connection.restart();
}

async function askForKey(url: string): Promise<string | undefined> {
  const key = await vscode.window.showInputBox({
    title: vscode.l10n.t('Sign in to {0}', url),
    prompt: vscode.l10n.t('Paste the API key that your administrator or your account page gave you.'),
    password: true,
    ignoreFocusOut: true,
  });
  return key?.trim();
}

/** Shows and copies the code, opens the browser, and waits until the person has decided there or stops waiting. */
async function approved(flow: DeviceFlow, code: DeviceCode, url: string): Promise<string | null> {
  await vscode.env.clipboard.writeText(code.userCode);
  await openLink(code.link);
  const title = vscode.l10n.t(
    'Approve the code {0} in your browser to sign in to {1}. It is copied.',
    code.userCode,
    url,
  );
  const decision = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title, cancellable: true },
    (_, cancelled) => decisionOf(flow, code, cancelled),
  );
  if (decision?.kind === 'approved') return decision.session;
  if (decision?.kind === 'denied') throw new Error(vscode.l10n.t('The sign-in was denied in the browser.'));
  if (decision?.kind === 'expired')
    throw new Error(vscode.l10n.t('The code has expired. Sign in again for a new one.'));
  return null;
}

/** Null if the person stopped waiting. */
async function decisionOf(
  flow: DeviceFlow,
  code: DeviceCode,
  cancelled: vscode.CancellationToken,
): Promise<DeviceDecision | null> {
  const stop = new AbortController();
  const subscription = cancelled.onCancellationRequested(() => {
    stop.abort();
  });
  try {
    return await flow.decision(code, stop.signal);
  } catch (error) {
    if (stop.signal.aborted) return null;
    throw error;
  } finally {
    subscription.dispose();
  }
}
