/** Kinds of what people are told of. */
export const notices = {
  'noticeKind.low_balance': 'Заканчиваются деньги',
  'noticeKind.block': 'Блокировка карты',
  'noticeKind.decline': 'Отказ в заправке',
  'noticeKind.exception': 'Разрешение сверх лимита',
  'noticeKind.new_device': 'Вход с нового устройства',
  'noticeKind.ticket': 'Ответ на обращение',
  'noticeKind.promotion': 'Новая акция',
  'noticeKind.weekly_summary': 'Итоги недели',
};
