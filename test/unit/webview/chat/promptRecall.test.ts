import assert from 'node:assert/strict';
import { PromptRecall } from '../../../../webview/chat/promptRecall.ts';

describe('recalling prompts', () => {
  it('walks back and forth like a shell and stops at the ends', () => {
    const recall = new PromptRecall();
    const prompts = ['first', 'second'];
    assert.equal(recall.older(prompts, ''), 'second');
    assert.equal(recall.older(prompts, 'second'), 'first');
    assert.equal(recall.older(prompts, 'first'), null);
    assert.equal(recall.newer(prompts), 'second');
    assert.equal(recall.newer(prompts), '');
    assert.equal(recall.newer(prompts), null);
  });

  it('applies to an empty box and to a recalled prompt, not to one that was edited', () => {
    const recall = new PromptRecall();
    assert.ok(recall.applies(''));
    recall.older(['first'], '');
    assert.ok(recall.applies('first'));
    assert.ok(!recall.applies('first!'));
  });

  it('begins at the newest again in an emptied box', () => {
    const recall = new PromptRecall();
    recall.older(['a', 'b', 'c'], '');
    recall.older(['a', 'b', 'c'], 'c');
    assert.equal(recall.older(['a', 'b', 'c'], ''), 'c');
    assert.equal(new PromptRecall().older([], ''), null);
  });
});
