import type {
  GetV1BalanceResponse, GetV1BudgetLinesResponse, GetV1BudgetResponse, GetV1ExceptionsResponse, GetV1CardsByNumberLimitsResponse, GetV1CardsByNumberResponse, GetV1CardsResponse,
  GetV1HistoryByIdResponse, GetV1HistoryResponse, GetV1JournalResponse, GetV1LimitTemplatesResponse, GetV1StaffApprovalsResponse,
  GetV1StaffCompaniesByIdResponse, GetV1StaffRecoveryResponse, GetV1StationsResponse,
  PostV1CardsByNumberCheckResponse, PostV1CardsByNumberLimitsBacktestResponse, PostV1LimitTemplatesData, PutV1CardsByNumberLimitsData,
  GetV1DisputesByIdResponse, GetV1DisputesResponse, GetV1StaffDisputesByIdResponse, GetV1StaffDisputesResponse,
  GetV1StaffTicketsByIdResponse, GetV1StaffTicketsResponse, GetV1TicketsByIdResponse, GetV1TicketsResponse,
  PatchV1BudgetLinesData, PostV1BudgetDistributeData, PostV1BudgetDistributeResponse,
} from '@/api/types.gen';

/** Short names for what the API answers with. */
export type Balance = GetV1BalanceResponse;
export type CardRow = GetV1CardsResponse['items'][number];
export type CardDetails = GetV1CardsByNumberResponse;
export type Entry = GetV1HistoryResponse['items'][number];
export type EntryDetails = GetV1HistoryByIdResponse;
export type Rules = GetV1CardsByNumberLimitsResponse;
export type RulesAsk = PutV1CardsByNumberLimitsData['body'];
export type Template = GetV1LimitTemplatesResponse['items'][number];
export type TemplateAsk = PostV1LimitTemplatesData['body'];
export type BackTest = PostV1CardsByNumberLimitsBacktestResponse;
export type Otherwise = BackTest['refused'][number];
export type Limit = Rules['limits'][number];
export type Measure = Limit['measure'];
export type Period = Limit['period'];
export type CheckAnswer = PostV1CardsByNumberCheckResponse;
export type Station = GetV1StationsResponse['items'][number];
export type Company = GetV1StaffCompaniesByIdResponse;
export type Claim = GetV1StaffRecoveryResponse['items'][number];
export type ApprovalRow = GetV1StaffApprovalsResponse['items'][number];
export type ActRow = GetV1JournalResponse['items'][number];
export type Budget = GetV1BudgetResponse;
export type BudgetLine = GetV1BudgetLinesResponse['items'][number];
export type LinePatch = PatchV1BudgetLinesData['body']['lines'][number];
export type DistributeAsk = PostV1BudgetDistributeData['body'];
export type Distribution = Extract<PostV1BudgetDistributeResponse, { items: unknown[] }>;
export type Exception = GetV1ExceptionsResponse['items'][number];
export type Ticket = GetV1TicketsResponse['items'][number];
export type TicketDetails = GetV1TicketsByIdResponse;
export type StaffTicket = GetV1StaffTicketsResponse['items'][number];
export type StaffTicketDetails = GetV1StaffTicketsByIdResponse;
export type Dispute = GetV1DisputesResponse['items'][number];
export type DisputeDetails = GetV1DisputesByIdResponse;
export type StaffDispute = GetV1StaffDisputesResponse['items'][number];
export type StaffDisputeDetails = GetV1StaffDisputesByIdResponse;
export type TicketMessage = TicketDetails['messages'][number];
