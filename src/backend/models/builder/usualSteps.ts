import { wordTable } from '../../../core/wordTable.ts';

/** Steps that everybody knows by name, without `details` or `info` after it: their fields in the words of a request. */
export const usualSteps = wordTable<string>({
  account: 'email, password (min 8), confirm password',
  address: 'street address, city, postal code, country select',
  billing: 'billing street address, billing city, billing postal code',
  contact: 'email, phone',
  education: 'school, degree, graduation year',
  experience: 'current employer, job title, years of experience',
  payment: 'name on card, card number (text), card expiry, security code',
  personal: 'full name, date of birth',
  preferences: 'newsletter checkbox, product news checkbox',
  profile: 'full name, phone (optional), bio (optional)',
  shipping: 'street address, city, postal code, country select',
});
