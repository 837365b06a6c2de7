//! What the staff say of a promotion, checked.

use chrono::NaiveDate;
use oktan_shared::App;
use oktan_shared::domain::promotion::{Terms, TermsId};
use oktan_shared::domain::quantity::QUANTITY_MAX;
use oktan_shared::domain::text::{Markdown, Title};
use oktan_shared::domain::{CompanyId, Day, Invalid, Millilitres, ProductCode, PromotionId, StationCode};
use oktan_shared::http::{FieldProblem, Problem, given};
use oktan_shared::table::{Promotion, Translation};
use oktan_shared::wire::DiscountView;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Stations, and companies, that a promotion may name.
const NAMED_MAX: usize = 100;

/// A title and a text in English.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PromotionEnglish {
    title: Title,
    /// Markdown.
    body: Markdown,
}

/// A new promotion. It is published at once, unless `published: false` is given.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PromotionAsk {
    /// In Russian.
    pub title: Title,
    /// In Russian; Markdown.
    pub body: Markdown,
    /// What it is to whoever reads English.
    pub english: Option<PromotionEnglish>,
    /// The first day, in Moscow time.
    from: Day,
    /// The last day, in Moscow time.
    to: Day,
    /// Of which products; of all if empty.
    #[serde(default)]
    products: Vec<ProductCode>,
    /// At which stations, at most 100; at all if empty.
    #[serde(default)]
    stations: Vec<StationCode>,
    /// For which companies, at most 100; for all if empty. To others it is not there.
    #[serde(default)]
    companies: Vec<CompanyId>,
    discount: DiscountView,
    /// From which quantity on, of what was dispensed; from any unless said.
    #[serde(default)]
    minimum_quantity: Millilitres,
    /// `false` for a draft.
    pub published: Option<bool>,
}

/// A change of a promotion; what is left out stays. Other terms hold for what is approved from then on.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PromotionEditAsk {
    /// In Russian.
    title: Option<Title>,
    /// In Russian; Markdown.
    body: Option<Markdown>,
    /// What it is to whoever reads English; `null`: as in Russian.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<PromotionEnglish>)]
    english: Option<Option<PromotionEnglish>>,
    /// The first day, in Moscow time.
    from: Option<Day>,
    /// The last day, in Moscow time.
    to: Option<Day>,
    /// Of which products; of all if empty.
    products: Option<Vec<ProductCode>>,
    /// At which stations, at most 100; at all if empty.
    stations: Option<Vec<StationCode>>,
    /// For which companies, at most 100; for all if empty.
    companies: Option<Vec<CompanyId>>,
    discount: Option<DiscountView>,
    /// From which quantity on, of what was dispensed.
    minimum_quantity: Option<Millilitres>,
    /// `true`: now; a published one is withdrawn, never a draft again.
    pub published: Option<bool>,
}

impl From<PromotionEnglish> for Translation {
    fn from(english: PromotionEnglish) -> Self {
        Self { title: english.title, body: english.body }
    }
}

impl From<&Translation> for PromotionEnglish {
    fn from(english: &Translation) -> Self {
        Self { title: english.title.clone(), body: english.body.clone() }
    }
}

impl PromotionAsk {
    /// The terms of a draft with this id.
    ///
    /// # Errors
    /// 422 for what cannot be, by field.
    pub async fn terms(&self, app: &App, id: PromotionId) -> Result<Terms, Problem> {
        let catalogue = app.table.catalogue_of(&self.products).await?;
        let mut refused = Vec::new();
        let products = catalogue.set(&self.products).map_err(|cause| refused.push(problem("products", &cause)));
        let discount = self.discount.discount().map_err(|cause| refused.push(problem("discount", &cause)));
        let terms = products.ok().zip(discount.ok()).map(|(products, discount)| Terms {
            id: TermsId::new(0),
            promotion: id,
            from: self.from.get(),
            to: self.to.get(),
            products,
            stations: distinct(&self.stations),
            companies: distinct(&self.companies),
            discount,
            minimum: self.minimum_quantity,
        });
        checked(app, terms, refused).await
    }
}

