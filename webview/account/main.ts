import {
  accountHostCalls,
  accountPageCalls,
  type AccountHostCalls,
  type AccountPageCalls,
} from '../../src/protocol/account.ts';
import { registerToolkit } from '../components/button.ts';
import { connectHost, type EditorApi } from '../host.ts';
import 'uplot/dist/uPlot.min.css';
import '../page.css';
import './account.css';
import { AccountApi } from './accountApi.ts';
import { AccountPage } from './accountPage.ts';
import { AccountRefusal } from './accountRefusal.ts';
import { accountWords } from './accountWords.ts';
import { KeyList } from './keyList.ts';
import { PlanTable } from './planTable.ts';
import { ProjectList } from './projectList.ts';
import { PublicationList } from './publicationList.ts';
import { ReceiptList } from './receiptList.ts';
import { RefundRequest } from './refundRequest.ts';
import { UsageChart } from './usageChart.ts';
import { UsageView } from './usageView.ts';

// The root of the account page: constructs everything with dependencies, and connects the page with its host.

declare function acquireVsCodeApi(): EditorApi;

registerToolkit();
customElements.define('tokenfare-plans', PlanTable);
customElements.define('tokenfare-refund', RefundRequest);
customElements.define('tokenfare-usage-chart', UsageChart);
customElements.define('tokenfare-usage', UsageView);
customElements.define('tokenfare-receipts', ReceiptList);
customElements.define('tokenfare-projects', ProjectList);
customElements.define('tokenfare-publications', PublicationList);
customElements.define('tokenfare-keys', KeyList);
customElements.define('tokenfare-account', AccountPage);

const page = new AccountPage();
const calls: AccountPageCalls = {
  account: (account) => {
    page.show(account);
  },
  setting: (setting) => {
    page.setting = setting;
  },
};
const host = connectHost<AccountHostCalls, AccountPageCalls>(acquireVsCodeApi(), calls, {
  extension: accountHostCalls,
  page: accountPageCalls,
});
page.host = host;
page.api = new AccountApi((request) => host.backend(request));
document.body.append(page);
open().catch((error: unknown) => {
  const refusal = error instanceof AccountRefusal ? error : null;
  page.problem = refusal === null ? accountWords.notLoaded : accountWords.failed(refusal);
  if (refusal === null) reportError(error);
});

async function open(): Promise<void> {
  page.setting = await host.ready();
  page.show(await page.api.account());
}
