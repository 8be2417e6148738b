import assert from 'node:assert/strict';
import path from 'node:path';
import { planLocalEdit } from '../../../../src/core/localEdits/planLocalEdit.ts';
import { LocalEditPlanner } from '../../../../src/extension/node/localEditPlanner.ts';
import { ManualTimer } from '../../../support/manualTimer.ts';

const STRANDED = path.resolve('test/support/strandedWorker.ts');
const WORKER = path.resolve('src/extension/node/localEditWorker.ts');
const PAGE = { path: 'index.html', text: '<header class="top">Hi</header><p class="lead">Hello</p>' };
const STYLES = { path: 'styles.css', text: '.top { background: green; }\n.lead { color: black; }\n' };
const FILES = [PAGE, STYLES];
const WISH = 'Change header to blue';

describe('the planner’s thread', () => {
  let planner: LocalEditPlanner;
  let timer: ManualTimer;

  beforeEach(() => {
    timer = new ManualTimer();
    planner = new LocalEditPlanner(WORKER, timer.set);
  });

  afterEach(() => {
    planner.dispose();
  });

  it('plans what the planner plans', async () => {
    const plan = await planner.plan(WISH, FILES, null);
    assert.equal(plan.kind, 'edit');
    assert.deepEqual(plan, planLocalEdit(WISH, FILES));
    assert.deepEqual(await planner.plan('Write me a poem', FILES, null), planLocalEdit('Write me a poem', FILES));
  });

  it('follows the files as they change, come and go', async () => {
    await planner.plan(WISH, FILES, null);
    const edited = { ...STYLES, text: `/* first */\n${STYLES.text}` };
    assert.deepEqual(await planner.plan(WISH, [PAGE, edited], null), planLocalEdit(WISH, [PAGE, edited]));
    const other = { path: 'more.css', text: '.lead { margin: 0; }' };
    assert.deepEqual(await planner.plan(WISH, [PAGE, other], null), planLocalEdit(WISH, [PAGE, other]));
    assert.deepEqual(await planner.plan(WISH, FILES, null), planLocalEdit(WISH, FILES));
  });

  it('answers each of several that wait', async () => {
    const wishes = ['Change header to blue', 'Change header to red', 'Make the lead text bold'];
    const plans = await Promise.all(wishes.map((wish) => planner.plan(wish, FILES, null)));
    assert.deepEqual(
      plans,
      wishes.map((wish) => planLocalEdit(wish, FILES)),
    );
  });

  it('goes on in a new thread after it was closed, with all files', async () => {
    await planner.plan(WISH, FILES, null);
    const cut = planner.plan(WISH, FILES, null);
    planner.dispose();
    await assert.rejects(cut, /closed/);
    assert.deepEqual(await planner.plan(WISH, FILES, null), planLocalEdit(WISH, FILES));
  });

  it('says that its thread could not start, and waits for nothing', async () => {
    planner = new LocalEditPlanner(path.resolve('src/extension/node/nothing-here.ts'), timer.set);
    await assert.rejects(planner.plan(WISH, FILES, null), /nothing-here/);
  });

  describe('that does not answer', () => {
    beforeEach(() => {
      planner = new LocalEditPlanner(STRANDED, timer.set);
    });

    it('is given up after ten seconds, all that wait with it', async () => {
      const waiting = [planner.plan(WISH, FILES, null), planner.plan('Change header to red', FILES, null)];
      const ends = waiting.map((plan) => assert.rejects(plan, /took too long/));
      timer.pass(9_999);
      timer.pass(1);
      await Promise.all(ends);
    });

    it('is not waited for once it has ended, and the next plan starts another', async () => {
      await assert.rejects(planner.plan('end', FILES, null), /ended by itself/);
      const next = planner.plan('end', FILES, null);
      await assert.rejects(next, /ended by itself/);
    });
  });

  it('ends when nothing was asked for two minutes, and begins them anew with each plan', async () => {
    planner = new LocalEditPlanner(STRANDED, timer.set);
    const first = await planner.plan('who', FILES, null);
    timer.pass(119_999);
    assert.deepEqual(await planner.plan('who', FILES, null), first);
    timer.pass(119_999);
    assert.deepEqual(await planner.plan('who', FILES, null), first);
    timer.pass(120_000);
    assert.notDeepEqual(await planner.plan('who', FILES, null), first);
  });
});
