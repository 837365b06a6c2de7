/** A month as people say it: «октябрь 2026 г.», “October 2026”. */
export function monthName(month: string, locale: string): string {
  return new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(new Date(`${month}-01T00:00:00Z`)).replace(' г.', '\u00a0г.');
}
