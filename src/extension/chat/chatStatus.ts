import * as vscode from 'vscode';
import { millitokens } from '../../core/tokens.ts';
import type { Status } from '../../protocol/chat.ts';
import type { RollbackPreview } from '../../protocol/rollbackPreview.ts';
import { serverAddress } from '../account/serverAddress.ts';
import type { BackendConnection } from '../backend/backendConnection.ts';
import type { LiveSpend } from '../meter/liveSpend.ts';
import type { Meter } from '../meter/meter.ts';
import { budgetToday } from './budgetToday.ts';
import { chargedIn } from './chargedIn.ts';
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
  const { today, saved, spend: live } = meter.balance;
  const address = serverAddress();
  const running = runningIn(state);
  return {
    connection: inWords(connection.state),
    account: connection.account,
    running: liveSpend.of(running),
    ...(live ? { live: { spent: live.spent, usedBefore: live.usedBefore } } : {}),
    server: URL.canParse(address) ? new URL(address).host : null,
    budget: budgetToday(parts, running),
    sums: { chat: chargedIn(state.thread), today: today ?? millitokens(0), saved },
    workspace: access,
    preview,
    banner: state.banner,
  };
}

/** The answer that is being written; '' if there is none. */
export function runningIn({ thread }: ChatState): string {
  return thread.messages.findLast((message) => message.role === 'assistant' && message.state === 'streaming')?.id ?? '';
}

function inWords(state: BackendConnection['state']): Status['connection'] {
  return state.kind === 'failed' ? { kind: 'failed', reason: vscode.l10n.t(state.reason) } : state;
}
