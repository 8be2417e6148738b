import { plans } from '../../core/plans.ts';
import { HttpRefusal } from '../http/httpRefusal.ts';
import type { CallBounds } from './callBounds.ts';
import type { StartAnswer } from './generations.ts';

/** Why a call was not started, as its client is told. */
export function refuseStart(answer: Exclude<StartAnswer, { kind: 'started' }>, bounds: CallBounds): HttpRefusal {
  switch (answer.kind) {
    case 'generation_open':
      return new HttpRefusal('generation_open', 'A call of this key is still open.');
    case 'generation_settled': {
      const { generationId: generation, charged, parts, available, held, capped } = answer.receipt;
      const details = { generation, charged, parts, balance: { available, held }, capped };
      return new HttpRefusal('generation_settled', 'A call of this key has been answered and charged.', { details });
    }
    case 'idempotency_conflict':
      return new HttpRefusal('idempotency_conflict', 'This key was used with another body.');
    case 'unknownGeneration':
      return new HttpRefusal('not_found', 'There is no such generation to continue.', {
        param: 'tokenfare-generation',
      });
    case 'frozen':
      return new HttpRefusal(
        'account_on_hold',
        'This account is on hold: a payment was disputed. Nothing was charged.',
      );
    case 'projectLimit':
      return new HttpRefusal('project_limit', 'The plan has one project, and it is another one. Nothing was charged.', {
        param: 'tokenfare-project',
        details: { activeProject: answer.activeId },
      });
    case 'tooMany':
      return new HttpRefusal('rate_limited', 'Too many calls are open at once.', {
        headers: { 'retry-after': RETRY_AFTER_SECONDS },
      });
    case 'maxChargeTooLow':
      return new HttpRefusal(
        'max_charge_too_low',
        `This call needs a maximum of at least ${bounds.least} millitokens.`,
        {
          param: 'tokenfare-max-charge',
          details: { needed: bounds.least },
        },
      );
    case 'insufficient':
      return new HttpRefusal('insufficient_tokens', 'The balance does not cover this call.', {
        details: {
          available: answer.available,
          needed: bounds.least,
          affordableOutput: bounds.affordable(answer.available),
          resetsAt: new Date(answer.resetsAt).toISOString(),
          upgradeTo: plans[plans.findIndex((plan) => plan.id === answer.planId) + 1]?.id ?? null,
        },
      });
  }
}

/** An open call ends within seconds as a rule. */
const RETRY_AFTER_SECONDS = '1';
