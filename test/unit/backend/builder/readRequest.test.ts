import assert from 'node:assert/strict';
import type { Field, PageSpec } from '../../../../src/backend/models/builder/pageSpec.ts';
import type { Change } from '../../../../src/backend/models/builder/readChanges.ts';
import { readRequest, type Reading } from '../../../../src/backend/models/builder/readRequest.ts';
import { usualColumns, usualForms } from '../../../../src/backend/models/builder/pageVocabulary.ts';
import { usualSteps } from '../../../../src/backend/models/builder/usualSteps.ts';
import { requestSentences } from './requestSentences.ts';

describe('readRequest', () => {
  for (const [said, read] of requestSentences) {
    it(`${read === null ? 'refuses' : 'reads'} “${said.slice(0, 90)}”`, () => {
      const reading = readRequest(said);
      assert.equal(found(reading), read);
    });
  }

  it('knows the fields of every page and step that it says it knows', () => {
    for (const name of Object.keys(usualForms)) assert.equal(readRequest(`Create a ${name} form`).kind, 'create', name);
    for (const name of Object.keys(usualColumns))
      assert.equal(readRequest(`Create a ${name} table`).kind, 'create', name);
    for (const name of Object.keys(usualSteps)) {
      assert.equal(readRequest(`Create a wizard: ${name}, review`).kind, 'create', name);
    }
  });

  it('quotes what it did not understand', () => {
    const reading = readRequest('Create a users table with name, email and export to csv');
    assert.deepEqual(reading, { kind: 'refusal', words: 'export to csv' });
  });

  it('says what it chose where little was said', () => {
    const chosen = (text: string) => {
      const reading = readRequest(text);
      assert.equal(reading.kind, 'create');
      return [reading.assumed, ...reading.guessedOptions.map((each) => each.label)];
    };
    assert.deepEqual(chosen('Create a users table'), ['columns']);
    assert.deepEqual(chosen('i need a signup form'), ['fields']);
    assert.deepEqual(chosen('make a dashboard'), ['parts']);
    assert.deepEqual(chosen('make a dashboard with orders and revenue'), ['chart']);
    assert.deepEqual(chosen('users table with name, role (admin, editor) and status badge'), [null, 'Status']);
    assert.deepEqual(chosen('users table with name'), [null]);
  });

  it('takes no time for hostile text', () => {
    for (const hostile of [
      'a, '.repeat(660),
      'sort by '.repeat(240),
      '('.repeat(1990),
      'create a '.repeat(220),
      'x'.repeat(10_000),
    ]) {
      assert.equal(readRequest(hostile).kind, 'refusal');
    }
  });

  it('gives the same for the same', () => {
    const text = 'Create a users table with name, email, joined date and balance. 5 per page';
    assert.deepEqual(readRequest(text), readRequest(text));
  });
});

function found(reading: Reading): string | null {
  switch (reading.kind) {
    case 'refusal':
      return null;
    case 'lacking':
      return `${reading.page}: which ${reading.lacks}?`;
    case 'create':
      return page(reading.spec);
    case 'change':
      return changes(reading);
  }
}

function page(spec: PageSpec): string {
  if ('metrics' in spec) {
    const metrics = spec.metrics.map((metric) => `${metric.label}:${metric.type}`).join(' ');
    const charts = spec.charts.map((chart) => `${chart.title}:${chart.kind}`).join(' ');
    return `dashboard ${spec.name}: ${[metrics, charts, spec.table?.title].filter(Boolean).join(' | ')}`;
  }
  if ('steps' in spec) {
    const steps = spec.steps.map((step) =>
      `${spec.kind === 'steps' ? `[${step.title}] ` : ''}${step.fields.map(field).join(' ')}`.trim(),
    );
    const button = /^(Send|Sign up|Log in|Send message|Send feedback|Place order)$/.test(spec.button)
      ? ''
      : ` button ${spec.button}`;
    return `${spec.kind} ${spec.name} "${spec.title}": ${steps.join(' ')}${button}`;
  }
  const usual = spec.title.toLowerCase() === spec.noun.many;
  const extras = [
    ...(spec.startSort ? [`from ${spec.startSort.key} ${spec.startSort.descending ? 'down' : 'up'}`] : []),
    ...(spec.searchIn.length > 0 ? [`search ${spec.searchIn.join(',')}`] : []),
    ...(spec.filterBy.length > 0 ? [`filter ${spec.filterBy.join(',')}`] : []),
    ...(spec.pageSize === null ? [] : [`page ${spec.pageSize}`]),
  ];
  return [`${spec.kind} ${spec.name}${usual ? '' : ` "${spec.title}"`}:`, ...spec.columns.map(field), ...extras].join(
    ' ',
  );
}

function field(each: Field): string {
  const bounds = `${each.min === undefined ? '' : `>=${each.min}`}${each.max === undefined ? '' : `<=${each.max}`}`;
  const colors =
    each.colors &&
    `{${Object.entries(each.colors)
      .map((pair) => pair.join('='))
      .join(',')}}`;
  const marks = `${each.required ? '!' : ''}${each.sort ? '^' : ''}${bounds}${each.minLength === undefined ? '' : `#${each.minLength}`}`;
  return `${each.key}:${each.type}${marks}${each.matches ? `=${each.matches}` : ''}${colors ?? (each.options ? `{${each.options.join(',')}}` : '')}`;
}

function changes(reading: { page: string | null; changes: readonly Change[] }): string {
  return `change${reading.page === null ? '' : ` ${reading.page}`}: ${reading.changes.map(change).join(', ')}`;
}

function change(each: Change): string {
  switch (each.kind) {
    case 'add': {
      const place = each.place ? ` ${each.place.side} ${each.place.name}` : '';
      return `add ${each.fields.map((read) => field(read.field)).join(' ')}${place}`;
    }
    case 'remove':
      return `remove ${each.names.join(' ')}`;
    case 'rename':
      return `rename ${each.from} to ${each.to}`;
    case 'without':
      return `without ${each.what.join(' ')}`;
    case 'chart':
      return `chart ${each.chart.title}:${each.chart.kind}`;
    case 'metric':
      return `metric ${each.metric.label}:${each.metric.type}`;
    case 'title':
      return `title ${each.text}`;
    case 'feature': {
      const { feature } = each;
      if ('on' in feature)
        return `${feature.kind} ${feature.on === 'all' ? 'all' : feature.on.join(' ').toLowerCase()}`;
      if (feature.kind === 'startSort') return `from ${feature.by} ${feature.descending ? 'down' : 'up'}`;
      return feature.kind === 'paging' ? `paging ${feature.size ?? 10}` : feature.kind;
    }
  }
}
