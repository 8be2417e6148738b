import * as vscode from 'vscode';
import type { RefundBody } from '../../protocol/api.ts';
import type { BackendClient } from '../backend/backendClient.ts';
import type { Wording } from '../meter/statusBarView.ts';
import { offerSupport } from './offerSupport.ts';
import { refundWords } from './refundWords.ts';

/** Shows what the answer would be and why, and asks for the refund only when that was confirmed. */
export async function requestRefund(client: BackendClient, wording: Wording): Promise<void> {
  const expected = await client.refund();
  if (expected.status === 'refused') return tell(expected, false, wording);
  const request = vscode.l10n.t('Request Refund');
  const options = { modal: true, detail: refundWords(expected, false, wording) };
  const asked = vscode.l10n.t('Request a refund of the latest payment?');
  if ((await vscode.window.showInformationMessage(asked, options, request)) !== request) return;
  return tell(await client.requestRefund(), true, wording);
}

/** Where the answer is no yes, there is somebody to talk to. */
async function tell(refund: RefundBody, asked: boolean, wording: Wording): Promise<void> {
  const sentence = refundWords(refund, asked, wording);
  const { supportUrl } = refund;
  if (supportUrl === undefined) void vscode.window.showInformationMessage(sentence);
  else await offerSupport(supportUrl, (support) => vscode.window.showInformationMessage(sentence, support));
}
