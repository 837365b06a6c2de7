import { articles } from './articles';
import { bank } from './bank';
import { budget } from './budget';
import { card } from './card';
import { cards } from './cards';
import { catalogue } from './catalogue';
import { company } from './company';
import { desk } from './desk';
import { disputes } from './disputes';
import { entrance } from './entrance';
import { fleet } from './fleet';
import { frame } from './frame';
import { history } from './history';
import { journal } from './journal';
import { notices } from './notices';
import { papers } from './papers';
import { people } from './people';
import { problems } from './problems';
import { promotions } from './promotions';
import { recovery } from './recovery';
import { register } from './register';
import { security } from './security';
import { settings } from './settings';
import { spending } from './spending';
import { staff } from './staff';
import { support } from './support';
import { templates } from './templates';
import { trouble } from './trouble';

export const en = {
  ...frame, ...entrance, ...cards, ...history, ...trouble, ...problems, ...recovery, ...security, ...people, ...papers, ...journal, ...staff,
  ...desk, ...company, ...card, ...catalogue, ...fleet, ...register, ...templates, ...budget, ...notices, ...settings, ...spending, ...promotions, ...support, ...articles, ...bank, ...disputes,
};
