//! What of an act is shown, and in which form.

use super::Reader;
use crate::app::App;
use crate::domain::ProductSet;
use crate::domain::rules::{Choice, Rules};
use crate::journal::Link;
use crate::wire::{MeasureName, PeriodName, amount_text};
use serde_json::{Map, Value, json};

/// The fields of an act that a company's people are shown. Whatever else an act says is the staff's own, or the owners':
/// the addresses and phones of people, and what a claim at the desk brought forward.
pub const FIELDS_TO_CLIENTS: [&str; 53] = [
    "active",
    "amount",
    "blocked",
    "by",
    "by_client",
    "by_staff",
    "cards",
    "carry_over",
    "codes_left",
    "contact_email",
    "contact_name",
    "contact_phone",
    "contract_date",
    "contract_number",
    "count",
    "credit_limit",
    "date",
    "decline_mail",
    "document_number",
    "for_new_cards",
    "from",
    "full_name",
    "funding",
    "group",
    "inn",
    "kpp",
    "label",
    "lent",
    "limits",
    "lines",
    "litres",
    "login",
    "low_balance",
    "minutes",
    "name",
    "names",
    "outcome",
    "owner",
    "pin",
    "product",
    "products",
    "replaced_by",
    "role",
    "roubles",
    "schedule",
    "state",
    "stations",
    "status",
    "subject",
    "time_zone",
    "title",
    "to",
    "totp",
];

/// Acts of staff whose reason is said to the company.
const REASON_TO_CLIENTS: [&str; 10] = [
    "card.block",
    "card.close",
    "card.replace",
    "card.unblock",
    "company.resume",
    "company.suspend",
    "dispute.refuse",
    "payment.assign",
    "payment.import",
    "payment.post",
];

/// Whether a company's people are told why staff did this.
pub fn reason(action: &str) -> bool {
    REASON_TO_CLIENTS.contains(&action)
}

/// How something was or is, by field.
pub fn fields(app: &App, action: &str, value: &Value, reader: Reader) -> Option<Map<String, Value>> {
    let fields = match (action, value) {
        (_, Value::Null) => return None,
        (action, stored) if of_rules(action) => rules(app, stored)?,
        ("template.create" | "template.change" | "template.remove" | "cards.rules", Value::Object(template)) => {
            let mut fields = template.clone();
            let stored = fields.remove("rules").unwrap_or_default();
            fields.extend(rules(app, &stored).unwrap_or_default());
            fields
        }
        (_, Value::Object(fields)) => fields.clone(),
        (_, list) => Map::from_iter([("cards".to_owned(), list.clone())]),
    };
    let shown = |name: &str| reader == Reader::Staff || FIELDS_TO_CLIENTS.contains(&name);
    Some(fields.into_iter().filter(|(name, _)| shown(name)).collect())
}

/// Every product that the rules in these acts name, a card's or a template's.
pub fn products(links: &[Link]) -> ProductSet {
    let values = links.iter().flat_map(|link| [&link.act.before, &link.act.after]);
    let rules = values
        .flat_map(|value| [value, &value["rules"]])
        .filter_map(|value| serde_json::from_value::<Rules>(value.clone()).ok());
    rules.flat_map(|rules| rules.named_products().iter().collect::<Vec<_>>()).fold(ProductSet::EMPTY, ProductSet::with)
}

fn of_rules(action: &str) -> bool {
    matches!(action, "card.rules" | "card.rules_restored")
}

/// Rules as `PUT /v1/cards/{number}/limits` takes them; what is not set is not there.
fn rules(app: &App, stored: &Value) -> Option<Map<String, Value>> {
    let rules: Rules = serde_json::from_value(stored.clone()).ok()?;
    let catalogue = app.catalogue();
    let codes = |set: &ProductSet| catalogue.codes(*set);
    let limits = rules.limits.iter().map(|limit| {
        json!({
            "measure": MeasureName::from(limit.cap.measure()), "period": PeriodName::from(limit.period),
            "amount": amount_text(limit.cap), "products": codes(&limit.products),
        })
    });
    let mut fields = Map::from_iter([("limits".to_owned(), limits.collect())]);
    if let Some(choice) = &rules.products {
        fields.insert("products".to_owned(), json!({ "mode": mode(choice), "codes": codes(choice.listed()) }));
    }
    if let Some(schedule) = &rules.schedule {
        let weekdays: Vec<u8> = schedule.weekdays.iter().collect();
        let (from, to) = (schedule.from.to_string(), schedule.to.to_string());
        fields.insert("schedule".to_owned(), json!({ "weekdays": weekdays, "from": from, "to": to }));
    }
    if let Some(choice) = &rules.stations {
        fields.insert("stations".to_owned(), json!({ "mode": mode(choice), "codes": choice.listed() }));
    }
    Some(fields)
}

fn mode<T>(choice: &Choice<T>) -> &'static str {
    match choice {
        Choice::Allow(_) => "allow",
        Choice::Deny(_) => "deny",
    }
}
