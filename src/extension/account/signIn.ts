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
  const secret = await secretFor(server.url);
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

/** What lets this window in; nothing if the person leaves it at that. */
async function secretFor(url: string): Promise<string | null | undefined> {
  const { t } = vscode.l10n;
  const flow = new DeviceFlow(url, (ms, signal) => wait(ms, undefined, { signal }));
  const code = await flow.code().catch(() => undefined);
  if (code === undefined) {
    return askForKey(url, t('It can’t be reached right now. A key that you paste is tried as soon as it answers.'));
  }
  if (code === null)
    return askForKey(url, t('Paste the API key that your administrator or your account page gave you.'));
  const decision = await decisionInBrowser(flow, code, url);
  if (decision === null || decision.kind === 'approved') return decision?.session;
  return (await wantsAnotherCode(decision.kind)) ? secretFor(url) : null;
}

async function wantsAnotherCode(why: 'denied' | 'expired'): Promise<boolean> {
  const { t } = vscode.l10n;
  const said = {
    denied: t('The sign-in was denied in the browser, so nothing has changed here. Your draft is kept.'),
    expired: t('Nobody approved the code in time, so nothing has changed here. Your draft is kept.'),
  };
  const again = t('Sign In Again');
  return (await vscode.window.showWarningMessage(said[why], again)) === again;
}

async function askForKey(url: string, prompt: string): Promise<string | undefined> {
  const key = await vscode.window.showInputBox({
    title: vscode.l10n.t('Sign in to {0}', url),
    prompt,
    password: true,
    ignoreFocusOut: true,
  });
  return key?.trim();
}

/**
 * Shows and copies the code, opens the browser, and waits until the person has decided there; null if they stop
 * waiting.
 */
async function decisionInBrowser(flow: DeviceFlow, code: DeviceCode, url: string): Promise<DeviceDecision | null> {
  await vscode.env.clipboard.writeText(code.userCode);
  await openLink(code.link);
  const title = vscode.l10n.t(
    'Approve the code {0} in your browser to sign in to {1}. It is copied.',
    code.userCode,
    url,
  );
  return vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title, cancellable: true },
    (_, cancelled) => decisionOf(flow, code, cancelled),
  );
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
