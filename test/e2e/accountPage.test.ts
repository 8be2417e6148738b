import assert from 'node:assert/strict';
import path from 'node:path';
import { projectRoot } from '../../scripts/projectRoot.ts';
import { accountScene, accountScenes, receiptOf, type AccountScene } from '../support/accountScenes.ts';
import { axeProblems } from '../support/axeProblems.ts';
import { eventually } from '../support/eventually.ts';
import { FakeAccountHost } from '../support/fakeAccountHost.ts';
import { PageAlone, type OpenPage, type View } from '../support/pageAlone.ts';
import { tabStops } from '../support/tabStops.ts';

describe('the account page alone', () => {
  let alone: PageAlone;
  let account: OpenPage<FakeAccountHost>;

  before(async () => {
    alone = await PageAlone.start('account');
  });
  after(() => alone.stop());
  afterEach(async () => {
    const { errors } = account;
    await account.close();
    assert.deepEqual(errors, [], 'the page logged errors');
  });

  async function open(scene: AccountScene | undefined, view: View = {}): Promise<void> {
    assert.ok(scene);
    account = await alone.open((post) => new FakeAccountHost(scene, post), { width: 1200, height: 900, ...view });
    await account.page.clock.install({ time: new Date('2026-11-22T12:00:00.000Z') });
    await account.page.reload();
  }
  const section = (name: string) => account.page.getByRole('region', { name });
  const sent = (to: string) => account.host.sent.filter((each) => each.to === to).map(({ body }) => body);

  it('shows what is left, when it comes back, and calls off what is scheduled', async () => {
    await open(accountScenes['pro']);
    const balance = section('1,291.4 of 1,500 tokens left');
    await balance.getByText('Resets 1 Dec, 09:14. Unused tokens don’t carry over.').waitFor();
    await balance.getByText('208.54 used in this period · 4.0 set aside for the running message').waitFor();
    await balance.getByText('From 1 Dec: Free.').waitFor();
    const free = section('Plans').getByRole('row', { name: /^Free 300/ });
    await free.getByText('Free starts on 1 Dec. Until then nothing changes.').waitFor();
    assert.equal(await free.getByRole('button').count(), 0);
    await balance.getByRole('button', { name: 'Keep Pro' }).click();
    await eventually(() => assert.equal(sent('DELETE /v1/subscription/scheduled').length, 1));
  });

  it('lists the plans with what each does to this account, and leads to the checkout', async () => {
    const checkout = { kind: 'checkout', url: 'http://127.0.0.1:4141/checkout/c1' };
    await open(accountScene({}, { 'POST /v1/subscription': checkout }));
    const plans = section('Plans');
    await eventually(async () => assert.equal(await plans.getByRole('row').count(), 9));
    const pro = plans.getByRole('row', { name: /^Pro 1,500/ });
    await pro.getByText('Today $20.00. 1,500 tokens at once, new period starts today').waitFor();
    await pro.getByText('publish, code export, any number of projects').waitFor();
    await pro.getByRole('button', { name: 'Upgrade' }).click();
    await plans.getByText('Waiting for the payment of Pro in your browser.').waitFor();
    assert.deepEqual(sent('POST /v1/subscription'), [{ planId: 'pro' }]);
    assert.deepEqual(account.host.opened, [checkout.url]);
  });

  it('says from when a cheaper plan holds, before and after it is chosen', async () => {
    const scheduled = { kind: 'scheduled', at: '2026-12-01T09:14:00.000Z' };
    const pro3k = { id: 'pro-3k', name: 'Pro 3K' };
    await open(accountScene({ plan: pro3k }, { 'POST /v1/subscription': scheduled }));
    const plans = section('Plans');
    const pro6k = 'Today $40.00 more, +3,000 tokens now; 9 days left in this period, billing date stays 1 Dec';
    await plans.getByText(pro6k).waitFor();
    await plans
      .getByRole('row', { name: /^Pro 1,500/ })
      .getByText('From 1 Dec. You keep Pro 3K until then.')
      .waitFor();
    await plans.getByRole('button', { name: 'Cancel plan' }).click();
    await plans.getByText('Free starts on 1 Dec. Until then nothing changes.').waitFor();
    assert.deepEqual(sent('POST /v1/subscription'), [{ planId: 'free' }]);
  });

  it('has a renewal that is owed paid, and says whom to ask', async () => {
    const checkout = { kind: 'checkout', url: 'https://pay.example.com/1' };
    const scene = accountScenes['unpaid'] ?? assert.fail();
    await open({ ...scene, answers: { ...scene.answers, 'POST /v1/subscription': checkout } });
    const balance = account.page.locator('.balance');
    await balance.getByText('The renewal of Pro is unpaid. Pay by 25 Nov').waitFor();
    await balance.getByRole('button', { name: 'Support' }).click();
    await section('Plans')
      .getByRole('row', { name: /^Pro 1,500/ })
      .getByRole('button', { name: 'Pay' })
      .click();
    await eventually(() => {
      assert.deepEqual(account.host.opened, ['https://example.com/support', checkout.url]);
    });
    assert.deepEqual(sent('POST /v1/subscription'), [{ planId: 'pro' }]);
  });

  it('says of a plan that was given that nobody pays for it, and sells a dearer one whole', async () => {
    const refused = { id: null, status: 'refused', reason: 'given', money: null };
    const given = { plan: { id: 'pro', name: 'Pro' }, planIsGiven: true };
    await open(accountScene(given, { 'GET /v1/refunds': refused }));
    await account.page.getByText('local@localhost · Plan: Pro, given to you').waitFor();
    const row = (name: RegExp) => section('Plans').getByRole('row', { name });
    await row(/^Pro 1,500/)
      .getByText('Your plan, given to you. Nothing is paid for it.')
      .waitFor();
    await row(/^Pro 3K/)
      .getByText('Today $40.00. 3,000 tokens at once, new period starts today')
      .waitFor();
    await section('Refund').getByText('No refund is possible. Nothing was paid for this plan, so there is').waitFor();
  });

  it('says of a plan from practice that it ends, and sells it again for money', async () => {
    const refused = { id: 'sandbox:1', status: 'refused', reason: 'practice', money: null };
    const scheduledChange = { planId: 'free', at: '2026-12-01T09:14:00.000Z' };
    const practised = { plan: { id: 'pro', name: 'Pro' }, planIsPractice: true, scheduledChange };
    const checkout = { kind: 'checkout', url: 'https://pay.example.com/1' };
    await open(accountScene(practised, { 'GET /v1/refunds': refused, 'POST /v1/subscription': checkout }));
    await account.page.getByText('local@localhost · Plan: Pro, from a practice card').waitFor();
    await section('Refund').getByText('No refund is possible. A practice card paid for it').waitFor();
    assert.equal(await account.page.getByRole('button', { name: 'Keep Pro' }).count(), 0);
    const row = section('Plans').getByRole('row', { name: /^Pro 1,500/ });
    await row.getByText('Today $20.00. 1,500 tokens at once, new period starts today').waitFor();
    await row.getByRole('button', { name: 'Pay' }).click();
    await eventually(() => {
      assert.deepEqual(account.host.opened, [checkout.url]);
    });
  });

  it('sets a budget of one’s own at once, without prices', async () => {
    await open(accountScene({ setsOwnBudget: true }, { 'POST /v1/subscription': { kind: 'changed' } }));
    const budget = section('Monthly budget');
    await budget.getByRole('row', { name: /^Free 300 none publish, any number of projects/ }).waitFor();
    await budget
      .getByRole('row', { name: /^Pro 1,500 none/ })
      .getByRole('button', { name: 'Set' })
      .click();
    await budget.getByText('Your plan is Pro.').waitFor();
    assert.deepEqual(sent('POST /v1/subscription'), [{ planId: 'pro', budget: true }]);
  });

  it('says whether a refund would be approved before it is asked for, and then how it ended', async () => {
    const waiting = {
      id: 'i1',
      status: 'waiting',
      reason: 'used',
      money: null,
      supportUrl: 'https://example.com/support',
    };
    await open(accountScene({}, { 'POST /v1/refunds': waiting }));
    const refund = section('Refund');
    await refund.getByText('A refund would be approved at once. Little of it was used. It is about $20.00.').waitFor();
    await refund.getByText('The plan that it paid for ends at once, and its unused tokens go back.').waitFor();
    assert.deepEqual(sent('POST /v1/refunds'), []);
    await refund.getByRole('button', { name: 'Request a refund' }).click();
    await refund.getByText('A person will look at the request. More than a tenth of it was used.').waitFor();
    assert.equal(await refund.getByRole('button', { name: 'Request a refund' }).count(), 0);
    await refund.getByRole('button', { name: 'Support' }).click();
    await eventually(() => assert.deepEqual(account.host.opened, ['https://example.com/support']));
  });

  it('draws the usage, and says the same in a table by day, model and project', async () => {
    const series = [
      { key: 'p1', charged: 1_000, generations: 1 },
      { key: 'p2', charged: 7_340, generations: 4 },
    ];
    const query = '/v1/usage?by=project&from=2026-11-01T09%3A14%3A00.000Z&tz=UTC';
    await open(accountScene({}, { [`GET ${query}`]: { series } }));
    const usage = section('Usage');
    await usage.getByText('8.34 tokens in all').waitFor();
    await usage.locator('canvas').waitFor();
    await usage.getByText('As a table').click();
    await usage.getByRole('row', { name: '22 Nov 5.24 3' }).waitFor();
    await usage.getByLabel('Sum by').selectOption('Project');
    await usage.getByRole('row', { name: 'a-project-with-a-rather-long-name-of-its-own 7.34 4' }).waitFor();
    assert.deepEqual(await usage.locator('tbody th').allInnerTexts(), [
      'a-project-with-a-rather-long-name-of-its-own',
      'shop',
    ]);
    await usage.getByLabel('From').selectOption('30 days');
    await eventually(() => {
      const to = 'GET /v1/usage?by=project&from=2026-10-24T00%3A00%3A00.000Z&tz=UTC';
      assert.equal(sent(to).length, 1);
    });
  });

  it('searches receipts through all pages, and exports what was found', async () => {
    await open(
      accountScene(
        {},
        {
          'GET /v1/generations?limit=200': { generations: [receiptOf(3), receiptOf(2)], next: 'c1' },
          'GET /v1/generations?limit=200&cursor=c1': { generations: [receiptOf(1, { model: '=qwen' })], next: null },
        },
      ),
    );
    const receipts = section('Receipts');
    const rows = receipts.locator('tbody tr');
    await eventually(async () => assert.equal(await rows.count(), 2));
    await receipts.getByLabel('Search receipts').fill('qwen');
    await eventually(async () => assert.equal(await rows.count(), 2));
    await receipts.getByLabel('Search receipts').fill('20 nov qwen');
    await eventually(async () => assert.deepEqual(await rows.locator('td').first().allInnerTexts(), ['=qwen']));
    await receipts.getByRole('button', { name: 'Export CSV' }).click();
    await receipts.getByText('1 receipt exported.').waitFor();
    const [saved] = account.host.saved;
    assert.equal(saved?.name, 'tokenfare-receipts-2026-11-22.csv');
    assert.match(saved.text, /^createdAt,generation,.*\r\n2026-11-20T09:14:00.000Z,generation-1,settled,'=qwen,/);
    assert.equal(saved.text.split('\r\n').length, 3);
    account.host.saves = false;
    await receipts.getByRole('button', { name: 'Export CSV' }).click();
    await eventually(() => assert.equal(account.host.declined, 1));
    await receipts.getByLabel('Search receipts').fill('');
    await eventually(async () => assert.equal(await rows.count(), 3));
    assert.equal(await receipts.getByText('exported.').count(), 0, 'nothing was saved');
  });

  it('makes a key, shows it once, and revokes it', async () => {
    const made = {
      id: 'k3',
      name: 'Web shop',
      prefix: 'tf_new',
      createdAt: '2026-11-22T12:00:00.000Z',
      lastUsedAt: null,
    };
    await open(accountScene({}, { 'POST /v1/keys': { ...made, key: 'tf_newsecret' }, 'DELETE /v1/keys/k1': {} }));
    const keys = section('API keys');
    await keys.getByLabel('Name of the key').fill('Web shop');
    await keys.getByRole('button', { name: 'Create key' }).click();
    const shown = keys.getByRole('group', { name: 'New API key' });
    await shown.getByText('tf_newsecret').waitFor();
    assert.deepEqual(sent('POST /v1/keys'), [{ name: 'Web shop' }]);
    await shown.getByRole('button', { name: 'Copy' }).click();
    await keys.getByText('Copied.').waitFor();
    assert.deepEqual(account.host.copied, ['tf_newsecret']);
    const row = keys.getByRole('listitem').filter({ hasText: 'CI' });
    await row.getByRole('button', { name: 'Revoke' }).click();
    await row.getByRole('button', { name: 'Keep it' }).click();
    assert.deepEqual(sent('DELETE /v1/keys/k1'), []);
    await row.getByRole('button', { name: 'Revoke' }).click();
    await row.getByRole('group').getByRole('button', { name: 'Revoke' }).click();
    await keys.getByText('CI is revoked.').waitFor();
    assert.equal(sent('DELETE /v1/keys/k1').length, 1);
  });

  it('moves Free to another project, unpublishes, and says what was saved', async () => {
    await open(accountScene({}, { 'POST /v1/projects/p2/activate': {}, 'DELETE /v1/publications/a1': {} }));
    await section('Projects').getByRole('button', { name: 'Use Free here instead' }).click();
    const apps = section('Published apps');
    await apps.getByRole('button', { name: 'Unpublish' }).click();
    assert.deepEqual(sent('DELETE /v1/publications/a1'), []);
    await apps.getByRole('group').getByRole('button', { name: 'Unpublish' }).click();
    await apps.getByText('Shop is down. Your files stay as they are.').waitFor();
    assert.equal(sent('DELETE /v1/publications/a1').length, 1);
    await eventually(() => assert.equal(sent('POST /v1/projects/p2/activate').length, 1));
    await section('Saved so far').getByText('4.74 tokens saved').waitFor();
  });

  it('opens an app where it can be reached, and rolls it back to another of its versions', async () => {
    await open(accountScene({}, { 'POST /v1/publications/a1/versions/2/activate': {} }));
    const apps = section('Published apps');
    await apps.getByRole('button', { name: 'Shop', exact: true }).click();
    await eventually(() => assert.deepEqual(account.host.opened, ['app http://localhost:20123']));
    await apps.getByText('2 other versions').click();
    await apps.getByTitle('Roll Shop back to version 2').click();
    await apps.getByText('Version 2 is up again. 0 tokens.').waitFor();
    assert.equal(sent('POST /v1/publications/a1/versions/2/activate').length, 1);
  });

  it('follows the account by itself, and leaves out what this backend has not', async () => {
    await open(accountScene());
    await section('API keys').getByText('Laptop').waitFor();
    const loads = sent('GET /v1/keys').length;
    account.host.show(accountScene());
    const { answers, ...scene } = accountScene({ plan: { id: 'pro', name: 'Pro' } });
    account.host.show({ ...scene, answers: { ...answers, 'GET /v1/publications': undefined } });
    await account.page.getByText('Plan: Pro').waitFor();
    await section('Published apps').waitFor({ state: 'detached' });
    assert.equal(sent('GET /v1/keys').length, loads + 1, 'what is told twice is loaded once');
    await account.page.getByRole('button', { name: 'Sign out' }).click();
    await eventually(() => assert.ok(account.host.signedOut));
  });

  it('loads what could not be loaded as soon as the account is told once more', async () => {
    await open(accountScene({}, {}, { 'GET /v1/keys': 'unavailable' }));
    const keys = section('API keys');
    await keys.getByRole('alert').waitFor();
    account.host.show(accountScene());
    await keys.getByText('Laptop').waitFor();
    assert.equal(await keys.getByRole('alert').count(), 0);
  });

  it('shows nothing of one account to the next that signs in, also where nothing of its own can be had', async () => {
    await open(accountScene());
    await section('API keys').getByText('Laptop').waitFor();
    const next = { account: { id: 'account-2', email: 'bob@example.com' } };
    account.host.show(accountScene(next, {}, { 'GET /v1/keys': 'unavailable', 'GET /v1/generations': 'unavailable' }));
    await account.page.getByText('bob@example.com').waitFor();
    for (const name of ['API keys', 'Receipts']) {
      await section(name).getByRole('alert').waitFor();
      assert.equal(await section(name).getByRole('listitem').or(section(name).getByRole('row')).count(), 0, name);
    }
  });

  it('lets one reach all that can be used by Tab, and shows where one is', async () => {
    await open(accountScenes['pro']);
    await account.page.getByRole('button', { name: 'Keep Pro' }).waitFor();
    const { names, missed, unmarked } = await tabStops(account.page);
    assert.deepEqual([missed, unmarked], [[], []]);
    assert.ok(names.includes('Keep Pro'));
  });

  for (const theme of ['dark', 'light', 'highContrast'] as const) {
    for (const width of [250, 1200]) {
      it(`is accessible and fits in ${theme} at ${width} px`, async () => {
        await open(accountScenes['pro'], { theme, width });
        for (const [name, scene] of Object.entries(accountScenes)) {
          // What another theme changes are the colours: these have them all.
          if (theme !== 'dark' && name !== 'pro') continue;
          account.host.show(scene);
          await account.page.locator(`.balance.${name === 'empty' ? 'empty' : 'fine'}`).waitFor();
          await account.page.locator('.codicon-loading').first().waitFor({ state: 'detached' });
          const file = path.join(SCREENSHOTS, `account-${name}-${theme}-${width}.png`);
          await account.page.screenshot({ path: file, fullPage: true });
          assert.equal(await account.page.evaluate(() => document.documentElement.scrollWidth - innerWidth), 0, name);
          assert.deepEqual(await axeProblems(account.page, { theme }), [], name);
        }
      });
    }
  }
});

const SCREENSHOTS = path.join(projectRoot, 'test', 'e2e', 'screenshots');
