import { approximateModelTokens } from '../../src/core/modelTokens.ts';
import { modelWords } from '../../src/core/modelWords.ts';
import type { Composer } from '../../src/protocol/chat.ts';

/** What fills the model's context window, in model tokens. */
export interface ContextGauge {
  readonly used: number;
  readonly window: number;
  readonly parts: {
    readonly fixed: number;
    /** By their file or setting. */
    readonly own: Composer['instructions'];
    readonly history: number;
    readonly attached: number;
    readonly draft: number;
  };
}

/** Null while no model is known. */
export function contextGauge(composer: Composer, draft: string): ContextGauge | null {
  const { contextTokens, historyTokens, attachedTokens, instructions, model } = composer;
  if (model.contextWindow === 0) return null;
  const own = instructions.reduce((sum, { modelTokens }) => sum + modelTokens, 0);
  const fixed = Math.max(0, contextTokens - historyTokens - attachedTokens - own);
  const parts = {
    fixed,
    own: instructions,
    history: historyTokens,
    attached: attachedTokens,
    draft: approximateModelTokens(modelWords(draft)),
  };
  return { used: contextTokens + parts.draft, window: model.contextWindow, parts };
}
