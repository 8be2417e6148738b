import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import type { AccountPanel } from './account/accountPanel.ts';
import { AccountProvider } from './account/accountProvider.ts';
import { serverAddress } from './account/serverAddress.ts';
import { signIn, signOut } from './account/signIn.ts';
import { BackendClient } from './backend/backendClient.ts';
import { BackendConnection } from './backend/backendConnection.ts';
import { KnownAccounts } from './backend/knownAccounts.ts';
import { ServerBackend } from './backend/serverBackend.ts';
import { Chat } from './chat/chat.ts';
import { openPromptingGuide } from './chat/openPromptingGuide.ts';
import { authentication, commands, contextKeys, settings, views, type CommandId } from './contributions.ts';
import { freeEditActions } from './localEdits/freeEditActions.ts';
import { STYLE_AND_MARKUP } from './localEdits/styleAndMarkup.ts';
import { showBalanceMenu } from './meter/balanceMenu.ts';
import { datesIn } from './meter/dates.ts';
import { LiveSpend } from './meter/liveSpend.ts';
import { Meter } from './meter/meter.ts';
import { Savings } from './meter/savings.ts';
import { StatusBar } from './meter/statusBar.ts';
import type { Wording } from './meter/statusBarView.ts';
import { warningMessages } from './meter/warningMessages.ts';
import { dataDir } from './node/dataDir.ts';
import { EmbeddedBackend } from './node/embeddedBackend.ts';
import { Projects } from './projects/projects.ts';
import type { TargetParts } from './publish/chooseTarget.ts';
import { theEditorsTurn } from './theEditorsTurn.ts';

/** What is registered at activation, once it has been loaded. */
export interface Extension {
  readonly commands: Readonly<Record<CommandId, (target?: vscode.Uri) => unknown>>;
  showChat(view: vscode.WebviewView): Promise<void>;
  restoreReview(panel: vscode.WebviewPanel, kept: unknown): Promise<void>;
  restoreAccount(panel: vscode.WebviewPanel): Promise<void>;
  /** Writes what the chat has not yet written. */
  close(): Promise<void>;
}

/** Wires the parts and returns; whatever is heavy is loaded at its first use. */
export function startExtension(context: vscode.ExtensionContext, log: vscode.LogOutputChannel): Extension {
  const now = () => new Date();
  const locator = backendLocator(context);
  const connection = new BackendConnection(locator, log, now);
  const client = new BackendClient(
    () => connection.endpoint(),
    () => connection.restart(),
  );
  const liveSpend = new LiveSpend();
  const accounts = new KnownAccounts(locator instanceof ServerBackend ? locator.url : '', context.globalState);
  const savings = new Savings(accounts.current);
  const wording: Wording = { l10n: vscode.l10n, locale: vscode.env.language, dates: datesIn(vscode.env.language) };
  const meter = new Meter({ connection, client, spend: liveSpend, savings, now });
  const isShared = locator instanceof ServerBackend;
  const projects = new Projects({ connection, client, isShared, kept: context.workspaceState, newId: randomUUID });
  const chat = new Chat(
    { context, connection, client, liveSpend, savings, meter, projects, log, wording, now, newId: randomUUID },
    accounts,
  );
  context.subscriptions.push(connection, liveSpend, savings, meter, chat);
  context.subscriptions.push(new StatusBar(meter, wording), warningMessages(connection, wording));
  let panel: Promise<AccountPanel> | undefined;
  const accountPanel = () =>
    (panel ??= import('./account/accountPanel.ts').then(({ AccountPanel }) => {
      const parts = { connection, client, savings, log, canSignOut: isShared };
      const made = new AccountPanel(parts, context.extensionUri);
      context.subscriptions.push(made);
      return made;
    }));
  context.subscriptions.push(
    vscode.languages.registerCodeActionsProvider({ pattern: STYLE_AND_MARKUP }, freeEditActions, {
      providedCodeActionKinds: [vscode.CodeActionKind.RefactorRewrite],
    }),
  );
  if (locator instanceof ServerBackend) registerAccount(context, locator, connection);
  followContext(context, { connection, locator, leaveDraft: async () => (await chat.room).leaveDraft() });
  const parts = { context, log, locator, connection, client, wording, meter, projects, accountPanel, chat, now };
  return {
    commands: commandsOf(parts),
    showChat: async (view) => {
      await import('../protocol/chat.ts');
      await theEditorsTurn();
      const { ChatView } = await import('./chat/chatView.ts');
      await theEditorsTurn();
      new ChatView(chat, context.extensionUri).show(view);
    },
    restoreReview: (panel, kept) => chat.restoreReview(panel, kept),
    restoreAccount: async (panel) => {
      (await accountPanel()).restore(panel);
    },
    close: () => chat.close(),
  };
}

