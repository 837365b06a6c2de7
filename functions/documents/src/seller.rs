//! The seller's requisites, as documents have them.

use axum::extract::State;
use axum::response::Response;
use oktan_shared::App;
use oktan_shared::domain::Inn;
use oktan_shared::domain::papers::{BankAccount, BankCode, BankName, Ogrn, Seller, SellerName};
use oktan_shared::domain::text::{Kpp, PersonName, Phone, Place};
use oktan_shared::http::{IfMatch, Json, Problem, Staff, grant, with_etag};
use oktan_shared::journal::Act;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// The seller's requisites.
#[derive(Debug, Clone, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SellerAsk {
    name: SellerName,
    inn: Inn,
    /// Of a legal entity.
    kpp: Option<Kpp>,
    ogrn: Ogrn,
    address: Place,
    phone: Phone,
    bank: BankName,
    bic: BankCode,
    /// Its account in that bank.
    account: BankAccount,
    /// The bank's account with the Bank of Russia.
    correspondent: BankAccount,
    director: PersonName,
    accountant: PersonName,
}

/// The seller's requisites, or that there are none yet.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct SellerView {
    /// `null` until they are first saved.
    #[schema(required)]
    seller: Option<SellerAsk>,
}

impl From<Seller> for SellerAsk {
    fn from(seller: Seller) -> Self {
        let Seller { name, inn, kpp, ogrn, address, phone, bank, bic, account, correspondent, director, accountant } =
            seller;
        Self { name, inn, kpp, ogrn, address, phone, bank, bic, account, correspondent, director, accountant }
    }
}

impl From<SellerAsk> for Seller {
    fn from(ask: SellerAsk) -> Self {
        let SellerAsk { name, inn, kpp, ogrn, address, phone, bank, bic, account, correspondent, director, accountant } =
            ask;
        Self { name, inn, kpp, ogrn, address, phone, bank, bic, account, correspondent, director, accountant }
    }
}

/// What documents say of the seller.
#[utoipa::path(
    get, path = "/v1/staff/requisites", tag = "staff", operation_id = "read_requisites",
    responses((status = 200, body = SellerView)), security(("session" = ["Requisites"])),
)]
pub async fn read(State(app): State<App>, _who: Staff<grant::Requisites>) -> Result<Response, Problem> {
    let (seller, edition) = app.table.seller().await?;
    Ok(with_etag(edition, Json(SellerView { seller: seller.map(SellerAsk::from) })))
}

/// Saves what documents say of the seller from now on. What is closed or invoiced keeps what it was made with.
#[utoipa::path(
    put, path = "/v1/staff/requisites", tag = "staff", operation_id = "save_requisites",
    params(("If-Match" = String, Header)), request_body = SellerAsk, responses((status = 200, body = SellerView)),
    security(("session" = ["Requisites"])),
)]
pub async fn save(
    State(app): State<App>,
    who: Staff<grant::Requisites>,
    if_match: IfMatch,
    Json(ask): Json<SellerAsk>,
) -> Result<Response, Problem> {
    let after = Seller::from(ask);
    after.check().map_err(|(field, invalid)| Problem::field(field, &invalid))?;
    let (before, edition) = app.table.seller().await?;
    if_match.meets(edition)?;
    if before.as_ref() == Some(&after) {
        return Ok(with_etag(edition, Json(SellerView { seller: Some(after.into()) })));
    }
    let act = Act {
        at: app.clock.now(),
        actor: who.actor(),
        action: "requisites.save".to_owned(),
        subject: "requisites".to_owned(),
        before: before.map_or(Value::Null, |before| json!(before)),
        after: json!(after),
        reason: String::new(),
    };
    if !app.table.save_seller(&after, edition, &act).await? {
        return Err(Problem::unavailable());
    }
    Ok(with_etag(edition.saturating_add(1), Json(SellerView { seller: Some(after.into()) })))
}
