import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import type { CallName } from '../../../../src/backend/generations/generations.ts';
import { KeptAnswers } from '../../../../src/backend/generations/keptAnswers.ts';
import type { KeptAnswer } from '../../../../src/backend/generations/keptAnswer.ts';

const MEGABYTE = Buffer.alloc(1024 * 1024);
const named = (id: string): CallName => ({ accountId: 'a', generationId: id, callId: id, holdId: id });
const never = new AbortController().signal;

describe('kept answers', () => {
  let now = 0;
  let answers: KeptAnswers;

  beforeEach(() => {
    answers = new KeptAnswers(() => now, null);
  });
  afterEach(() => answers.close());

  const opened = (id: string): KeptAnswer => {
    const answer = answers.open(named(id));
    assert.ok(answer);
    return answer;
  };
  const textOf = async (answer: KeptAnswer, after: number): Promise<string[]> => {
    const events: string[] = [];
    for await (const event of answer.eventsAfter(after, never)) events.push(event.toString());
    return events;
  };

  it('are forgotten five minutes after their end, and not before', async () => {
    opened('1').end(now);
    const open = opened('2');
    now += 5 * 60_000;
    assert.ok(await answers.find('a', '1'));
    now += 1;
    assert.equal(await answers.find('a', '1'), undefined);
    assert.equal(await answers.find('a', '2'), open);
    assert.equal(await answers.find('b', '2'), undefined);
  });

  it('give a reader what is there and what comes, and let one go that leaves', async () => {
    const answer = opened('1');
    const reading = textOf(answer, 1);
    const gone = new AbortController();
    const left = answer.eventsAfter(0, gone.signal).next();
    gone.abort();
    assert.deepEqual(await left, { value: undefined, done: true });
    answer.append([Buffer.from('one'), Buffer.from('two')]);
    answer.append([Buffer.from('three')]);
    answer.end(now);
    assert.deepEqual(await reading, ['two', 'three']);
  });

  it('lose one that grows beyond its bound, by bytes or by events', async () => {
    const [long, many] = [opened('1'), opened('2')];
    long.append(Array.from({ length: 8 }, () => MEGABYTE));
    assert.equal(long.isLost, false);
    long.append([Buffer.from('x')]);
    many.append(Array.from({ length: 100_001 }, () => Buffer.alloc(0)));
    assert.deepEqual([long.isLost, many.isLost], [true, true]);
    assert.deepEqual([await answers.find('a', '1'), long.bytes], [undefined, 0]);
  });

  it('make room together by forgetting what has ended, the oldest first', async () => {
    const full = Array.from({ length: 4 }, (_, index) => opened(String(index)));
    for (const answer of full) answer.append(Array.from({ length: 8 }, () => MEGABYTE));
    const late = opened('late');
    late.append([MEGABYTE]);
    assert.equal(late.isLost, true);
    full[2]?.end(now);
    const next = opened('next');
    next.append([MEGABYTE]);
    const found = await Promise.all(['2', '0'].map((id) => answers.find('a', id)));
    assert.deepEqual([next.isLost, ...found], [false, undefined, full[0]]);
  });

  it('are not begun beyond their number while all are open', async () => {
    const all = Array.from({ length: 256 }, (_, index) => opened(String(index)));
    assert.equal(answers.open(named('more')), null);
    all[7]?.end(now);
    assert.ok(answers.open(named('more')));
    assert.equal(await answers.find('a', '7'), undefined);
  });

  it('keep the latest answer of a generation', async () => {
    const first = opened('1');
    first.append([Buffer.from('old')]);
    const second = opened('1');
    assert.equal(first.isLost, true);
    second.append([Buffer.from('new')]);
    second.end(now);
    assert.deepEqual(await textOf(second, 0), ['new']);
  });
});
