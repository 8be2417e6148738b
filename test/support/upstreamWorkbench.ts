import { startFakeUpstream, type FakeUpstream } from './fakeUpstream.ts';
import { openWorkbench, type Workbench, type WorkbenchOptions } from './workbench.ts';

/** A VS Code whose embedded backend has a scripted service in front of which the chat's messages go. */
export interface UpstreamWorkbench extends Workbench {
  readonly upstream: FakeUpstream;
}

/**
 * The models of the scripted service: the one that is chosen; one that allows an answer which uses up a whole
 * allowance; one that costs more.
 */
export const UPSTREAM_MODEL = { id: 'test-model', multiplier: 1, contextWindow: 65_536, maxOutputTokens: 8_192 };
export const DEAR_MODEL = { id: 'dear-model', multiplier: 1, contextWindow: 2_000_000, maxOutputTokens: 1_000_000 };
export const FINE_MODEL = { id: 'fine-model', multiplier: 2.5, contextWindow: 32_000, maxOutputTokens: 8_192 };

/** Opens VS Code with the scripted service configured, and its model chosen. */
export async function openUpstreamWorkbench(options: WorkbenchOptions = {}): Promise<UpstreamWorkbench> {
  const upstream = await startFakeUpstream();
  const workbench = await openWorkbench({
    ...options,
    config: upstreamConfig(upstream),
    settings: { 'tokenfare.model.default': UPSTREAM_MODEL.id, ...options.settings },
  });
  const close = async (): Promise<void> => {
    await workbench.close();
    await upstream.close();
  };
  return { ...workbench, upstream, close };
}

/** A configuration with these models, and nothing else that this machine may have. */
export function upstreamConfig({ baseUrl }: FakeUpstream): Record<string, unknown> {
  return {
    upstreams: [{ id: 'scripted', baseUrl, models: [UPSTREAM_MODEL, DEAR_MODEL, FINE_MODEL] }],
    ollama: { discover: false },
  };
}
