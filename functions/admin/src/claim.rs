//! A claim decided: who claims is let in, by one person or by two, or is not.

use crate::claims::ClaimView;
use axum::extract::State;
use oktan_shared::App;
use oktan_shared::auth::{Secret, token_hash};
use oktan_shared::domain::Invalid;
use oktan_shared::domain::ids::ClaimId;
use oktan_shared::domain::people::Person;
use oktan_shared::domain::text::Note;
use oktan_shared::http::{Json, OptionalJson, Path, Problem, Staff, grant};
use oktan_shared::journal::Act;
use oktan_shared::second_factor;
use oktan_shared::table::{Claim, ClaimDecision, ClaimState, Company, Intent, Throttle, on_file, pause};
use serde::Deserialize;
use serde_json::json;

/// Writes that may lose a race with a colleague or with the person.
const ATTEMPTS_MAX: u32 = 8;

/// Letting somebody in.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ApproveClaimAsk {
    /// By what it was verified; may be left out.
    reason: Option<Note>,
    /// Six digits of the authenticator, of who has one.
    totp: Option<Secret>,
}

/// Not letting somebody in.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RefuseClaimAsk {
    /// Why; at least a word.
    reason: Note,
}

/// A claim as it was read for a decision.
struct Case {
    claim: Claim,
    person: Person,
    company: Option<Company>,
}

impl Case {
    async fn read(app: &App, id: ClaimId) -> Result<Self, Problem> {
        let claim = app.table.claim(id).await?.ok_or_else(Problem::not_found)?;
        if !claim.is_open() {
            return Err(Problem::conflict("claim_closed", "this claim was decided already"));
        }
        let mut claimants = app.table.claimants(std::slice::from_ref(&claim)).await?;
        let (person, company) = claimants.pop().ok_or_else(Problem::not_found)?;
        Ok(Self { claim, person, company })
    }

    fn closed(&self, state: ClaimState, word: ClaimDecision) -> Claim {
        let files = (on_file(&self.person, self.company.as_ref()), self.person.email.clone());
        Claim { state, closed: Some(word), was_on_file: Some(files), ..self.claim.clone() }
    }

    fn act(&self, action: &str, word: &ClaimDecision, after: ClaimState) -> Act {
        Act {
            at: word.at,
            actor: word.by.clone(),
            action: action.to_owned(),
            subject: format!("user {}", self.person.login),
            before: json!({ "claim": self.claim.id, "state": self.claim.state, "email": self.person.email }),
            after: json!({ "claim": self.claim.id, "state": after, "email": self.claim.new_email }),
            reason: word.reason.to_string(),
        }
    }

    fn view(&self, claim: Claim) -> Json<ClaimView> {
        Json(ClaimView::of(claim, &self.person, self.company.as_ref()))
    }
}

/// Lets somebody in: a one-time password is mailed. A changed address takes a second person, and only then changes.
#[utoipa::path(
    post, path = "/v1/staff/recovery/{id}/approve", tag = "desk", operation_id = "approve_claim",
    params(("id" = ClaimId, Path)), request_body = Option<ApproveClaimAsk>,
    responses((status = 200, body = ClaimView)), security(("session" = ["Desk"])),
)]
pub async fn approve(
    State(app): State<App>,
    who: Staff<grant::Desk>,
    Path(id): Path<ClaimId>,
    OptionalJson(ask): OptionalJson<ApproveClaimAsk>,
) -> Result<Json<ClaimView>, Problem> {
    let mut asked_again = false;
    for attempt in 1..=ATTEMPTS_MAX {
        let case = Case::read(&app, id).await?;
        let needs_second = may_approve(&case, &who)?;
        if !asked_again {
            second_factor::demand(&app, &who.who, ask.totp.as_ref()).await?;
            asked_again = true;
        }
        let word = word(&app, &who, ask.reason.clone().unwrap_or_default());
        let after = match needs_second && case.claim.first.is_none() {
            true => first(&app, &case, word).await?,
            false => last(&app, &case, word).await?,
        };
        if let Some(after) = after {
            return Ok(case.view(after));
        }
        pause(attempt).await;
    }
    Err(Problem::unavailable())
}

