import * as vscode from 'vscode';
import type { ExtensionCalls } from '../../protocol/chat.ts';
import { askServerAddress } from '../account/askServerAddress.ts';
import { leaveServer } from '../account/leaveServer.ts';
import { serverAddress } from '../account/serverAddress.ts';
import { commands, settings } from '../contributions.ts';
import type { ChatRoom } from './chatRoom.ts';
import { attachmentCalls } from './attachmentCalls.ts';
import { changeCalls } from './changeCalls.ts';
import { sessionCalls } from './sessionCalls.ts';
import { savingCalls } from './savingCalls.ts';
import { setMaxCharge } from './setMaxCharge.ts';
import { sendFromPage } from './sendFromPage.ts';
import { openWorkspaceFile } from './openWorkspaceFile.ts';

/** What the page may ask of the extension, each in the words of the room. `ready` links the page that calls. */
export function chatCalls(opened: Promise<ChatRoom>, link: (room: ChatRoom) => void): ExtensionCalls {
  const inRoom = (act: (room: ChatRoom) => unknown) => async () => {
    await act(await opened);
  };
  const command =
    (id: string, ...args: unknown[]) =>
    async () => {
      await vscode.commands.executeCommand(id, ...args);
    };
  return {
    ready: async () => {
      const room = await opened;
      // What goes along with a message is read meanwhile: the page is told of it when it is there.
      link(room);
      return { thread: room.session.state.thread, status: room.status, composer: room.composer };
    },
    send: async (message) => sendFromPage(await opened, message),
    stop: inRoom((room) => room.generations.stop()),
    answerStep: async ({ step, answer }) => (await opened).questions.answer(step, answer),
    setMaxCharge: async (limit) => (await opened).guard(() => setMaxCharge(limit)),
    ...savingCalls(opened),
    saveDraft: async (draft) => (await opened).saveDraft(draft),
    newChat: inRoom((room) => room.newChat()),
    ...sessionCalls(opened),
    setMode: async (mode) => (await opened).session.dispatch({ kind: 'change', change: { mode } }),
    ...attachmentCalls(opened),
    retry: async (generation) => (await opened).generations.retry(generation),
    useFreeHere: async (generation) => (await opened).guard((room) => room.generations.useFreeHere(generation)),
    ...changeCalls(opened),
    dismissBanner: inRoom((room) => room.session.dispatch({ kind: 'bannerClosed' })),
    openFile: async (place) => (await opened).guard(() => openWorkspaceFile(place)),
    openAccountMenu: command(commands.showBalance),
    upgrade: command(commands.upgradePlan),
    changeBudget: command('workbench.action.openSettings', settings.budgetPerDay),
    chooseModel: command(commands.chooseModel),
    showLog: command(commands.showLog),
    promptingGuide: command(commands.promptingGuide),
    reconnect: inRoom(({ deps }) => deps.connection.retry()),
    openFolder: inRoom(async (room) => {
      await room.leaveDraft();
      await vscode.commands.executeCommand('vscode.openFolder');
    }),
    openSample: async () =>
      (await opened).guard(async (room) => {
        const { openSample } = await import('./openSample.ts');
        await openSample(room.deps.context, () => room.leaveDraft());
      }),
    manageTrust: command('workbench.trust.manage'),
    useOllama: command(commands.chooseModel),
    useKey: async () =>
      (await opened).guard(async ({ deps }) => {
        const { addProvider } = await import('../models/addProvider.ts');
        if (await addProvider(deps.context.secrets)) deps.connection.retry();
      }),
    signIn,
    leaveServer: inRoom(async (room) => {
      await room.leaveDraft();
      await leaveServer();
    }),
    copy: async (text) => {
      await vscode.env.clipboard.writeText(text);
    },
  };
}

/** Without a server there is nothing to sign in to: its address comes first. */
async function signIn(): Promise<void> {
  if (serverAddress()) await vscode.commands.executeCommand(commands.signIn);
  else await askServerAddress();
}