interface CommandParts {
  readonly context: vscode.ExtensionContext;
  readonly log: vscode.LogOutputChannel;
  readonly locator: EmbeddedBackend | ServerBackend;
  readonly connection: BackendConnection;
  readonly client: BackendClient;
  readonly wording: Wording;
  readonly meter: Meter;
  readonly projects: Projects;
  readonly accountPanel: () => Promise<AccountPanel>;
  readonly chat: Chat;
  readonly now: () => Date;
}

function commandsOf(parts: CommandParts): Extension['commands'] {
  const { context, log, locator, connection, client, wording, meter, accountPanel, chat } = parts;
  return {
    ...chatCommands(chat),
    [commands.showBalance]: async () => {
      const spent = await chat.spent().catch(() => null);
      showBalanceMenu(meter, wording, { host: hostOf(locator), chat: spent });
    },
    [commands.promptingGuide]: () => openPromptingGuide(context.extensionUri),
    [commands.openAccount]: async () => {
      // Where nobody is signed in there is none to show: this rejects, and the sign-in is offered.
      if (connection.state.kind === 'signedOut') await connection.endpoint();
      (await accountPanel()).show();
    },
    ...planCommands(parts),
    ...publishCommands(parts),
    [commands.chooseModel]: async () => {
      const { chooseModel } = await import('./models/chooseModel.ts');
      const composer = await chat.composer().catch(() => null);
      await chooseModel(
        client,
        composer,
        locator instanceof EmbeddedBackend ? () => addProvider(chat, context.secrets) : null,
      );
    },
    [commands.showLog]: () => showLog(log, locator),
    [commands.signIn]: () => onServer(locator, (server) => signIn(server, connection)),
    [commands.signOut]: () => onServer(locator, (server) => signOut(server, connection)),
  };
}

/** A server's account is also in VS Code's own Accounts menu. */
function registerAccount(context: vscode.ExtensionContext, server: ServerBackend, connection: BackendConnection): void {
  const provider = new AccountProvider({
    connection,
    server,
    signIn: () => signIn(server, connection),
    signOut: () => signOut(server, connection),
  });
  context.subscriptions.push(
    provider,
    server.onDidChangeKey(() => connection.restart()),
    vscode.authentication.registerAuthenticationProvider(authentication, 'Tokenfare', provider),
  );
}

function backendLocator(context: vscode.ExtensionContext): EmbeddedBackend | ServerBackend {
  const serverUrl = serverAddress();
  return serverUrl ? new ServerBackend(serverUrl, context.secrets) : embeddedBackend(context);
}

function planCommands(parts: CommandParts) {
  const choose = async (title: string): Promise<void> => {
    const { upgradePlan } = await import('./account/upgradePlan.ts');
    await upgradePlan(title, parts);
  };
  return {
    [commands.upgradePlan]: () => choose(vscode.l10n.t('Upgrade Plan')),
    [commands.changePlan]: () => choose(vscode.l10n.t('Change Plan')),
    [commands.setMonthlyBudget]: () => choose(vscode.l10n.t('Set Monthly Budget')),
    [commands.requestRefund]: async () => {
      const { requestRefund } = await import('./account/requestRefund.ts');
      await requestRefund(parts.client, parts.wording);
    },
  };
}

function publishCommands(parts: CommandParts) {
  const { context, locator, client, connection, projects } = parts;
  return {
    [commands.publishApp]: async () => {
      const { publishApp } = await import('./publish/publishApp.ts');
      await publishApp({ ...publishTargets(context, locator, client), projects });
    },
    [commands.exportCode]: async () => {
      const { exportCode } = await import('./publish/exportCode.ts');
      await exportCode({ connection, client, projects });
    },
  };
}

/** Where apps can be published: this computer has a backend of its own also where a server keeps the balance. */
function publishTargets(
  context: vscode.ExtensionContext,
  locator: EmbeddedBackend | ServerBackend,
  client: BackendClient,
): TargetParts {
  const { secrets, workspaceState: kept } = context;
  if (locator instanceof EmbeddedBackend) return { computer: client, server: null, secrets, kept };
  const here = embeddedBackend(context);
  const computer = new BackendClient(() => here.locate(AbortSignal.timeout(START_MS)));
  return { computer, server: client, secrets, kept };
}

