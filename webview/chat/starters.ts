import { l10n } from '../l10n.ts';

/** Requests for an empty conversation. The embedded builder, which is English, serves each of them offline. */
export const starters: readonly Starter[] = [
  {
    title: l10n('A users table with sorting'),
    iconName: 'table',
    prompt: 'Create a users table with columns: name, email, status (as colored badge). Add sorting on all columns.',
  },
  {
    title: l10n('A contact form with validation'),
    iconName: 'mail',
    prompt:
      'Create a contact form with fields: name, email, subject, message. Validate that name, email and message are filled in and that the email is valid.',
  },
  {
    title: l10n('A sales dashboard'),
    iconName: 'graph',
    prompt: 'Create a dashboard with key figures for revenue, orders and customers, and a table of the latest orders.',
  },
];

export interface Starter {
  readonly title: string;
  readonly iconName: string;
  readonly prompt: string;
}
