import type { company as russian } from '../ru/company';

export const company: Record<keyof typeof russian, string> = {
  'company.pages': 'The company’s pages',
  'company.asClient': 'As the client sees it, read-only',
  'company.debt': 'Owes {amount}',
  'company.contract': 'contract {number}',
  'company.since': 'Created',
  'companies.status': 'State',
  'companies.any': 'All',
  'companies.inService': 'In service',
  'companies.suspended': 'Suspended',
  'companies.closed': 'Closed',
  'companies.noMoney': 'no money',
  'company.cardsOf': '{name}: cards',
  'issue.blocked': 'Blocked until handed over',
  'issue.blockedNote': 'It fuels only after you have lifted the block',
};
