import type { Message } from '../../src/protocol/chat.ts';

/**
 * The messages from an index on, in groups by their place in the chat. A group that is out of sight costs the page as
 * much as a single message at every frame, and one whose messages are the same objects is not rendered again.
 */
export function messageGroups(messages: readonly Message[], from: number): MessageGroup[] {
  const groups: MessageGroup[] = [];
  for (let begins = groupBeginning(from); begins < messages.length; begins += MESSAGES_IN_GROUP)
    groups.push({ begins, messages: messages.slice(Math.max(begins, from), begins + MESSAGES_IN_GROUP) });
  return groups;
}

/** Where to show from next, to have one more group of those before an index. */
export function oneGroupOlder(from: number): number {
  return groupBeginning(Math.max(0, from - 1));
}

export interface MessageGroup {
  /** The index in the chat that the group begins at, also where its first messages are not shown yet. */
  readonly begins: number;
  readonly messages: readonly Message[];
}

/** Some screens of them: read, cleaned and laid out in a frame, and few enough groups in the longest chat. */
const MESSAGES_IN_GROUP = 20;

function groupBeginning(index: number): number {
  return index - (index % MESSAGES_IN_GROUP);
}
