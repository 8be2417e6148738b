import { l10n } from 'vscode';
import { approximateModelTokens } from '../../core/modelTokens.ts';
import type { Attachment } from './chatAttachment.ts';
import { problemsText } from './problemsText.ts';

/** The chip of the workspace's problems; null if there are none. */
export async function problemsAttachment(id: string): Promise<Attachment | null> {
  const text = await problemsText();
  if (text === '') return null;
  const modelTokens = approximateModelTokens(text);
  return { id, kind: 'problems', label: l10n.t('Problems'), modelTokens, uri: '', path: 'Problems', lines: null };
}
