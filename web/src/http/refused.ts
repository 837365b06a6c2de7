/** One field the server refused, named as in the request's body. */
export interface RefusedField {
  field: string;
  code: string;
  message: string;
}

/** The server answered with a problem document (RFC 9457). */
export class Refused extends Error {
  readonly status: number;
  readonly code: string;
  readonly detail: string | null;
  readonly fields: RefusedField[];
  readonly retryAfterSeconds: number | null;
  /** The whole document: some codes tell more, such as how many tries are left. */
  readonly members: Readonly<Partial<Record<string, unknown>>>;

  constructor(response: Response, body: unknown) {
    const problem = (typeof body === 'object' && body !== null ? body : {}) as Partial<Record<string, unknown>>;
    const code = typeof problem.code === 'string' ? problem.code : `status_${response.status}`;
    super(code);
    this.members = problem;
    this.status = response.status;
    this.code = code;
    this.detail = typeof problem.detail === 'string' ? problem.detail : null;
    this.fields = Array.isArray(problem.errors) ? (problem.errors as RefusedField[]) : [];
    const retryAfter = Number(response.headers.get('Retry-After') ?? Number.NaN);
    this.retryAfterSeconds = Number.isFinite(retryAfter) ? retryAfter : null;
  }
}

/** No answer came: no network, or the server is away. */
export class Unreachable extends Error {}

export function isRefused(error: unknown, ...codes: string[]): error is Refused {
  return error instanceof Refused && (codes.length === 0 || codes.includes(error.code));
}

/** Whether somebody else was quicker. */
export const isStale = (error: unknown) => error instanceof Refused && error.status === 412;
