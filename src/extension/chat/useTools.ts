import type { ModelMessage } from 'ai';
import type { StepAnswer } from '../../protocol/stepAnswer.ts';
import type { ModelAnswer, ModelToolCall } from './modelCall.ts';
import type { StepTracker } from './stepTracker.ts';
import { runTool } from './tools/runTool.ts';
import type { ToolCommands } from './tools/toolCommands.ts';
import type { ToolConsents } from './tools/toolConsents.ts';
import type { ToolName } from './tools/toolDefinitions.ts';
import type { ToolFiles } from './tools/toolFiles.ts';

/** What the tools of a generation work on, and whom they ask. */
export interface ToolHands {
  readonly files: ToolFiles;
  readonly commands: ToolCommands;
  readonly consents: ToolConsents;
  /** Puts a question to the person in the step of this id; no when the signal is aborted first. */
  readonly ask: (step: string, signal: AbortSignal) => Promise<StepAnswer>;
}

/** What the model gets to see next: its own answer, and what became of each of its tool calls, in order. */
export async function useTools(answer: ModelAnswer, use: ToolUse): Promise<ModelMessage[]> {
  const results = [];
  for (const call of answer.toolCalls) results.push({ call, output: await useTool(call, answer.finish, use) });
  return [
    {
      role: 'assistant',
      content: [
        ...(answer.text ? [{ type: 'text' as const, text: answer.text }] : []),
        ...results.map(({ call }) => ({
          type: 'tool-call' as const,
          toolCallId: call.id,
          toolName: call.tool,
          input: call.broken ? {} : call.input,
        })),
      ],
    },
    {
      role: 'tool',
      content: results.map(({ call, output }) => ({
        type: 'tool-result' as const,
        toolCallId: call.id,
        toolName: call.tool,
        output: { type: 'text' as const, value: output },
      })),
    },
  ];
}

interface ToolUse {
  readonly tools: readonly ToolName[];
  readonly hands: ToolHands;
  readonly steps: StepTracker;
  readonly signal: AbortSignal;
}

const CUT_OFF =
  'Error: your answer was cut off by the output limit, so this call was not applied. Write smaller pieces.';
const NOT_DONE = 'Error: the person stopped the generation before this call was carried out.';

async function useTool(
  call: ModelToolCall,
  finish: ModelAnswer['finish'],
  { tools, hands, steps, signal }: ToolUse,
): Promise<string> {
  steps.started(call.id, call.tool);
  if (signal.aborted) return NOT_DONE;
  if (finish === 'length') {
    steps.finished(call.id, { output: CUT_OFF, path: null, failed: true });
    return CUT_OFF;
  }
  const result = await runTool(call, tools, {
    files: hands.files,
    commands: hands.commands,
    consent: (question) =>
      hands.consents.allows(question, async () => {
        const answer = await hands.ask(steps.asks(call.id, question), signal);
        if (!signal.aborted) steps.goesOn(call.id);
        // A yes that comes after Stop is none.
        return signal.aborted ? 'no' : answer;
      }),
    signal,
  });
  // What Stop found waiting for an answer was not carried out, and did not fail either.
  if (!steps.isAsking(call.id)) steps.finished(call.id, result);
  return result.output;
}
