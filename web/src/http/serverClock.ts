let ahead = 0;

/** What time it is for the server: a computer's own clock may be hours off, a session's end is not. */
export const serverClock = {
  /** Learns from an answer's `Date` header. */
  heard(response: Response) {
    const told = Date.parse(response.headers.get('Date') ?? '');
    if (Number.isFinite(told)) ahead = told - Date.now();
  },
  now: () => Date.now() + ahead,
};
