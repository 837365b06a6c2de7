//! The id of an authorization: where it lies, sealed, and whose it is.

use oktan_shared::App;
use oktan_shared::domain::CardNumber;
use oktan_shared::domain::authorization::Authorization;
use oktan_shared::domain::ids::RequestId;
use oktan_shared::http::{Problem, TerminalToken};
use oktan_shared::table::{Found, Recorded};

/// The sealed id of a request on a card; it opens only at the station that it was given to.
pub fn seal(app: &App, station: &str, card: &CardNumber, request: RequestId) -> String {
    app.keys.seal("authorization", &[station.as_bytes()], format!("{card}.{request}").as_bytes())
}

/// The card and the request of an id.
///
/// # Errors
/// 404 for anything that was not given to this station.
pub fn open(app: &App, asker: &TerminalToken, id: &str) -> Result<(CardNumber, RequestId), Problem> {
    let station = asker.station.as_str();
    app.keys
        .unseal("authorization", &[station.as_bytes()], id)
        .and_then(|bytes| String::from_utf8(bytes).ok())
        .and_then(|text| {
            let (card, request) = text.split_once('.')?;
            Some((card.parse().ok()?, request.parse().ok()?))
        })
        .ok_or_else(Problem::not_found)
}

/// The card and its authorization, open or over, as it stands now.
///
/// # Errors
/// 401 for a revoked terminal, 404 where there is no such authorization.
pub async fn read(
    app: &App,
    asker: &TerminalToken,
    card: &CardNumber,
    request: RequestId,
) -> Result<(Found, Authorization), Problem> {
    let facts = app.table.settle_facts(card, request, &asker.terminal, &asker.station).await?;
    facts.terminal.filter(|terminal| terminal.revoked_at.is_none()).ok_or_else(Problem::unauthorized)?;
    let found = facts.found.ok_or_else(Problem::not_found)?;
    let authorization = match facts.recorded {
        Some(Recorded::OnCard(authorization)) => authorization,
        Some(Recorded::UnknownCard { .. }) => return Err(Problem::not_found()),
        None => {
            let card = &found.row.card;
            let hold = card.hold_of(request).cloned().ok_or_else(Problem::not_found)?;
            Authorization::held(card.number.clone(), card.company, hold)
        }
    };
    Ok((found, authorization))
}
