import assert from 'node:assert/strict';
import { receiptsCsv } from '../../../../webview/account/receiptsCsv.ts';
import { receiptOf } from '../../../support/accountScenes.ts';

describe('receipts as CSV', () => {
  const rows = (text: string): string[] => text.split('\r\n');

  it('has a header, tokens with three decimals and the sums of all calls', () => {
    const receipt = receiptOf(1);
    const [header, row] = rows(receiptsCsv([{ ...receipt, calls: [...receipt.calls, ...receipt.calls] }]));
    assert.equal(
      header,
      'createdAt,generation,state,model,project,session,charged,message,prompt,context,response,' +
        'promptTokens,contextTokens,cachedTokens,responseTokens',
    );
    assert.equal(
      row,
      '2026-11-20T09:14:00.000Z,generation-1,settled,builder,p2,s1,1.240,0.250,0.040,0.150,0.800,400,15000,0,5332',
    );
  });

  it('quotes what would break a row, and begins no formula', () => {
    const [, row = ''] = rows(receiptsCsv([receiptOf(1, { model: 'a,"b"', project: '=1+1', session: null })]));
    assert.match(row, /,"a,""b""",'=1\+1,,1\.240,/);
  });
});
