import assert from 'node:assert/strict';
import { ChatHistory } from '../../../../src/extension/chat/chatHistory.ts';
import type { ChatSession } from '../../../../src/extension/chat/chatSession.ts';
import { doneBadge } from '../../../../src/extension/chat/doneBadge.ts';
import { prompt } from '../../../support/chatSnapshots.ts';
import { MemoryFiles } from '../../../support/memoryFiles.ts';
import { openSession } from '../../../support/openSession.ts';

const t = (message: string, ...values: unknown[]) => message.replace('{0}', String(values[0]));

describe('the badge of an answer that ended elsewhere', () => {
  let session: ChatSession;
  let history: ChatHistory;
  let turned: () => void;
  let view: { visible: boolean; badge: { value: number; tooltip: string } | undefined };
  let end: () => void;

  beforeEach(async () => {
    const files = new MemoryFiles();
    session = await openSession(files);
    history = new ChatHistory(session, files, {
      now: () => new Date(1_000),
      newId: () => 's9',
      leave: () => undefined,
      end: () => Promise.resolve(),
      arrive: () => Promise.resolve(),
    });
    view = { visible: false, badge: undefined };
    const onDidChangeVisibility = (listener: () => void) => {
      turned = listener;
      return { dispose: () => (turned = () => undefined) };
    };
    end = doneBadge(Object.assign(view, { onDidChangeVisibility }), { session, history }, { t } as never);
  });

  function ends(id: string): void {
    session.dispatch({ kind: 'sent', message: prompt(`u-${id}`, 'Hello'), generation: id });
    session.dispatch({ kind: 'ended', generation: id, state: 'done', failure: null, changes: [] });
  }

  it('counts answers until the view is seen', () => {
    ends('g1');
    assert.deepEqual(view.badge, { value: 1, tooltip: 'An answer is there' });
    ends('g2');
    assert.deepEqual(view.badge, { value: 2, tooltip: '2 answers are there' });
    turned();
    assert.equal(view.badge.value, 2, 'it was hidden once more, not seen');
    view.visible = true;
    turned();
    assert.equal(view.badge, undefined);
    view.visible = false;
    ends('g3');
    assert.equal((view.badge as { value: number } | undefined)?.value, 1);
  });

  it('counts what ended in a chat that is not shown until that one is, also for who looks on', async () => {
    view.visible = true;
    const running = session.shown;
    const letGo = running.retain();
    session.dispatch({ kind: 'sent', message: prompt('u1', 'Hello'), generation: 'g1' });
    session.dispatch({ kind: 'newChat', session: 's2' });
    running.dispatch({ kind: 'ended', generation: 'g1', state: 'done', failure: null, changes: [] });
    assert.equal(view.badge?.value, 1);
    ends('g2');
    assert.equal(view.badge.value, 1, 'the one that is shown was seen');
    await session.show('s');
    assert.equal(view.badge, undefined);
    letGo();
  });

  it('counts nothing of a chat that was deleted, which nobody could look at any more', async () => {
    ends('g1');
    session.dispatch({ kind: 'newChat', session: 's2' });
    ends('g2');
    await session.flush();
    assert.equal(view.badge?.value, 2);
    assert.equal(await history.delete('s'), 'done');
    assert.equal(view.badge.value, 1);
  });

  it('says that the model waits for a yes, until it has one', () => {
    const step = { kind: 'step', id: 's1', tool: 'run_command', state: 'asking' } as const;
    session.dispatch({ kind: 'step', generation: 'g1', step });
    assert.deepEqual(view.badge, { value: 1, tooltip: 'The model waits for your yes' });
    session.dispatch({ kind: 'step', generation: 'g1', step: { ...step, state: 'running' } });
    assert.equal(view.badge, undefined);
  });

  it('shows nothing to who looks on, and nothing any more once it is ended', () => {
    view.visible = true;
    ends('g1');
    assert.equal(view.badge, undefined);
    view.visible = false;
    end();
    ends('g2');
    assert.equal(view.badge, undefined);
  });
});
