import type { Part } from '../../src/protocol/part.ts';
import { l10n, l10nCount } from '../l10n.ts';
import { visibleControls } from './visibleControls.ts';

type Step = Extract<Part, { kind: 'step' }>;

/** What is said of the model's steps, and asked in them. */
export const stepWords = {
  step: (step: Step): string => {
    if (step.state === 'asking') return asking(step);
    const verbs = stepVerbs[step.tool];
    const subject = visibleControls(step.command ?? step.path ?? (step.tool === 'list_files' ? l10n('files') : ''));
    if (verbs === undefined) return `${step.tool.replaceAll('_', ' ')} ${subject}`.trim();
    return `${verbs[step.state]} ${subject}`.trim();
  },
  steps: (count: number): string => l10nCount(count, '{n} step', '{n} steps'),
  failed: (count: number): string => l10nCount(count, '{n} failed', '{n} failed'),
  notDone: (count: number): string => l10nCount(count, '{n} not done', '{n} not done'),

  question: (step: Step): string => {
    const path = visibleControls(step.path ?? '');
    const { asks } = step;
    if (asks === 'read') return l10n('May it read {path}?', { path });
    if (asks === 'write') return l10n('May it change {path}?', { path });
    if (asks === 'overlap') return l10n('You changed the same lines of {path} meanwhile. Use the model’s?', { path });
    return l10n('May it run this on your machine?');
  },
  danger: ({ asks }: Step): string => {
    if (asks === 'command') return l10n('It runs with your rights. What it changes can’t be rolled back.');
    if (asks === 'overlap')
      return l10n('What you typed elsewhere in the file stays. Rolling back brings your lines back.');
    return l10n('Files like this one can hold secrets or run code on this machine.');
  },
  /** For people who listen: the question with all that it is about. */
  said: (step: Step): string => [stepWords.question(step), step.command ?? ''].join(' ').trim(),
  yes: ({ asks }: Step): string => (asks === 'overlap' ? l10n('Use the model’s') : l10n('Allow once')),
  always: l10n('Always allow here'),
  alwaysHint: l10n('Never ask again for this command in this workspace'),
  no: ({ asks }: Step): string => (asks === 'overlap' ? l10n('Keep mine') : l10n('Don’t')),
  output: l10n('Output'),
};

function asking(step: Step): string {
  const { asks } = step;
  const [command, path] = [visibleControls(step.command ?? ''), visibleControls(step.path ?? '')];
  if (asks === 'read') return l10n('Asks to read {path}', { path });
  if (asks === 'write') return l10n('Asks to change {path}', { path });
  if (asks === 'overlap') return l10n('Asks about your lines of {path}', { path });
  return l10n('Asks to run {command}', { command });
}

type Verbs = Readonly<Record<Exclude<Step['state'], 'asking'>, string>>;

/** The tools a model can have, in the words of people. A tool that is not here shows its own name. */
const stepVerbs: Readonly<Record<string, Verbs>> = {
  write_file: {
    running: l10n('Writing'),
    done: l10n('Wrote'),
    failed: l10n('Couldn’t write'),
    notDone: l10n('Didn’t write'),
  },
  edit_file: {
    running: l10n('Editing'),
    done: l10n('Edited'),
    failed: l10n('Couldn’t edit'),
    notDone: l10n('Didn’t edit'),
  },
  read_file: {
    running: l10n('Reading'),
    done: l10n('Read'),
    failed: l10n('Couldn’t read'),
    notDone: l10n('Didn’t read'),
  },
  delete_file: {
    running: l10n('Deleting'),
    done: l10n('Deleted'),
    failed: l10n('Couldn’t delete'),
    notDone: l10n('Didn’t delete'),
  },
  rename_file: {
    running: l10n('Renaming'),
    done: l10n('Renamed'),
    failed: l10n('Couldn’t rename'),
    notDone: l10n('Didn’t rename'),
  },
  list_files: {
    running: l10n('Listing'),
    done: l10n('Listed'),
    failed: l10n('Couldn’t list'),
    notDone: l10n('Didn’t list'),
  },
  problems: {
    running: l10n('Looking at problems'),
    done: l10n('Looked at problems'),
    failed: l10n('Couldn’t look at problems'),
    notDone: l10n('Didn’t look at problems'),
  },
  search: {
    running: l10n('Searching'),
    done: l10n('Searched'),
    failed: l10n('Couldn’t search'),
    notDone: l10n('Didn’t search'),
  },
  run_command: {
    running: l10n('Running'),
    done: l10n('Ran'),
    failed: l10n('Ran, and it failed:'),
    notDone: l10n('Didn’t run'),
  },
  run_task: {
    running: l10n('Running the task'),
    done: l10n('Ran the task'),
    failed: l10n('Ran the task, and it failed:'),
    notDone: l10n('Didn’t run the task'),
  },
};
