import assert from 'node:assert/strict';
import { runInNewContext } from 'node:vm';
import { readRequest } from '../../../../src/backend/models/builder/readRequest.ts';
import { writeFormScript } from '../../../../src/backend/models/builder/writeFormScript.ts';
import { FakeDocument, type FakeNode } from './fakeDocument.ts';

const WIZARD =
  'Create a wizard with steps: Account (email, password), Person (name, birthday, newsletter checkbox, bio optional)';

function openWizard(said = WIZARD) {
  const reading = readRequest(said);
  assert.ok(reading.kind === 'create' && 'steps' in reading.spec);
  const document = new FakeDocument(
    ['ol', { class: 'progress' }],
    ['form', {}],
    ['button', { id: 'back' }],
    ['button', { id: 'next' }],
    ['p', { role: 'alert' }],
  );
  const FormData = class {
    *[Symbol.iterator]() {
      yield ['email', 'sent'];
    }
  };
  runInNewContext(writeFormScript(reading.spec), { document, FormData });
  const node = (id: string): FakeNode => {
    const found = document.getElementById(id);
    assert.ok(found, id);
    return found;
  };
  return {
    document,
    fill: (values: Record<string, string>) => {
      for (const [key, value] of Object.entries(values)) node(`field-${key}`).value = value;
    },
    next: () => document.querySelector('form')?.dispatch('submit'),
    click: (id: string) => {
      node(id).dispatch('click');
    },
    node,
    answers: () => (document.querySelector('.answers')?.children ?? []) as FakeNode[],
    focused: () => document.focused?.textContent ?? null,
    alert: () => document.querySelector('[role="alert"]')?.textContent,
    current: () => document.visible().find((each) => each.attributes.get('aria-current') === 'step')?.textContent,
  };
}

function atReview() {
  const wizard = openWizard();
  wizard.fill({ email: 'ada@example.com', password: 'secret' });
  wizard.next();
  wizard.fill({ name: 'Ada', birthday: '1990-12-10' });
  wizard.next();
  return wizard;
}

describe('the script of a form in steps', () => {
  it('lists all answers in its last step, secrets hidden', () => {
    const { answers, current, node } = atReview();
    assert.equal(current(), 'Review');
    assert.deepEqual(
      answers().map((answer) => answer.textContent),
      [
        'Emailada@example.comChange',
        'PasswordHiddenChange',
        'NameAdaChange',
        'BirthdayDec 10, 1990Change',
        'NewsletterNoChange',
        'BioNo answerChange',
      ],
    );
    assert.equal(node('next').textContent, 'Send');
  });

  it('leads back to an answer and shows what it was changed to', () => {
    const { answers, document, node, next, current } = atReview();
    const change = answers()[0]?.all().at(-1);
    assert.equal(change?.getAttribute('aria-label'), 'Change Email');
    change.dispatch('click');
    assert.equal(current(), 'Account');
    assert.equal(document.focused, node('field-email'));
    assert.equal(answers().length, 0, 'the answers of a hidden step could be found by their labels');
    node('field-email').value = 'grace@example.com';
    next();
    next();
    assert.match(answers()[0]?.textContent ?? '', /grace@example\.com/);
  });

  it('announces each step by moving the focus to its heading', () => {
    const wizard = openWizard();
    assert.equal(wizard.focused(), null, 'the page takes the focus when it opens');
    wizard.fill({ email: 'ada@example.com', password: 'secret' });
    wizard.next();
    assert.equal(wizard.focused(), 'Step 2 of 3: Person');
    wizard.click('back');
    assert.equal(wizard.focused(), 'Step 1 of 3: Account');
  });

  it('goes on only when every field of a step is right, and sends at the end', () => {
    const wizard = openWizard();
    wizard.next();
    assert.equal(wizard.alert(), '2 fields need another look.');
    assert.equal(wizard.current(), 'Account');
    const review = atReview();
    review.next();
    assert.match(review.alert() ?? '', /Nothing was sent: there is no server yet\./);
  });
});
