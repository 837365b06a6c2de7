//! Products: what is sold, in which unit, with which VAT from when on.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use oktan_shared::App;
use oktan_shared::domain::product::VatFrom;
use oktan_shared::domain::text::ProductName;
use oktan_shared::domain::window::Zone;
use oktan_shared::domain::{Catalogue, Day, Product, ProductCode};
use oktan_shared::http::{IfMatch, Json, List, Path, Problem, Staff, grant, with_etag};
use oktan_shared::journal::{Act, differences};
use oktan_shared::table::pause;
use oktan_shared::wire::UnitName;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::stations::ATTEMPTS_MAX;

/// A VAT rate from a day on.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct VatRate {
    /// Its first day.
    from: Day,
    /// Percent, 0 to 100.
    #[schema(minimum = 0, maximum = 100)]
    percent: u8,
}

/// A product, sold or retired.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct ProductDetails {
    code: ProductCode,
    name: ProductName,
    unit: UnitName,
    /// Whether it is sold no more.
    retired: bool,
    /// Percent, today in Moscow.
    vat_now: u8,
    /// Rates, oldest first. One that begins after today may be changed or taken away.
    vat: Vec<VatRate>,
}

/// A new product.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ProductAsk {
    code: ProductCode,
    name: ProductName,
    /// For good.
    unit: UnitName,
    /// 1 to 20 rates, of any days.
    vat: Vec<VatRate>,
}

/// A change of a product; what is left out stays.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ProductEditAsk {
    name: Option<ProductName>,
    /// Whether it is sold no more.
    retired: Option<bool>,
}

/// The products, retired ones too, in the order of their creation.
#[utoipa::path(
    get, path = "/v1/staff/products", tag = "staff", operation_id = "list_staff_products",
    responses((status = 200, body = List<ProductDetails>)), security(("session" = ["StaffRead"])),
)]
pub async fn list(State(app): State<App>, _who: Staff<grant::StaffRead>) -> Result<Response, Problem> {
    let (catalogue, edition) = app.table.read_catalogue().await?;
    let products = catalogue.iter().map(|product| ProductDetails::of(&app, product)).collect();
    Ok(with_etag(edition, Json(List::whole(products))))
}

/// Adds a product. There are at most 32, retired ones counted.
#[utoipa::path(
    post, path = "/v1/staff/products", tag = "staff", operation_id = "create_product",
    request_body = ProductAsk, responses((status = 201, body = ProductDetails)), security(("session" = ["Catalogue"])),
)]
pub async fn create(
    State(app): State<App>,
    who: Staff<grant::Catalogue>,
    Json(ask): Json<ProductAsk>,
) -> Result<Response, Problem> {
    let vat: Vec<VatFrom> = ask.vat.iter().map(|rate| (*rate).into()).collect();
    let add = |catalogue: &Catalogue| {
        let next = catalogue.with(ask.code.clone(), ask.name.clone(), ask.unit.into(), vat.clone());
        next.map_err(|invalid| match invalid.code {
            "product_code_taken" | "catalogue_full" => Problem::conflict(invalid.code, &invalid.message),
            _ => Problem::field("vat", &invalid),
        })
    };
    let created = change(&app, &who, "product.create", &ask.code, IfMatch::ANY, add).await?;
    Ok((StatusCode::CREATED, created).into_response())
}

/// Renames a product, retires it or sells it again. The edition is that of all the products.
#[utoipa::path(
    patch, path = "/v1/staff/products/{code}", tag = "staff", operation_id = "edit_product",
    params(("code" = ProductCode, Path), ("If-Match" = Option<String>, Header)), request_body = ProductEditAsk,
    responses((status = 200, body = ProductDetails)), security(("session" = ["Catalogue"])),
)]
pub async fn edit(
    State(app): State<App>,
    who: Staff<grant::Catalogue>,
    Path(code): Path<ProductCode>,
    edition: Option<IfMatch>,
    Json(ask): Json<ProductEditAsk>,
) -> Result<Response, Problem> {
    let edited =
        |catalogue: &Catalogue| catalogue.edited(&code, ask.name.clone(), ask.retired).ok_or_else(Problem::not_found);
    change(&app, &who, "product.edit", &code, edition.unwrap_or(IfMatch::ANY), edited).await
}

