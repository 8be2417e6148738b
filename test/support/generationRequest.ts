import { stopWithin } from '../../src/core/dayBudget.ts';
import { defaultRateCard } from '../../src/core/rateCard.ts';
import { millitokens } from '../../src/core/tokens.ts';
import type { GenerationRequest } from '../../src/extension/chat/generationRunner.ts';
import { toolsFor } from '../../src/extension/chat/tools/toolDefinitions.ts';

/** A first message, “Do it”, which may cost 4 tokens; `change` says what is otherwise. */
export function generationRequest(change: Partial<GenerationRequest> = {}): GenerationRequest {
  return {
    generation: 'g1',
    session: 's1',
    model: 'scripted',
    multiplier: 1,
    card: defaultRateCard,
    ...stopWithin(millitokens(4_000), millitokens(0), null),
    settled: millitokens(0),
    firstCall: 1,
    instructions: 'Be brief.',
    messages: [{ role: 'user', content: 'Do it' }],
    prompt: 'Do it',
    tools: toolsFor(true),
    ...change,
  };
}
