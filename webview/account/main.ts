import {
  accountHostCalls,
  accountPageCalls,
  type AccountHostCalls,
  type AccountPageCalls,
} from '../../src/protocol/account.ts';
import type { AccountBody } from '../../src/protocol/api.ts';
import { registerToolkit } from '../components/button.ts';
import { connectHost, type EditorApi } from '../host.ts';
import 'uplot/dist/uPlot.min.css';
import '../page.css';
import './account.css';
import './portal.css';
import { AccountApi } from './accountApi.ts';
import { AccountPage } from './accountPage.ts';
import { AccountRefusal } from './accountRefusal.ts';
import { accountWords } from './accountWords.ts';
import { DeviceApproval } from './deviceApproval.ts';
import { KeyList } from './keyList.ts';
import { PlanTable } from './planTable.ts';
import { PortalHost } from './portalHost.ts';
import { ProjectList } from './projectList.ts';
import { PublicationList } from './publicationList.ts';
import { ReceiptList } from './receiptList.ts';
import { RefundRequest } from './refundRequest.ts';
import { SignInForm } from './signInForm.ts';
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
customElements.define('tokenfare-sign-in', SignInForm);
customElements.define('tokenfare-device', DeviceApproval);

const page = new AccountPage();
const calls: AccountPageCalls = {
  account: (account) => {
    page.show(account);
  },
  setting: (setting) => {
    page.setting = setting;
  },
};
const api = new AccountApi((request) => page.host.backend(request));
page.api = api;
if ('acquireVsCodeApi' in globalThis) {
  page.host = connectHost<AccountHostCalls, AccountPageCalls>(acquireVsCodeApi(), calls, {
    extension: accountHostCalls,
    page: accountPageCalls,
  });
  show();
} else {
  openOnTheWeb(new PortalHost(calls));
}

/** Shows the page, and on it how its account stands. */
function show(): void {
  document.body.append(page);
  open().catch((error: unknown) => {
    page.problem = error instanceof AccountRefusal ? accountWords.failed(error) : accountWords.notLoaded;
    if (!(error instanceof AccountRefusal)) reportError(error);
  });
}

/** The page for whoever has a session, else the way to one. */
function openOnTheWeb(portal: PortalHost): void {
  page.host = portal;
  const code = new URLSearchParams(location.search).get('user_code');
  const signedIn = ({ account }: AccountBody): void => {
    if (code === null) show();
    else askAboutDevice(portal, code, account.email);
  };
  api.account().then(signedIn, () => {
    const form = new SignInForm();
    const how = document.documentElement.dataset['signIn'];
    form.provider = how === 'oidc' || how === 'github' ? how : null;
    form.portal = portal;
    form.isForEditor = code !== null;
    form.done = () => {
      form.remove();
      void api.account().then(signedIn);
    };
    document.body.append(form);
  });
}

function askAboutDevice(portal: PortalHost, code: string, email: string): void {
  const approval = new DeviceApproval();
  approval.portal = portal;
  approval.code = code;
  approval.email = email;
  document.body.append(approval);
}

async function open(): Promise<void> {
  page.setting = await page.host.ready();
  page.show(await api.account());
}
