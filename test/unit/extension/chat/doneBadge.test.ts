import assert from 'node:assert/strict';
import type { ChatSession } from '../../../../src/extension/chat/chatSession.ts';
import { doneBadge } from '../../../../src/extension/chat/doneBadge.ts';
import { prompt } from '../../../support/chatSnapshots.ts';
import { openSession } from '../../../support/openSession.ts';

const t = (message: string, ...values: unknown[]) => message.replace('{0}', String(values[0]));

describe('the badge of an answer that ended elsewhere', () => {
  let session: ChatSession;
  let turned: () => void;
  let view: { visible: boolean; badge: { value: number; tooltip: string } | undefined };
  let end: () => void;

  beforeEach(async () => {
    session = await openSession();
    view = { visible: false, badge: undefined };
    const onDidChangeVisibility = (listener: () => void) => {
      turned = listener;
      return { dispose: () => (turned = () => undefined) };
    };
    end = doneBadge(Object.assign(view, { onDidChangeVisibility }), session, { t } as never);
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
