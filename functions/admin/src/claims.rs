//! The reconciliation desk: what is claimed beside what is on file.

use axum::extract::State;
use chrono::{DateTime, Utc};
use oktan_shared::App;
use oktan_shared::domain::facts::Fact;
use oktan_shared::domain::ids::ClaimId;
use oktan_shared::domain::people::Person;
use oktan_shared::domain::text::{CompanyName, Email, Login, Note, Phone};
use oktan_shared::domain::{CompanyId, UserId};
use oktan_shared::http::{Cursor, Json, List, Page, Problem, Query, Staff, grant};
use oktan_shared::table::{Claim, ClaimDecision, ClaimKind, ClaimState, Company, on_file};
use serde::{Deserialize, Serialize};

/// A claim on the desk.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct ClaimView {
    id: ClaimId,
    filed_at: DateTime<Utc>,
    kind: Kind,
    state: Stage,
    /// `null` for staff.
    #[schema(required)]
    company_id: Option<CompanyId>,
    /// `null` for staff.
    #[schema(required)]
    company: Option<ClaimCompany>,
    user: ClaimUser,
    /// What was said.
    claimed: ClaimFacts,
    /// What is on file; of a closed claim what was when it was closed.
    on_file: ClaimFacts,
    /// Names of what was said and is not on file so.
    differences: Vec<&'static str>,
    /// Where to call back.
    #[schema(required)]
    phone: Option<Phone>,
    /// The address that approving registers.
    #[schema(required)]
    new_email: Option<Email>,
    /// Whether approving takes two people, because it changes the address.
    new_email_required_second: bool,
    #[schema(required)]
    first_approval: Option<ClaimWord>,
    #[schema(required)]
    closed_by: Option<ClaimWord>,
}

/// How a claim came about.
#[derive(Debug, Clone, Copy, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = ClaimKind)]
pub enum Kind {
    /// Five tries of a link failed.
    Tries,
    /// Filed by somebody without a mailbox.
    Claim,
}

/// What became of a claim.
#[derive(Debug, Clone, Copy, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = ClaimState)]
pub enum Stage {
    /// Nobody decided.
    Open,
    /// One approved a changed address; another must.
    AwaitingSecond,
    /// Let in.
    Approved,
    /// Not let in.
    Refused,
}

/// The company of who claims.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct ClaimCompany {
    id: CompanyId,
    name: CompanyName,
}

/// Who it is about.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct ClaimUser {
    id: UserId,
    login: Login,
    role: &'static str,
}

/// Facts, said or on file; `null` where there is nothing.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct ClaimFacts {
    #[schema(required)]
    inn: Option<String>,
    #[schema(required)]
    contract_number: Option<String>,
    #[schema(required)]
    full_name: Option<String>,
    #[schema(required)]
    phone: Option<String>,
    #[schema(required)]
    email: Option<Email>,
}

/// What somebody of the staff said.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct ClaimWord {
    login: Login,
    at: DateTime<Utc>,
    reason: Note,
}

impl ClaimView {
    pub fn of(claim: Claim, person: &Person, company: Option<&Company>) -> Self {
        let (files, email) =
            claim.was_on_file.clone().unwrap_or_else(|| (on_file(person, company), person.email.clone()));
        let said = |fact: Fact| claim.said.of(fact).map(ToString::to_string);
        let beside = |fact: Fact| files.beside(fact, claim.said.of(fact)).map(str::to_owned);
        let other_email = claim.new_email.is_some() && claim.new_email != email;
        let differences = files.differences(&claim.said).into_iter().map(Fact::name);
        Self {
            claimed: facts(said, claim.new_email.clone()),
            on_file: facts(beside, email),
            differences: differences.chain(other_email.then_some("email")).collect(),
            id: claim.id,
            filed_at: claim.filed_at,
            kind: match claim.kind {
                ClaimKind::Tries => Kind::Tries,
                ClaimKind::Claim => Kind::Claim,
            },
            state: match claim.state {
                ClaimState::Open => Stage::Open,
                ClaimState::AwaitingSecond => Stage::AwaitingSecond,
                ClaimState::Approved => Stage::Approved,
                ClaimState::Refused => Stage::Refused,
            },
            company_id: claim.company,
            company: company.map(|company| ClaimCompany { id: company.id, name: company.name.clone() }),
            user: ClaimUser { id: person.id, login: person.login.clone(), role: person.role.name() },
            phone: claim.phone,
            new_email: claim.new_email,
            new_email_required_second: other_email,
            first_approval: claim.first.map(word),
            closed_by: claim.closed.map(word),
        }
    }
}

fn facts(of: impl Fn(Fact) -> Option<String>, email: Option<Email>) -> ClaimFacts {
    ClaimFacts {
        inn: of(Fact::Inn),
        contract_number: of(Fact::ContractNumber),
        full_name: of(Fact::FullName),
        phone: of(Fact::Phone),
        email,
    }
}

fn word(decision: ClaimDecision) -> ClaimWord {
    ClaimWord { login: decision.by.login, at: decision.at, reason: decision.reason }
}

/// Which claims.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Which {
    /// Those that wait, the longest first.
    #[default]
    Open,
    /// Those that were decided, the newest first.
    Closed,
}

/// Which claims, and how many.
#[derive(Debug, Clone, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ClaimFilter {
    /// Open unless said.
    #[serde(default)]
    #[param(inline, value_type = Option<Which>)]
    state: Which,
    /// Rows, 1 to 100.
    #[serde(default)]
    #[param(value_type = Option<u8>, minimum = 1, maximum = 100)]
    limit: Page,
    /// Where the page starts.
    #[param(value_type = Option<String>)]
    cursor: Option<Cursor>,
}

/// The claims on the desk.
#[utoipa::path(
    get, path = "/v1/staff/recovery", tag = "desk", operation_id = "list_claims",
    params(ClaimFilter), responses((status = 200, body = List<ClaimView>)), security(("session" = ["Desk"])),
)]
pub async fn list(
    State(app): State<App>,
    _who: Staff<grant::Desk>,
    Query(filter): Query<ClaimFilter>,
) -> Result<Json<List<ClaimView>>, Problem> {
    let open = filter.state == Which::Open;
    let list = ["claims", if open { "open" } else { "closed" }];
    let after = filter.cursor.as_ref().map(|cursor| cursor.open(&app, &list)).transpose()?;
    let (claims, next) = app.table.claims(open, filter.limit.limit(), after.as_ref()).await?;
    let claimants = app.table.claimants(&claims).await?;
    let items = claims.into_iter().zip(&claimants);
    let items = items.map(|(claim, (person, company))| ClaimView::of(claim, person, company.as_ref())).collect();
    Ok(Json(List { items, next_cursor: next.map(|position| Cursor::seal(&app, &list, &position)) }))
}
