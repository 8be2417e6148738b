import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { KeptAnswers } from '../../../../src/backend/generations/keptAnswers.ts';
import type { KeptAnswer } from '../../../../src/backend/generations/keptAnswer.ts';

const MEGABYTE = Buffer.alloc(1024 * 1024);
const never = new AbortController().signal;

describe('kept answers', () => {
  let now = 0;
  let answers: KeptAnswers;

  beforeEach(() => {
    answers = new KeptAnswers(() => now);
  });
  afterEach(() => answers.close());

  const opened = (id: string): KeptAnswer => {
    const answer = answers.open('a', id);
    assert.ok(answer);
    return answer;
  };
  const textOf = async (answer: KeptAnswer, after: number): Promise<string[]> => {
    const events: string[] = [];
    for await (const event of answer.eventsAfter(after, never)) events.push(event.toString());
    return events;
  };

  it('are forgotten five minutes after their end, and not before', () => {
    opened('1').end(now);
    const open = opened('2');
    now += 5 * 60_000;
    assert.ok(answers.find('a', '1'));
    now += 1;
    assert.equal(answers.find('a', '1'), undefined);
    assert.equal(answers.find('a', '2'), open);
    assert.equal(answers.find('b', '2'), undefined);
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

  it('lose one that grows beyond its bound, by bytes or by events', () => {
    const [long, many] = [opened('1'), opened('2')];
    long.append(Array.from({ length: 8 }, () => MEGABYTE));
    assert.equal(long.isLost, false);
    long.append([Buffer.from('x')]);
    many.append(Array.from({ length: 100_001 }, () => Buffer.alloc(0)));
    assert.deepEqual([long.isLost, many.isLost], [true, true]);
    assert.deepEqual([answers.find('a', '1'), long.bytes], [undefined, 0]);
  });

  it('make room together by forgetting what has ended, the oldest first', () => {
    const full = Array.from({ length: 4 }, (_, index) => opened(String(index)));
    for (const answer of full) answer.append(Array.from({ length: 8 }, () => MEGABYTE));
    const late = opened('late');
    late.append([MEGABYTE]);
    assert.equal(late.isLost, true);
    full[2]?.end(now);
    const next = opened('next');
    next.append([MEGABYTE]);
    assert.deepEqual([next.isLost, answers.find('a', '2'), answers.find('a', '0')], [false, undefined, full[0]]);
  });

  it('are not begun beyond their number while all are open', () => {
    const all = Array.from({ length: 256 }, (_, index) => opened(String(index)));
    assert.equal(answers.open('a', 'more'), null);
    all[7]?.end(now);
    assert.ok(answers.open('a', 'more'));
    assert.equal(answers.find('a', '7'), undefined);
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
