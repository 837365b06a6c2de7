//! May this fuel flow? Asked by a terminal, decided by the card's rules and the company's money.

use crate::id;
use axum::extract::State;
use chrono::{DateTime, Datelike as _, Utc};
use oktan_shared::App;
use oktan_shared::config::HOLD_MINUTES;
use oktan_shared::domain::authorization::{Ask, Authorization, Reason, ReasonCode, State as Life, Verdict};
use oktan_shared::domain::card::{Decision, Facts, Refusal};
use oktan_shared::domain::ids::RequestId;
use oktan_shared::domain::quantity::QUANTITY_MAX;
use oktan_shared::domain::window::Zone;
use oktan_shared::domain::{Catalogue, Invalid, Kopecks, Millilitres, Pin, ProductCode, money};
use oktan_shared::http::{Json, Problem, TerminalToken};
use oktan_shared::table::{Placement, Recorded};
use oktan_shared::wire::ReasonView;
use serde::{Deserialize, Serialize};
use std::time::Duration;
use tokio::time::timeout;

/// A terminal waits two seconds: by then it has an answer or knows to ask again.
const DEADLINE: Duration = Duration::from_millis(1_800);
/// Decisions that may lose a race before the terminal is told to ask again.
const ATTEMPTS_MAX: u32 = 64;
/// Characters of a card number as typed; longer is no number of any card.
const TYPED_MAX: usize = 64;

/// What a terminal asks.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AuthorizationAsk {
    /// The terminal's own number for it.
    request_id: RequestId,
    /// As read from the card.
    card_number: String,
    /// The product.
    product: ProductCode,
    /// Per unit, at the pump.
    price: Kopecks,
    /// How much.
    quantity: Millilitres,
    /// Four digits, where the card asks for them.
    #[serde(default)]
    pin: Option<Pin>,
    /// Kilometres.
    #[serde(default)]
    odometer: Option<u32>,
    /// Whether less will do.
    #[serde(default)]
    partial_ok: bool,
    /// The terminal's clock: recorded, never believed.
    requested_at: DateTime<Utc>,
}

/// The answer to a terminal.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct AuthorizationView {
    /// For capture and reverse; `null` when declined.
    #[schema(required)]
    authorization_id: Option<String>,
    /// `approved`, `partial` or `declined`.
    decision: Verdict,
    /// What may flow.
    quantity: Millilitres,
    /// What is set aside for it.
    amount: Kopecks,
    /// Per unit, good until the capture.
    price: Kopecks,
    /// When the hold ends; `null` when declined.
    #[schema(required)]
    expires_at: Option<DateTime<Utc>>,
    /// Why not all of it.
    #[schema(required)]
    reason: Option<ReasonView>,
    /// All rules that failed, the binding one first.
    reasons: Vec<ReasonView>,
}

/// Decides a fill, once per request.
#[utoipa::path(
    post, path = "/v1/pump/authorizations", tag = "pump", operation_id = "authorize",
    request_body = AuthorizationAsk, responses((status = 200, body = AuthorizationView)), security(("terminal" = [])),
)]
pub async fn authorize(
    State(app): State<App>,
    asker: TerminalToken,
    Json(asked): Json<AuthorizationAsk>,
) -> Result<Json<AuthorizationView>, Problem> {
    let catalogue = app.table.catalogue_of([&asked.product]).await?;
    let ask = asked.check(&app, &catalogue, &asker)?;
    let typed = asked.card_number.as_str();
    let decided = async {
        let _turn = app.table.turn(typed).await;
        for attempt in 1..=ATTEMPTS_MAX {
            if let Some(view) = decide(&app, &asker, typed, asked.pin.as_ref(), &ask).await? {
                return Ok(view);
            }
            oktan_shared::table::pause(attempt).await;
        }
        Err(Problem::unavailable())
    };
    timeout(DEADLINE, decided).await.unwrap_or_else(|_| Err(Problem::unavailable())).map(Json)
}

impl AuthorizationAsk {
    fn check(&self, app: &App, catalogue: &Catalogue, asker: &TerminalToken) -> Result<Ask, Problem> {
        let refuse =
            |field: &str, code: &'static str, message: &str| Err(Problem::field(field, &Invalid::new(code, message)));
        let Some(product) = catalogue.by_code(&self.product).filter(|product| !product.retired) else {
            return refuse("product", "product_unknown", "there is no such product");
        };
        if !self.price.is_positive() {
            return refuse("price", "amount_not_positive", "a price is above zero");
        }
        if !self.quantity.is_positive() || self.quantity > QUANTITY_MAX {
            return refuse("quantity", "quantity_out_of_range", "a quantity is 0.001 to 99999.999");
        }
        if money::cost(self.quantity, self.price) > money::AMOUNT_MAX {
            return refuse("price", "amount_too_large", "the amount is too large");
        }
        if self.card_number.is_empty()
            || self.card_number.chars().count() > TYPED_MAX
            || self.card_number.chars().any(char::is_control)
        {
            return refuse("card_number", "card_number_malformed", "a card number is 1 to 64 characters");
        }
        if !(2000..=2199).contains(&self.requested_at.year()) {
            return refuse("requested_at", "instant_out_of_range", "the terminal's clock is off by centuries");
        }
        Ok(Ask {
            request: self.request_id,
            fingerprint: self.fingerprint(app, asker),
            terminal: asker.terminal.clone(),
            station: asker.station.clone(),
            product: product.ix,
            price: self.price,
            quantity: self.quantity,
            partial_ok: self.partial_ok,
            odometer: self.odometer,
            requested_at: self.requested_at,
        })
    }