/// Refuses a claim; the person's way in stays as it is.
#[utoipa::path(
    post, path = "/v1/staff/recovery/{id}/refuse", tag = "desk", operation_id = "refuse_claim",
    params(("id" = ClaimId, Path)), request_body = RefuseClaimAsk,
    responses((status = 200, body = ClaimView)), security(("session" = ["Desk"])),
)]
pub async fn refuse(
    State(app): State<App>,
    who: Staff<grant::Desk>,
    Path(id): Path<ClaimId>,
    Json(ask): Json<RefuseClaimAsk>,
) -> Result<Json<ClaimView>, Problem> {
    if ask.reason.as_str().is_empty() {
        return Err(Problem::field("reason", &Invalid::new("text_too_short", "say why")));
    }
    for attempt in 1..=ATTEMPTS_MAX {
        let case = Case::read(&app, id).await?;
        let word = word(&app, &who, ask.reason.clone());
        let act = case.act("claim.refuse", &word, ClaimState::Refused);
        let after = case.closed(ClaimState::Refused, word);
        if app.table.move_claim(&case.claim, &after, &act).await? {
            return Ok(case.view(after));
        }
        pause(attempt).await;
    }
    Err(Problem::unavailable())
}

/// Whether the approval is one of two; refuses who may not give it.
fn may_approve(case: &Case, who: &Staff<grant::Desk>) -> Result<bool, Problem> {
    let own = |detail| Problem::forbidden("own_request", detail);
    if case.claim.user == who.who.id {
        return Err(own("nobody lets themselves in"));
    }
    if !case.person.active {
        return Err(Problem::conflict("user_inactive", "this person was deactivated"));
    }
    let needs_second = case.claim.changed_email(&case.person).is_some();
    let first = case.claim.first.as_ref();
    if needs_second && first.is_some_and(|first| first.by.user == who.who.id) {
        return Err(own("a changed address needs another person"));
    }
    if !needs_second && case.person.email.is_none() {
        return Err(Problem::conflict("no_email", "no address is registered that a password could go to"));
    }
    Ok(needs_second)
}

fn word(app: &App, who: &Staff<grant::Desk>, reason: Note) -> ClaimDecision {
    ClaimDecision { by: who.actor(), at: app.clock.now(), reason }
}

/// The first of two approvals; nothing changes for the person.
async fn first(app: &App, case: &Case, word: ClaimDecision) -> Result<Option<Claim>, Problem> {
    let act = case.act("claim.approve_first", &word, ClaimState::AwaitingSecond);
    let after = Claim { state: ClaimState::AwaitingSecond, first: Some(word), ..case.claim.clone() };
    Ok(app.table.move_claim(&case.claim, &after, &act).await?.then_some(after))
}

/// The approval that lets the person in: the address if it changes, a one-time password on its way, sessions over, the
/// company's owners and the old address told.
async fn last(app: &App, case: &Case, word: ClaimDecision) -> Result<Option<Claim>, Problem> {
    let user = case.person.id;
    let changed = case.claim.changed_email(&case.person).cloned();
    let mut person = case.person.without_password();
    let mut mails = vec![Intent::OneTimePassword { user, epoch: person.epoch }];
    if let Some(email) = changed {
        mails.extend(person.email.replace(email).map(|old| Intent::EmailChanged { user, old }));
    }
    if let Some(company) = case.person.company {
        let owners = app.table.owners_of(company).await?.into_iter().filter(|owner| owner.id != user);
        mails.extend(owners.map(|owner| Intent::CredentialsReissued { user: owner.id, about: user }));
    }
    let act = case.act("claim.approve", &word, ClaimState::Approved);
    let after = case.closed(ClaimState::Approved, word);
    if !app.table.approve_claim((&case.claim, &after), (&case.person, &person), &mails, &act).await? {
        return Ok(None);
    }
    let login = token_hash(person.login.as_str());
    app.table.try_was_right(&[Throttle::Login(login)]).await?;
    Ok(Some(after))
}
