import { planById } from '../../core/plans.ts';
import type { CommandWriter } from '../commands.ts';
import type { Reader } from '../database/database.ts';
import type { SignedInUser } from './oidcSignIn.ts';

/**
 * The account of somebody who has signed in: their own, else the one that the operator made for their address, else a
 * new one on Free. Null if the address belongs to another account and nobody has checked that it is theirs.
 */
export async function signedInAccount(
  user: SignedInUser,
  { query, writer }: { query: Reader; writer: CommandWriter },
): Promise<string | null> {
  const found = await query
    .selectFrom('accounts')
    .select(['id', 'email'])
    .where((account) => account.or([account('id', '=', user.id), account('email', '=', user.email)]))
    .execute();
  const own = found.find(({ id }) => id === user.id);
  if (own !== undefined) return own.id;
  const [prepared] = found;
  if (prepared !== undefined) return user.emailVerified ? prepared.id : null;
  const plan = planById('free');
  if (plan === undefined) throw new Error('there is no plan Free');
  await writer.submit('createAccount', { id: user.id, email: user.email, plan });
  return user.id;
}
