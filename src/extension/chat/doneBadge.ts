import type { l10n, WebviewView } from 'vscode';
import type { ChatHistory } from './chatHistory.ts';
import type { ChatListener, ChatSession } from './chatSession.ts';

/** The view, as far as a badge goes. */
export type BadgedView = Pick<WebviewView, 'visible' | 'badge' | 'onDidChangeVisibility'>;

/**
 * Shows on the view's icon how many answers ended, or wait for a yes, while the person looked elsewhere or at another
 * chat. Each chat is seen when it is looked at, or deleted. The answer ends that.
 */
export function doneBadge(
  view: BadgedView,
  { session, history }: BadgedChats,
  { t }: Pick<typeof l10n, 't'>,
): () => void {
  const unseen = new Map<string, News>();
  const show = () => {
    if (view.visible) unseen.delete(session.state.thread.session);
    const all = [...unseen.values()];
    const ended = all.reduce((sum, news) => sum + news.ended, 0);
    const asks = all.filter((news) => news.asks).length;
    const answers = ended === 1 ? t('An answer is there') : t('{0} answers are there', ended);
    const tooltip = asks > 0 ? t('The model waits for your yes') : answers;
    view.badge = ended + asks === 0 ? undefined : { value: ended + asks, tooltip };
  };
  const listen: ChatListener = (_before, { thread }, action) => {
    const { ended } = unseen.get(thread.session) ?? { ended: 0 };
    if (action.kind === 'ended') unseen.set(thread.session, { ended: ended + 1, asks: false });
    else if (action.kind === 'step') unseen.set(thread.session, { ended, asks: action.step.state === 'asking' });
    else if (action.kind !== 'newChat' && action.kind !== 'opened') return;
    show();
  };
  const unlisten = session.onDidChangeAny(listen);
  const seen = view.onDidChangeVisibility(show);
  const forget = history.onDidDelete((id) => {
    unseen.delete(id);
    show();
  });
  return () => {
    unlisten();
    forget();
    seen.dispose();
  };
}

interface BadgedChats {
  readonly session: Pick<ChatSession, 'onDidChangeAny' | 'state'>;
  readonly history: Pick<ChatHistory, 'onDidDelete'>;
}

interface News {
  readonly ended: number;
  readonly asks: boolean;
}
