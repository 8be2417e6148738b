import * as vscode from 'vscode';
import { millitokens, type Millitokens } from '../../core/tokens.ts';
import type { RollbackPreview, Status, Thread } from '../../protocol/chat.ts';
import { serverAddress } from '../account/serverAddress.ts';
import type { BackendConnection } from '../backend/backendConnection.ts';
import type { LiveSpend } from '../meter/liveSpend.ts';
import type { Meter } from '../meter/meter.ts';
import type { ChatState } from './chatState.ts';
import type { WorkspaceAccess } from './tools/toolFiles.ts';

/** The state around the conversation, as the page is told it. */
export function chatStatus(parts: {
  readonly connection: BackendConnection;
  readonly liveSpend: LiveSpend;
  readonly meter: Meter;
  readonly state: ChatState;
  readonly access: WorkspaceAccess;
  readonly preview: RollbackPreview | null;
}): Status {
  const { connection, liveSpend, meter, state, access, preview } = parts;
  const { today, saved } = meter.balance;
  const address = serverAddress();
  return {
    connection: inWords(connection.state),
    account: connection.account,
    running: liveSpend.current,
    server: URL.canParse(address) ? new URL(address).host : null,
    sums: { chat: chargedIn(state.thread), today: today ?? millitokens(0), saved },
    workspace: access,
    preview,
    banner: state.banner,
  };
}

/** Settled charges of the conversation, those of what was rolled back included: rolling back gives no tokens back. */
export function chargedIn({ messages }: Thread): Millitokens {
  const charges = messages.map((message) => (message.role === 'assistant' ? (message.receipt?.charged ?? 0) : 0));
  return millitokens(charges.reduce<number>((sum, charge) => sum + charge, 0));
}

function inWords(state: BackendConnection['state']): Status['connection'] {
  return state.kind === 'failed' ? { kind: 'failed', reason: vscode.l10n.t(state.reason) } : state;
}
