import type { ModelMessage } from 'ai';
import type { Uri } from 'vscode';
import { approximateModelTokens } from '../../core/modelTokens.ts';
import { attachedText } from './attachments.ts';
import { slashCommand } from '../../core/slashCommand.ts';
import type { ChatState } from './chatState.ts';
import { sinceSummary } from './compacted.ts';
import { conversation, type AttachedText } from './conversation.ts';
import { instructions } from './instructions.ts';
import { ownInstructions, type OwnInstruction } from './ownInstructions.ts';
import { PICTURE_MODEL_TOKENS } from './pictureModelTokens.ts';
import { toolDefinitions, toolsFor, type ToolName } from './tools/toolDefinitions.ts';
import type { WorkspaceAccess } from './tools/toolFiles.ts';
import { generationFolder, workspaceAccess } from './workspaceFolder.ts';
import { workspaceListing } from './workspaceListing.ts';

/** Everything that goes along with a message, and where it comes from. */
export interface MessageContext {
  readonly folder: Uri | undefined;
  readonly access: WorkspaceAccess;
  readonly instructions: string;
  /** What of them the person and the project say. */
  readonly own: readonly OwnInstruction[];
  readonly tools: readonly ToolName[];
  /** History and attachments, then the message itself. */
  readonly messages: ModelMessage[];
  /**
   * What each attachment weighs now in model tokens, by its id. Nothing for what can't go along: it is gone, no text
   * any more, or kept back since.
   */
  readonly weights: ReadonlyMap<string, number>;
  /** All of that but the message itself, in model tokens: what the estimate counts as context. */
  readonly contextTokens: number;
  /** What of that is history. */
  readonly historyTokens: number;
}

/** Gathers what is sent along with `prompt`, as the workspace and the conversation are now. A plan touches no file. */
export async function messageContext(state: ChatState, prompt: string): Promise<MessageContext> {
  const folder = generationFolder();
  const access = await workspaceAccess(folder);
  const listing = folder ? (await workspaceListing(folder)).paths : null;
  const texts = await Promise.all(state.attachments.map((attachment) => attachedText(attachment).catch(() => null)));
  const attached = texts.filter((text): text is AttachedText => text !== null);
  const weights = new Map(
    state.attachments.flatMap(({ id }, at): [string, number][] => {
      const text = texts[at];
      return text ? [[id, weightOf(text)]] : [];
    }),
  );
  const mode = slashCommand(prompt)?.name === 'plan' ? 'ask' : state.mode;
  const tools = toolsFor(mode === 'agent' && access !== 'restricted' && access !== 'readOnly');
  const own = await ownInstructions(folder, access);
  const words = instructions({ mode, access, listing, own });
  const messages = conversation(sinceSummary(state), attached, prompt);
  const tokens = tokensOf(words, tools, messages, attached.length);
  return { folder, access, instructions: words, own, tools, messages, weights, ...tokens };
}

function weightOf({ text, picture }: AttachedText): number {
  return picture === undefined ? approximateModelTokens(text) : PICTURE_MODEL_TOKENS;
}

/** The person's own words are priced apart, so they are not counted here. */
function tokensOf(
  words: string,
  tools: readonly ToolName[],
  messages: readonly ModelMessage[],
  attached: number,
): Pick<MessageContext, 'contextTokens' | 'historyTokens'> {
  const declared = JSON.stringify(tools.map((name) => toolDefinitions[name]));
  const along = messages.slice(0, -1).map(({ content }) => {
    return typeof content === 'string' ? approximateModelTokens(content) : PICTURE_MODEL_TOKENS;
  });
  const sum = (counts: readonly number[]) => counts.reduce((all, count) => all + count, 0);
  const fixed = approximateModelTokens(words) + approximateModelTokens(declared);
  return { contextTokens: fixed + sum(along), historyTokens: sum(along.slice(0, along.length - attached)) };
}
