import { $ZodError } from 'zod/v4/core';
import type { ModelToolCall } from '../modelCall.ts';
import { changingTools } from './changingTools.ts';
import { commandTools } from './commandTools.ts';
import { readingTools } from './readingTools.ts';
import type { Toolbox } from './toolbox.ts';
import { isToolName, type ToolName } from './toolDefinitions.ts';
import { failure, type ToolResult } from './toolResult.ts';

/**
 * Runs one tool call of a whole answer. Whatever is wrong with it is answered to the model in words, and nothing is
 * changed. Never throws.
 */
export async function runTool(
  call: ModelToolCall,
  allowed: readonly ToolName[],
  toolbox: Toolbox,
): Promise<ToolResult> {
  const { tool } = call;
  if (!isToolName(tool)) return failure(`There is no tool ${tool} here.`, null);
  // First: the SDK calls broken whatever it was not told of.
  if (!allowed.includes(tool)) return failure(NOT_ALLOWED, null);
  if (call.broken) return failure('The arguments were not valid JSON. Nothing was changed.', null);
  try {
    return await tools[tool](call.input, toolbox);
  } catch (error) {
    if (error instanceof $ZodError) return failure('The arguments do not fit the tool. Nothing was changed.', null);
    return failure(error instanceof Error ? error.message : String(error), null);
  }
}

/** Asked or planned, or where nothing may be written. */
const NOT_ALLOWED = 'This message may only read: files stay as they are, and no command is run.';

const tools: Record<ToolName, (input: unknown, toolbox: Toolbox) => Promise<ToolResult>> = {
  ...readingTools,
  ...changingTools,
  ...commandTools,
};
