/** A company at the desk, as its client sees it. */
export const company = {
  'company.pages': 'Страницы компании',
  'company.asClient': 'Как видит клиент, без права менять',
  'company.debt': 'Долг {amount}',
  'company.contract': 'договор {number}',
  'company.since': 'Заведена',
  'companies.status': 'Состояние',
  'companies.any': 'Все',
  'companies.inService': 'Обслуживаются',
  'companies.suspended': 'Приостановлены',
  'companies.closed': 'Закрыты',
  'companies.noMoney': 'денег нет',
  'company.cardsOf': '{name}: карты',
  'issue.blocked': 'Заблокировать до передачи',
  'issue.blockedNote': 'Карту можно отдать спокойно: заправится она после того, как вы снимете блокировку',
};