/// Gives a product another rate from a day after today, in Moscow, on.
#[utoipa::path(
    post, path = "/v1/staff/products/{code}/vat", tag = "staff", operation_id = "add_vat_rate",
    params(("code" = ProductCode, Path)), request_body = VatRate,
    responses((status = 200, body = ProductDetails)), security(("session" = ["Catalogue"])),
)]
pub async fn add_rate(
    State(app): State<App>,
    who: Staff<grant::Catalogue>,
    Path(code): Path<ProductCode>,
    Json(ask): Json<VatRate>,
) -> Result<Response, Problem> {
    let with_rate = |catalogue: &Catalogue| {
        let next = catalogue.with_rate(&code, ask.into(), today(&app)).map_err(|invalid| {
            let field = if invalid.code == "vat_out_of_range" { "percent" } else { "from" };
            Problem::field(field, &invalid)
        })?;
        next.ok_or_else(Problem::not_found)
    };
    change(&app, &who, "product.vat", &code, IfMatch::ANY, with_rate).await
}

/// Takes a rate away that has not begun.
#[utoipa::path(
    delete, path = "/v1/staff/products/{code}/vat/{from}", tag = "staff", operation_id = "remove_vat_rate",
    params(("code" = ProductCode, Path), ("from" = Day, Path)),
    responses((status = 200, body = ProductDetails)), security(("session" = ["Catalogue"])),
)]
pub async fn remove_rate(
    State(app): State<App>,
    who: Staff<grant::Catalogue>,
    Path((code, from)): Path<(ProductCode, Day)>,
) -> Result<Response, Problem> {
    let without_rate = |catalogue: &Catalogue| {
        let next = catalogue.without_rate(&code, from.get(), today(&app));
        let used = |invalid: oktan_shared::domain::Invalid| Problem::conflict(invalid.code, &invalid.message);
        next.map_err(used)?.ok_or_else(Problem::not_found)
    };
    change(&app, &who, "product.vat", &code, IfMatch::ANY, without_rate).await
}

fn today(app: &App) -> chrono::NaiveDate {
    Zone::default().date(app.clock.now())
}

/// Reads the products, changes them and writes them until nobody else was quicker.
async fn change(
    app: &App,
    who: &Staff<grant::Catalogue>,
    action: &str,
    code: &ProductCode,
    expected: IfMatch,
    rule: impl Fn(&Catalogue) -> Result<Catalogue, Problem>,
) -> Result<Response, Problem> {
    for attempt in 1..=ATTEMPTS_MAX {
        let (before, edition) = app.table.read_catalogue().await?;
        let after = rule(&before)?;
        expected.meets(edition)?;
        let product = after.by_code(code).ok_or_else(Problem::not_found)?;
        let answer = |edition| with_etag(edition, Json(ProductDetails::of(app, product)));
        if after == *before {
            return Ok(answer(edition));
        }
        let was = before.by_code(code).map_or(Value::Null, facts);
        let (was, is) = match &was {
            Value::Null => (Value::Null, facts(product)),
            _ => {
                let (was, is) = differences(&was, &facts(product));
                (Value::Object(was), Value::Object(is))
            }
        };
        let act = Act {
            at: app.clock.now(),
            actor: who.actor(),
            action: action.to_owned(),
            subject: format!("product {code}"),
            before: was,
            after: is,
            reason: String::new(),
        };
        if app.table.save_catalogue(&after, edition, &act).await? {
            return Ok(answer(edition.saturating_add(1)));
        }
        pause(attempt).await;
    }
    Err(Problem::unavailable())
}

fn facts(product: &Product) -> Value {
    json!({ "name": product.name, "unit": product.unit, "retired": product.retired, "vat": product.vat })
}

impl From<VatRate> for VatFrom {
    fn from(rate: VatRate) -> Self {
        Self { from: rate.from.get(), percent: rate.percent }
    }
}

impl ProductDetails {
    fn of(app: &App, product: &Product) -> Self {
        let vat = product.vat.iter().map(|rate| VatRate { from: rate.from.into(), percent: rate.percent });
        Self {
            code: product.code.clone(),
            name: product.name.clone(),
            unit: product.unit.into(),
            retired: product.retired,
            vat_now: product.vat_on(today(app)),
            vat: vat.collect(),
        }
    }
}
