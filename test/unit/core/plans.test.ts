import assert from 'node:assert/strict';
import { planById, plans } from '../../../src/core/plans.ts';

describe('plans', () => {
  it('sells what the product page says', () => {
    assert.deepEqual(
      plans.map(
        ({ id, name, allowance, price }) => `${id} | ${name} | ${allowance} | ${price.amount} ${price.currency}`,
      ),
      [
        'free | Free | 300000 | 0 USD',
        'pro | Pro | 1500000 | 2000 USD',
        'pro-3k | Pro 3K | 3000000 | 4000 USD',
        'pro-6k | Pro 6K | 6000000 | 8000 USD',
        'pro-9k | Pro 9K | 9000000 | 12000 USD',
        'pro-15k | Pro 15K | 15000000 | 20000 USD',
        'pro-20k | Pro 20K | 20000000 | 26600 USD',
        'pro-40k | Pro 40K | 40000000 | 53300 USD',
      ],
    );
  });

  it('finds a plan by its id, and nothing by another', () => {
    assert.equal(planById('pro-6k')?.name, 'Pro 6K');
    for (const id of ['', 'Pro', 'pro-7k', '__proto__']) assert.equal(planById(id), undefined);
  });
});
