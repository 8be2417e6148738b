import type { PublicationsBody } from '../../src/protocol/api.ts';
import { l10n, l10nCount } from '../l10n.ts';
import { days } from './days.ts';

type Publication = PublicationsBody['publications'][number];

/** What is said of published apps. */
export const publicationWords = {
  title: l10n('Published apps'),
  none: l10n('Nothing is published. The command “Tokenfare: Publish App…” puts the open app up, for 0 tokens.'),
  open: ({ name }: Publication): string => l10n('Open {name}', { name }),
  upNow: ({ version, bytes, files }: Publication): string =>
    l10n('Version {version} · {files} · {size} kB', {
      version,
      files: l10nCount(files, '{n} file', '{n} files'),
      size: Math.ceil(bytes / 1000).toLocaleString(),
    }),
  earlier: (count: number): string => l10nCount(count, '{n} other version', '{n} other versions'),
  version: ({ version, createdAt }: Publication['versions'][number]): string =>
    l10n('Version {version}, {date}', { version, date: days.dayAndTime(createdAt) }),
  putUp: l10n('Roll back to it'),
  putUpLabel: (name: string, version: number): string =>
    l10n('Roll {name} back to version {version}', { name, version }),
  isUp: (version: number): string => l10n('Version {version} is up again. 0 tokens.', { version }),
  unpublish: l10n('Unpublish'),
  unpublishLabel: (name: string): string => l10n('Unpublish {name}', { name }),
  unpublishAsked: (name: string): string =>
    l10n('Take {name} down? Its link stops working, and its versions are removed.', { name }),
  unpublished: (name: string): string => l10n('{name} is down. Your files stay as they are.', { name }),
};
