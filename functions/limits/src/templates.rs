//! Templates of rules: what cards can be given, and what new cards get.

use crate::rules::station_codes;
use crate::shown::RulesShown;
use crate::wire::{LimitAsk, ProductChoice, RulesAsk, ScheduleView, StationChoice};
use axum::extract::State;
use axum::http::StatusCode;
use oktan_shared::App;
use oktan_shared::domain::Invalid;
use oktan_shared::domain::ids::TemplateId;
use oktan_shared::domain::rules::Rules;
use oktan_shared::domain::text::TemplateName;
use oktan_shared::http::{Client, Json, List, Path, Problem, grant};
use oktan_shared::journal::Act;
use oktan_shared::table::{TEMPLATES_MAX, Template, TemplateChange, Templates, pause};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;

/// Writes that may lose a race with another change of templates before the caller is told to try again.
const ATTEMPTS_MAX: u32 = 16;

/// A template to make, or what one becomes.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TemplateAsk {
    name: TemplateName,
    /// Whether new cards get it. Where no template says so they get fuel only.
    #[serde(default)]
    default: bool,
    /// At most 20; all must pass.
    limits: Vec<LimitAsk>,
    /// What may be bought.
    products: Option<ProductChoice>,
    /// When.
    schedule: Option<ScheduleView>,
    /// Where.
    stations: Option<StationChoice>,
}

/// A template of rules.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct TemplateView {
    /// `null` for the one that is always there: fuel only.
    #[schema(required)]
    id: Option<TemplateId>,
    /// `null` for the one that is always there.
    #[schema(required)]
    name: Option<TemplateName>,
    /// Whether new cards get it.
    default: bool,
    #[serde(flatten)]
    rules: RulesShown,
}

impl TemplateView {
    fn of(app: &App, template: &Template, default: Option<TemplateId>) -> Self {
        Self {
            id: Some(template.id),
            name: Some(template.name.clone()),
            default: default == Some(template.id),
            rules: RulesShown::of(app, &template.rules),
        }
    }
}

/// The company's templates by name, after the one that is always there: fuel only.
#[utoipa::path(
    get, path = "/v1/limit-templates", tag = "limits", operation_id = "list_templates",
    responses((status = 200, body = List<TemplateView>)), security(("session" = ["Read"])),
)]
pub async fn list(State(app): State<App>, who: Client<grant::Read>) -> Result<Json<List<TemplateView>>, Problem> {
    let mut found = app.table.templates(who.company).await?;
    found.all.sort_by_key(|template| template.name.as_str().to_lowercase());
    let always = TemplateView {
        id: None,
        name: None,
        default: found.chosen().is_none(),
        rules: RulesShown::of(&app, &Rules::fuel_only(&app.catalogue())),
    };
    let own = found.all.iter().map(|template| TemplateView::of(&app, template, found.default));
    Ok(Json(List::whole(std::iter::once(always).chain(own).collect())))
}

/// Makes a template; at most 50.
#[utoipa::path(
    post, path = "/v1/limit-templates", tag = "limits", operation_id = "create_template",
    request_body = TemplateAsk, responses((status = 201, body = TemplateView)), security(("session" = ["ManageLimits"])),
)]
pub async fn create(
    State(app): State<App>,
    who: Client<grant::ManageLimits>,
    Json(ask): Json<TemplateAsk>,
) -> Result<(StatusCode, Json<TemplateView>), Problem> {
    let made = put(&app, &who, TemplateId::new(uuid::Uuid::new_v4()), ask, true).await?;
    Ok((StatusCode::CREATED, made))
}

/// Changes a template. Cards keep the rules that it gave them.
#[utoipa::path(
    put, path = "/v1/limit-templates/{id}", tag = "limits", operation_id = "change_template",
    params(("id" = TemplateId, Path)), request_body = TemplateAsk,
    responses((status = 200, body = TemplateView)), security(("session" = ["ManageLimits"])),
)]
pub async fn change(
    State(app): State<App>,
    who: Client<grant::ManageLimits>,
    Path(id): Path<TemplateId>,
    Json(ask): Json<TemplateAsk>,
) -> Result<Json<TemplateView>, Problem> {
    put(&app, &who, id, ask, false).await
}

/// Removes a template. Cards keep the rules that it gave them; if new cards got it, they get fuel only.
#[utoipa::path(
    delete, path = "/v1/limit-templates/{id}", tag = "limits", operation_id = "remove_template",
    params(("id" = TemplateId, Path)), responses((status = 204)), security(("session" = ["ManageLimits"])),
)]
pub async fn remove(
    State(app): State<App>,
    who: Client<grant::ManageLimits>,
    Path(id): Path<TemplateId>,
) -> Result<StatusCode, Problem> {
    for attempt in 1..=ATTEMPTS_MAX {
        let read = app.table.templates(who.company).await?;
        let template = read.find(id).ok_or_else(Problem::not_found)?;
        let act = act(&app, &who, "template.remove", template, (Some(shown(template, &read)), None));
        let default = read.default.filter(|default| *default != id);
        if app.table.edit_templates(who.company, &read, TemplateChange::Remove(id), default, &act).await? {
            return Ok(StatusCode::NO_CONTENT);
        }
        pause(attempt).await;
    }
    Err(Problem::unavailable())
}

async fn put(
    app: &App,
    who: &Client<grant::ManageLimits>,
    id: TemplateId,
    ask: TemplateAsk,
    new: bool,
) -> Result<Json<TemplateView>, Problem> {
    let TemplateAsk { name, default, limits, products, schedule, stations } = ask;
    let rules = RulesAsk { limits, products, schedule, stations };
    let rules = rules.to_rules(app, &station_codes(app, &rules).await?)?;
    for attempt in 1..=ATTEMPTS_MAX {
        let read = app.table.templates(who.company).await?;
        let before = read.find(id);
        if before.is_none() && !new {
            return Err(Problem::not_found());
        }
        if new && read.all.len() >= TEMPLATES_MAX {
            let message = format!("a company has at most {TEMPLATES_MAX} templates");
            return Err(Problem::field("name", &Invalid::new("templates_too_many", message)));
        }
        let edition = before.map_or(1, |template| template.edition.saturating_add(1));
        let after = Template { id, name: name.clone(), rules: rules.clone(), edition };
        let chosen = if default { Some(id) } else { read.default.filter(|chosen| *chosen != id) };
        let is = Templates { default: chosen, ..Templates::default() };
        let action = if new { "template.create" } else { "template.change" };
        let sides = (before.map(|before| shown(before, &read)), Some(shown(&after, &is)));
        let act = act(app, who, action, &after, sides);
        if app.table.edit_templates(who.company, &read, TemplateChange::Put(&after), chosen, &act).await? {
            return Ok(Json(TemplateView::of(app, &after, chosen)));
        }
        pause(attempt).await;
    }
    Err(Problem::unavailable())
}

/// A template as the journal keeps it: its stored rules, its name, whether new cards get it.
fn shown(template: &Template, among: &Templates) -> Value {
    json!({ "rules": template.rules, "name": template.name, "for_new_cards": among.default == Some(template.id) })
}

fn act(
    app: &App,
    who: &Client<grant::ManageLimits>,
    action: &str,
    template: &Template,
    (before, after): (Option<Value>, Option<Value>),
) -> Act {
    Act {
        at: app.clock.now(),
        actor: who.actor(),
        action: action.to_owned(),
        subject: format!("template {}", template.name),
        before: before.unwrap_or_default(),
        after: after.unwrap_or_default(),
        reason: String::new(),
    }
}
