import * as vscode from 'vscode';
import { openLink } from './openLink.ts';

/** Shows an answer that is no yes together with somebody to talk to; `show` is given what the button is called. */
export async function offerSupport(
  supportUrl: string,
  show: (support: string) => Thenable<string | undefined>,
): Promise<void> {
  const support = vscode.l10n.t('Contact Support');
  if ((await show(support)) === support) await openLink(supportUrl);
}
