//! Money between the account and purses.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use oktan_shared::App;
use oktan_shared::domain::account::CompanyStatus;
use oktan_shared::domain::card::{Card, Funding};
use oktan_shared::domain::pocket::Pocket;
use oktan_shared::domain::{CardNumber, CompanyId, Invalid, Kopecks};
use oktan_shared::http::{Client, IdempotencyKey, Json, Problem, grant, replayed};
use oktan_shared::journal::Act;
use oktan_shared::table::{CardRow, EntryKey, NewTransfer, Transferred};
use oktan_shared::wire::EntryView;
use serde::Deserialize;
use serde_json::json;
use uuid::Uuid;

/// Writes that may lose a race with fills before the caller is told to try again.
const ATTEMPTS_MAX: u32 = 64;

/// Money to move.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TransferAsk {
    /// `account` or the number of a purse card.
    #[schema(value_type = String, example = "account")]
    from: Pocket,
    /// `account` or the number of a purse card.
    #[schema(value_type = String, example = "7826880620598781285")]
    to: Pocket,
    /// Above zero.
    amount: Kopecks,
}

/// Moves money between the account and a purse, or from purse to purse; once per key.
#[utoipa::path(
    post, path = "/v1/transfers", tag = "balance", operation_id = "transfer",
    params(("Idempotency-Key" = String, Header)), request_body = TransferAsk,
    responses((status = 201, body = EntryView)), security(("session" = ["Transfer"])),
)]
pub async fn transfer(
    State(app): State<App>,
    who: Client<grant::Transfer>,
    key: IdempotencyKey,
    Json(ask): Json<TransferAsk>,
) -> Result<Response, Problem> {
    ask.check()?;
    let body = json!([who.company, ask.from, ask.to, ask.amount]).to_string();
    let fingerprint = app.keys.mac("idempotency", &[body.as_bytes()]);
    // Copies of the same move in this process take turns at the purse that gives.
    let _turn = app.table.turn(&ask.from.to_string()).await;
    for attempt in 1..=ATTEMPTS_MAX {
        let now = app.clock.now();
        let transfer = NewTransfer {
            id: Uuid::new_v4(),
            company: who.company,
            from: ask.from.clone(),
            to: ask.to.clone(),
            moved: ask.amount,
            at: now,
        };
        let act = Act {
            at: now,
            actor: who.actor(),
            action: "purse.transfer".to_owned(),
            subject: format!("card {}", ask.from.card().or(ask.to.card()).map_or("", CardNumber::as_str)),
            before: serde_json::Value::Null,
            after: json!({ "from": ask.from, "to": ask.to, "amount": ask.amount }),
            reason: String::new(),
        };
        let giving = ask.giving(&app, who.company).await;
        // What was done before under this key is answered whatever became of the cards since.
        let decided = giving.as_ref().ok().map(|giving| giving.as_ref().map(|(row, card)| (row, card.clone())));
        let posted = match decided {
            Some(giving) => app.table.post_transfer(&transfer, giving, &key.0, &fingerprint, &act).await?,
            None => match app.table.transfer_before(&who.who.id, &key.0, &fingerprint).await? {
                Some(before) => before,
                None => return Err(giving.err().unwrap_or_else(Problem::unavailable)),
            },
        };
        let (id, again) = match posted {
            Transferred::Posted => (transfer.id, false),
            Transferred::Before(entry) => (entry, true),
            Transferred::KeyReused => return Err(Problem::key_reused()),
            Transferred::AccountRefused => {
                let account = app.table.account(who.company).await?.ok_or_else(Problem::not_found)?;
                return Err(match account.status {
                    CompanyStatus::Active => insufficient(),
                    _ => Problem::company_suspended(),
                });
            }
            Transferred::Moved => {
                oktan_shared::table::pause(attempt).await;
                continue;
            }
        };
        let entry = app.table.entry(&EntryKey::Posted(who.company, id)).await?.ok_or_else(Problem::unavailable)?;
        let answer = (StatusCode::CREATED, Json(EntryView::of(&entry, who.account.zone, &app)));
        return Ok(if again { replayed(answer) } else { answer.into_response() });
    }
    Err(Problem::unavailable())
}

fn insufficient() -> Problem {
    Problem::conflict("insufficient_funds", "there is less than this to move")
}

impl TransferAsk {
    fn check(&self) -> Result<(), Problem> {
        let refuse = |field, code, message: &str| Err(Problem::field(field, &Invalid::new(code, message)));
        if !self.amount.is_positive() {
            return refuse("amount", "amount_not_positive", "a transfer is above zero");
        }
        if self.from == self.to {
            return refuse("to", "same_pocket", "money moves from one place to another");
        }
        Ok(())
    }

    /// The purse that gives, as it was read and as it shall be; `None` if the account gives. The one that receives is
    /// looked at too.
    async fn giving(&self, app: &App, company: CompanyId) -> Result<Option<(CardRow, Card)>, Problem> {
        if let Pocket::Purse(number) = &self.to {
            let to = purse(app, company, number, "to").await?;
            if to.card.closed {
                return Err(Problem::conflict("card_closed", "the card is closed for good"));
            }
        }
        let Pocket::Purse(number) = &self.from else { return Ok(None) };
        let row = purse(app, company, number, "from").await?;
        let after = row.card.give(self.amount, app.clock.now()).ok_or_else(insufficient)?;
        Ok(Some((row, after)))
    }
}

/// A purse card of the company.
async fn purse(app: &App, company: CompanyId, number: &CardNumber, field: &str) -> Result<CardRow, Problem> {
    let row = app.table.card(company, number).await?.ok_or_else(Problem::not_found)?.row;
    if row.card.funding != Funding::Purse {
        return Err(Problem::field(field, &Invalid::new("not_a_purse", "this card spends from the account")));
    }
    Ok(row)
}