/** Longer than the backend's own patience with its start: that has the better sentence. */
const START_MS = 30_000;

function embeddedBackend(context: vscode.ExtensionContext): EmbeddedBackend {
  return new EmbeddedBackend({
    script: path.join(context.extensionPath, 'dist', 'backend.js'),
    dataDir: dataDir(process.env, process.platform),
    version: (context.extension.packageJSON as { version: string }).version,
    secrets: context.secrets,
  });
}

function chatCommands(chat: Chat) {
  return {
    [commands.openChat]: () => vscode.commands.executeCommand(`${views.chat}.focus`),
    [commands.newChat]: () => chat.newChat(),
    [commands.chatHistory]: () => chat.showHistory(),
    [commands.renameChat]: () => chat.onShownChat((history, id) => history.rename(id)),
    [commands.pinChat]: () => chat.onShownChat((history, id, isPinned) => history.pin(id, !isPinned)),
    [commands.exportChat]: () => chat.onShownChat((history, id) => history.export(id)),
    [commands.deleteChat]: () => chat.onShownChat((history, id) => history.delete(id)),
    [commands.addSelectionToChat]: () => {
      const editor = vscode.window.activeTextEditor;
      return editor && chat.addToChat(editor.document.uri, editor.selection);
    },
    [commands.addToChat]: (target?: vscode.Uri) => {
      const editor = vscode.window.activeTextEditor;
      const uri = target ?? editor?.document.uri;
      const selected = editor && uri?.toString() === editor.document.uri.toString() && !editor.selection.isEmpty;
      return uri && chat.addToChat(uri, selected ? editor.selection : undefined);
    },
    [commands.freeEdit]: () => chat.freeEdit(),
    [commands.rollBack]: () => chat.rollBack(),
    [commands.addToBatch]: () => chat.addToBatch(),
    [commands.sendBatch]: () => chat.sendBatch(),
    [commands.rollBackLast]: () => chat.rollBackLast(),
    [commands.redoRollback]: () => chat.redo(),
    [commands.reviewChanges]: () => chat.reviewLast(),
    [commands.allowedCommands]: () => chat.editAllowedCommands(),
  };
}

async function addProvider(chat: Chat, secrets: vscode.SecretStorage): Promise<void> {
  const models = await import('./models/addProvider.ts');
  if (await models.addProvider(secrets)) (await chat.room).dismissProblem();
}

/** The machine or server that keeps the balance, where that is not the one that the person sits at. */
function hostOf(locator: EmbeddedBackend | ServerBackend): string | null {
  if (locator instanceof ServerBackend) return new URL(locator.url).host;
  return vscode.env.remoteName === undefined ? null : hostname();
}

async function showLog(log: vscode.LogOutputChannel, locator: EmbeddedBackend | ServerBackend): Promise<void> {
  if (locator instanceof EmbeddedBackend) log.info(`The backend's log: ${locator.logFile}`);
  log.show();
  await Promise.resolve();
}

async function onServer(
  locator: EmbeddedBackend | ServerBackend,
  act: (server: ServerBackend) => Promise<void>,
): Promise<void> {
  if (locator instanceof ServerBackend) return act(locator);
  throw new Error(
    vscode.l10n.t('The backend on this machine needs no sign-in. Set tokenfare.server.url to use another.'),
  );
}

/** Keeps the context keys that show and hide commands; a changed server address takes effect with a reload. */
function followContext(
  context: vscode.ExtensionContext,
  parts: {
    connection: BackendConnection;
    locator: EmbeddedBackend | ServerBackend;
    leaveDraft: () => Promise<void>;
  },
): void {
  const { connection, locator, leaveDraft } = parts;
  const set = (key: string, value: boolean) => void vscode.commands.executeCommand('setContext', key, value);
  set(contextKeys.hasServer, locator instanceof ServerBackend);
  const update = () => {
    set(contextKeys.signedIn, connection.state.kind !== 'signedOut');
    set(contextKeys.setsOwnBudget, connection.account?.setsOwnBudget === true);
  };
  update();
  context.subscriptions.push(
    connection.onDidChange(update),
    vscode.workspace.onDidChangeConfiguration(async (change) => {
      if (!change.affectsConfiguration(settings.serverUrl)) return;
      const reload = vscode.l10n.t('Reload Window');
      const asked = vscode.l10n.t('The new server address is used after a reload.');
      if ((await vscode.window.showInformationMessage(asked, reload)) !== reload) return;
      await leaveDraft();
      await vscode.commands.executeCommand('workbench.action.reloadWindow');
    }),
  );
}
