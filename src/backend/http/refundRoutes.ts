import type { RefundBody } from '../../protocol/api.ts';
import { answeredRefund } from '../payments/answeredRefund.ts';
import type { RefundAnswer } from '../payments/refunds.ts';
import { HttpRefusal } from './httpRefusal.ts';
import { accountOf, type RouteDeps, type Routes } from './routeContext.ts';

/** Asking for money back, and seeing before what the answer would be. */
export function addRefundRoutes(routes: Routes, deps: RouteDeps): void {
  const { writer, clock, supportUrl } = deps;
  const { query } = deps.database;

  routes.get('/v1/refunds', async (context) => {
    const accountId = await accountOf(context, deps);
    const about = { query, clock, accountId };
    const answer = await answeredRefund(about, (question) => writer.submit('previewRefund', question));
    return context.json(refundBody(answer, supportUrl));
  });

  routes.post('/v1/refunds', async (context) => {
    const accountId = await accountOf(context, deps);
    const about = { query, clock, accountId };
    const answer = await answeredRefund(about, (question) => writer.submit('requestRefund', question));
    if (answer.kind === 'generationOpen') {
      throw new HttpRefusal(
        'generation_open',
        'A message is being answered. Wait for its end, or stop it, and ask again.',
      );
    }
    return context.json(refundBody(answer, supportUrl));
  });
}

function refundBody(answer: Exclude<RefundAnswer, { kind: 'moved' }>, supportUrl: string): RefundBody {
  const { id, status, reason, money } = answer;
  return { id, status, reason, money, ...(status === 'approved' ? {} : { supportUrl }) };
}