impl PromotionEditAsk {
    /// The promotion as it becomes, its state aside.
    ///
    /// # Errors
    /// 422 for what cannot be, by field.
    pub async fn on(&self, app: &App, before: &Promotion) -> Result<Promotion, Problem> {
        let was = &before.terms;
        let mut refused = Vec::new();
        let products = match &self.products {
            Some(codes) => {
                let catalogue = app.table.catalogue_of(codes).await?;
                catalogue.set(codes).map_err(|cause| refused.push(problem("products", &cause)))
            }
            None => Ok(was.products),
        };
        let discount = match &self.discount {
            Some(discount) => discount.discount().map_err(|cause| refused.push(problem("discount", &cause))),
            None => Ok(was.discount),
        };
        let terms = products.ok().zip(discount.ok()).map(|(products, discount)| Terms {
            from: self.from.map_or(was.from, Day::get),
            to: self.to.map_or(was.to, Day::get),
            products,
            stations: self.stations.as_deref().map_or_else(|| was.stations.clone(), distinct),
            companies: self.companies.as_deref().map_or_else(|| was.companies.clone(), distinct),
            discount,
            minimum: self.minimum_quantity.unwrap_or(was.minimum),
            ..was.clone()
        });
        let english = match &self.english {
            Some(english) => english.clone().map(Translation::from),
            None => before.english.clone(),
        };
        Ok(Promotion {
            title: self.title.clone().unwrap_or_else(|| before.title.clone()),
            body: self.body.clone().unwrap_or_else(|| before.body.clone()),
            english,
            terms: checked(app, terms, refused).await?,
            ..before.clone()
        })
    }
}

/// A promotion that is published must not be over.
///
/// # Errors
/// 422 `promotion_over`.
pub fn not_over(terms: &Terms, today: NaiveDate) -> Result<(), Problem> {
    let over = Invalid::new("promotion_over", "its last day is over");
    if terms.to < today { Err(Problem::field("to", &over)) } else { Ok(()) }
}

async fn checked(app: &App, terms: Option<Terms>, mut refused: Vec<FieldProblem>) -> Result<Terms, Problem> {
    let Some(terms) = terms else { return Err(Problem::fields(refused)) };
    let mut refuse = |field: &str, code, message: &str| refused.push(problem(field, &Invalid::new(code, message)));
    if terms.to < terms.from {
        refuse("to", "dates_reversed", "the last day is not before the first");
    }
    if terms.minimum > QUANTITY_MAX {
        refuse("minimum_quantity", "quantity_out_of_range", "a quantity is at most 99999.999");
    }
    if terms.stations.len() > NAMED_MAX {
        refuse("stations", "list_too_long", "at most 100 stations");
    } else if !terms.stations.is_empty() {
        let known: BTreeSet<_> = app.table.stations().await?.into_iter().map(|station| station.code).collect();
        if let Some(code) = terms.stations.iter().find(|code| !known.contains(code)) {
            refuse("stations", "station_unknown", &format!("there is no station {code}"));
        }
    }
    if terms.companies.len() > NAMED_MAX {
        refuse("companies", "list_too_long", "at most 100 companies");
    } else if !terms.companies.is_empty() {
        let known = app.table.company_names(&terms.companies.iter().copied().collect()).await?;
        if let Some(id) = terms.companies.iter().find(|id| !known.contains_key(id)) {
            refuse("companies", "company_unknown", &format!("there is no company {id}"));
        }
    }
    if refused.is_empty() { Ok(terms) } else { Err(Problem::fields(refused)) }
}

fn problem(field: &str, cause: &Invalid) -> FieldProblem {
    FieldProblem { field: field.to_owned(), code: cause.code.to_owned(), message: cause.message.clone() }
}

/// In order, each once.
fn distinct<T: Ord + Clone>(list: &[T]) -> Vec<T> {
    list.iter().cloned().collect::<BTreeSet<_>>().into_iter().collect()
}
