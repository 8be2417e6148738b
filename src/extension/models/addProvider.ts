import * as vscode from 'vscode';
import * as z from 'zod/mini';
import { settings } from '../contributions.ts';

/** A place that speaks OpenAI's chat completions. */
interface Provider {
  readonly id: string;
  readonly label: string;
  readonly baseUrl: string;
}

const providers: readonly Provider[] = [
  { id: 'openai', label: 'OpenAI', baseUrl: 'https://api.openai.com/v1' },
  { id: 'anthropic', label: 'Anthropic', baseUrl: 'https://api.anthropic.com/v1' },
  { id: 'google', label: 'Google', baseUrl: 'https://generativelanguage.googleapis.com/v1beta/openai' },
  { id: 'mistral', label: 'Mistral', baseUrl: 'https://api.mistral.ai/v1' },
  { id: 'openrouter', label: 'OpenRouter', baseUrl: 'https://openrouter.ai/api/v1' },
];

/** How long a provider may take to list its models. */
const LIST_TIMEOUT_MS = 15_000;

const ModelList = z.object({ data: z.array(z.object({ id: z.string() })) });

/**
 * Asks for a provider, its key and the models wanted, tries the key, and adds them to the configuration of the backend
 * on this machine. The key goes into the secret storage; the next message goes to the first of the models. Answers
 * whether something was added.
 */
export async function addProvider(secrets: vscode.SecretStorage): Promise<boolean> {
  const provider = await chooseProvider();
  if (!provider) return false;
  const opened = await askForKey(provider);
  if (!opened) return false;
  const { key, models } = opened;
  const picked = await vscode.window.showQuickPick(models, {
    title: vscode.l10n.t('Which models?'),
    canPickMany: true,
    ignoreFocusOut: true,
  });
  if (!picked || picked.length === 0) return false;
  const { storeProvider } = await import('../node/storeProvider.ts');
  await storeProvider({ id: provider.id, baseUrl: provider.baseUrl, key, models: picked }, secrets);
  const { Global } = vscode.ConfigurationTarget;
  await vscode.workspace.getConfiguration().update(settings.defaultModel, picked[0], Global);
  return true;
}

async function chooseProvider(): Promise<Provider | undefined> {
  const other = {
    provider: null,
    label: vscode.l10n.t('Other…'),
    description: vscode.l10n.t('any address that speaks OpenAI’s API'),
  };
  const items = providers.map((provider) => ({ label: provider.label, description: provider.baseUrl, provider }));
  const picked = await vscode.window.showQuickPick([...items, other], { title: vscode.l10n.t('Add Model Provider') });
  if (!picked) return undefined;
  return picked.provider ?? askForAddress();
}

async function askForAddress(): Promise<Provider | undefined> {
  const baseUrl = await vscode.window.showInputBox({
    title: vscode.l10n.t('Base address of the API'),
    placeHolder: 'https://example.com/v1',
    ignoreFocusOut: true,
    validateInput: (value) =>
      /^https?:\/\/\S+$/.test(value.trim())
        ? undefined
        : vscode.l10n.t('Write an address that begins with http:// or https://.'),
  });
  if (baseUrl === undefined) return undefined;
  const address = baseUrl.trim().replace(/\/+$/, '');
  const { host } = new URL(address);
  return { id: host.replace(/[^a-z0-9]+/gi, '-'), label: host, baseUrl: address };
}

/** Rejects if the provider lists no models; the box stays for another key while it is the key that is refused. */
function askForKey(provider: Provider): Promise<OpenedProvider | undefined> {
  const box = vscode.window.createInputBox();
  box.title = vscode.l10n.t('API key for {0}', provider.label);
  box.prompt = vscode.l10n.t('It is kept in VS Code’s secret storage and sent to nobody but {0}.', provider.label);
  box.password = true;
  box.ignoreFocusOut = true;
  const { promise, resolve, reject } = Promise.withResolvers<OpenedProvider | undefined>();
  const tryKey = async () => {
    const key = box.value.trim();
    const models = await listModels(provider, key);
    if (models === null) {
      box.value = '';
      box.validationMessage = vscode.l10n.t('This key was refused by {0}.', hostOf(provider));
    } else resolve({ key, models });
  };
  box.onDidChangeValue(() => (box.validationMessage = undefined));
  box.onDidAccept(() => {
    if (box.busy) return;
    box.busy = true;
    void tryKey()
      .catch(reject)
      .finally(() => (box.busy = false));
  });
  box.onDidHide(() => resolve(undefined));
  box.show();
  return promise.finally(() => box.dispose());
}

/** A key that was taken, and the models that it opens. */
interface OpenedProvider {
  readonly key: string;
  readonly models: readonly string[];
}

function hostOf({ baseUrl }: Provider): string {
  return new URL(baseUrl).host;
}

/** Null if the key is refused. */
async function listModels(provider: Provider, key: string): Promise<string[] | null> {
  const { baseUrl } = provider;
  const host = hostOf(provider);
  const answer = await fetch(`${baseUrl}/models`, {
    headers: key ? { authorization: `Bearer ${key}` } : {},
    signal: AbortSignal.timeout(LIST_TIMEOUT_MS),
  }).catch(() => null);
  if (!answer) throw new Error(vscode.l10n.t('{0} did not answer.', host));
  if (answer.status === 401 || answer.status === 403) return null;
  const list = ModelList.safeParse(await answer.json().catch(() => null));
  if (!list.success) throw new Error(vscode.l10n.t('{0} did not list its models.', host));
  return list.data.data.map(({ id }) => id).sort();
}
