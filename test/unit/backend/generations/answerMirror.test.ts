import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { AnswerMirror, type PieceWriter } from '../../../../src/backend/generations/answerMirror.ts';
import type { CallName } from '../../../../src/backend/generations/generations.ts';
import { KeptAnswer } from '../../../../src/backend/generations/keptAnswer.ts';
import type { KeptPiece } from '../../../../src/backend/generations/keptPieceStore.ts';

const named = (id: string): CallName => ({ accountId: 'a', generationId: id, callId: id, holdId: id });

describe('the mirror of kept answers', () => {
  const mirrored = () => {
    const rounds: (readonly KeptPiece[])[] = [];
    const dropped: string[] = [];
    const failures: Error[] = [];
    const store: PieceWriter = {
      add: (pieces) => {
        rounds.push(pieces);
        const failure = failures.pop();
        return failure === undefined ? Promise.resolve() : Promise.reject(failure);
      },
      drop: ({ holdId }, which) => {
        dropped.push(`${which} ${holdId}`);
        return Promise.resolve();
      },
    };
    const mirror = new AnswerMirror(store);
    const opened = (id: string): KeptAnswer => {
      const answer = new KeptAnswer(() => true);
      mirror.add(named(id), answer);
      return answer;
    };
    const told = (): unknown[] =>
      rounds.map((round) =>
        round.map(({ name, number, eventsBefore, bytes, isLast }) => [
          ...[name.holdId, number, eventsBefore, bytes.toString()],
          ...(isLast ? ['last'] : []),
        ]),
      );
    return { mirror, opened, told, dropped, failures };
  };

  it('says at once that there is an answer, and writes what is new of all of them together', async () => {
    const { mirror, opened, told, dropped } = mirrored();
    const [one, other] = [opened('1'), opened('2')];
    assert.deepEqual(dropped, ['others 1', 'others 2']);
    one.append([Buffer.from('a'), Buffer.from('b')]);
    await mirror.close();
    one.append([Buffer.from('c')]);
    one.end(0);
    other.append([Buffer.from('d')]);
    await mirror.close();
    assert.deepEqual(told(), [
      [
        ['1', 0, 0, 'ab'],
        ['2', 0, 0, ''],
      ],
      [
        ['1', 1, 2, 'c', 'last'],
        ['2', 1, 0, 'd'],
      ],
    ]);
  });

  it('sends the same again where it is not known whether that has arrived', async () => {
    const { mirror, opened, told, failures } = mirrored();
    const answer = opened('1');
    answer.append([Buffer.from('a')]);
    failures.push(new Error('the connection was lost'));
    await mirror.close();
    answer.append([Buffer.from('b')]);
    answer.end(0);
    await mirror.close();
    await mirror.close();
    assert.deepEqual(told(), [[['1', 0, 0, 'a']], [['1', 0, 0, 'a']], [['1', 1, 1, 'b', 'last']]]);
  });

  it('forgets there what is forgotten here', async () => {
    const { mirror, opened, dropped } = mirrored();
    const answer = opened('1');
    await mirror.close();
    answer.lose();
    mirror.wake();
    await mirror.close();
    assert.deepEqual(dropped, ['others 1', 'it 1']);
  });
});
