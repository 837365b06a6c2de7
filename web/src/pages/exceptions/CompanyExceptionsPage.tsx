import { ExceptionsView } from './ExceptionsView';

/** Who of a company waits and what was granted, as its client sees it. */
export function CompanyExceptionsPage() {
  return <ExceptionsView />;
}
