import { articles } from './ru/articles';
import { bank } from './ru/bank';
import { budget } from './ru/budget';
import { card } from './ru/card';
import { catalogue } from './ru/catalogue';
import { company } from './ru/company';
import { desk } from './ru/desk';
import { disputes } from './ru/disputes';
import { fleet } from './ru/fleet';
import { journal } from './ru/journal';
import { notices } from './ru/notices';
import { papers } from './ru/papers';
import { people } from './ru/people';
import { problems } from './ru/problems';
import { promotions } from './ru/promotions';
import { recovery } from './ru/recovery';
import { register } from './ru/register';
import { security } from './ru/security';
import { settings } from './ru/settings';
import { spending } from './ru/spending';
import { staff } from './ru/staff';
import { support } from './ru/support';
import { templates } from './ru/templates';

/** The Russian of the other pages, fetched with the first of them (`later` in routes/page.ts). */
export const later = {
  ...problems, ...recovery, ...security, ...people, ...papers, ...journal, ...staff, ...desk, ...company, ...card, ...catalogue, ...fleet, ...register, ...templates, ...budget, ...notices,
  ...settings, ...spending, ...promotions, ...support, ...articles, ...bank, ...disputes,
};