    /// A keyed hash of what was asked and where: keyed, because a PIN is among it.
    fn fingerprint(&self, app: &App, asker: &TerminalToken) -> [u8; 8] {
        let parts = [
            asker.station.to_string(),
            self.card_number.clone(),
            self.product.to_string(),
            self.price.to_string(),
            self.quantity.to_string(),
            format!("{:?}", self.odometer),
            self.partial_ok.to_string(),
            self.requested_at.timestamp_micros().to_string(),
        ];
        let mut parts: Vec<&[u8]> = parts.iter().map(|part| part.as_bytes()).collect();
        parts.extend(self.pin.as_ref().map(|pin| pin.reveal().as_slice()));
        let mut short = [0; 8];
        short.copy_from_slice(&app.keys.mac("request", &parts)[..8]);
        short
    }
}

/// One read, one decision, one write; `None` where another write was quicker.
async fn decide(
    app: &App,
    asker: &TerminalToken,
    typed: &str,
    pin: Option<&Pin>,
    ask: &Ask,
) -> Result<Option<AuthorizationView>, Problem> {
    let now = app.clock.now();
    let facts = app.table.pump_facts(typed, ask.request, &asker.terminal, &asker.station).await?;
    facts.terminal.filter(|terminal| terminal.revoked_at.is_none()).ok_or_else(Problem::unauthorized)?;
    let zone = facts.found.as_ref().map_or_else(Zone::default, |found| found.account.zone);
    if let Some(recorded) = &facts.recorded {
        same_body(ask, &recorded.hold().fingerprint)?;
        return Ok(Some(match recorded {
            Recorded::OnCard(authorization) => view(app, authorization, zone),
            Recorded::UnknownCard { hold, .. } => declined(app, &[unknown_card()], hold.asked, hold.price, zone),
        }));
    }
    let catalogue = app.catalogue();
    let product = catalogue.by_ix(ask.product).map(|product| &product.code);
    let list_price = facts.station.as_ref().and_then(|station| station.fuels.get(product?).copied());
    let Some(found) = facts.found else {
        let hold = ask.to_hold(list_price, zone, HOLD_MINUTES, now);
        return Ok(match app.table.decline_unknown(typed, &hold).await? {
            Placement::Done => Some(declined(app, &[unknown_card()], ask.quantity, ask.price, zone)),
            _ => None,
        });
    };
    let card = &found.row.card;
    if let Some(hold) = card.hold_of(ask.request) {
        same_body(ask, &hold.fingerprint)?;
        let held = Authorization::held(card.number.clone(), card.company, hold.clone());
        return Ok(Some(view(app, &held, zone)));
    }
    let rules = Facts {
        rules: &found.rules,
        allowance: &found.allowance,
        account: &found.account,
        catalogue: &catalogue,
        offers: &app.table.offers(),
        station_closed: facts.station.is_some_and(|station| station.closed),
        list_price,
        holds_max: app.config.holds_max,
        hold_minutes: HOLD_MINUTES,
        pin: app.keys.compare_pin(&card.number, found.pin.as_ref(), pin),
    };
    let (placement, authorization) = match card.authorize(ask, &rules, now) {
        Decision::Approved(approval) => {
            let held = Authorization::held(card.number.clone(), card.company, approval.hold.clone());
            (app.table.place(&found, &approval, now).await?, held)
        }
        Decision::Declined(Refusal { card: next, reasons }) => {
            let hold = ask.to_hold(list_price, zone, HOLD_MINUTES, now);
            let state = Life::Declined { at: now, reasons };
            let declined = Authorization { card: card.number.clone(), company: card.company, hold, state };
            let next = if found.account.tells_declines { next.told_of_decline(now) } else { next };
            (app.table.decline(&found, next, &declined).await?, declined)
        }
    };
    Ok((placement == Placement::Done).then(|| view(app, &authorization, zone)))
}

fn same_body(ask: &Ask, before: &[u8; 8]) -> Result<(), Problem> {
    if ask.fingerprint == *before {
        return Ok(());
    }
    Err(Problem::conflict("request_id_reused", "this request_id was used with another body"))
}

fn unknown_card() -> Reason {
    Reason::plain(ReasonCode::CardUnknown)
}

/// What the terminal was told when it asked, whatever became of it since.
fn view(app: &App, authorization: &Authorization, zone: Zone) -> AuthorizationView {
    let hold = &authorization.hold;
    if let Life::Declined { reasons, .. } = &authorization.state {
        return declined(app, reasons, hold.asked, hold.price, zone);
    }
    let reason = hold.shortfall.as_ref().map(|reason| ReasonView::of(reason, hold.asked, zone, app));
    AuthorizationView {
        authorization_id: Some(id::seal(app, hold.station.as_str(), &authorization.card, hold.request)),
        decision: authorization.decision(),
        quantity: hold.quantity,
        amount: hold.amount,
        price: hold.price,
        expires_at: Some(hold.expires_at),
        reasons: reason.iter().cloned().collect(),
        reason,
    }
}

fn declined(app: &App, reasons: &[Reason], asked: Millilitres, price: Kopecks, zone: Zone) -> AuthorizationView {
    let reasons: Vec<_> = reasons.iter().map(|reason| ReasonView::of(reason, asked, zone, app)).collect();
    AuthorizationView {
        authorization_id: None,
        decision: Verdict::Declined,
        quantity: Millilitres::ZERO,
        amount: Kopecks::ZERO,
        price,
        expires_at: None,
        reason: reasons.first().cloned(),
        reasons,
    }
}
