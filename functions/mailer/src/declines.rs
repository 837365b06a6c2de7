//! A declined fill, told to those whom the company chose: they may grant an exception while the driver waits.

use oktan_shared::App;
use oktan_shared::domain::authorization::{Authorization, State};
use oktan_shared::domain::news::Language;
use oktan_shared::domain::notice::Event;
use oktan_shared::domain::people::Person;
use oktan_shared::mail::Letter;
use oktan_shared::table::{Declined, Entry, EntryKey, Notice, StoreError};
use oktan_shared::wire::EntryView;
use uuid::Uuid;

use crate::notices;

/// Turns a notice into a line of the bell and a letter for each who is told.
pub async fn notice(app: &App, id: Uuid, declined: &Declined) -> Result<(), StoreError> {
    let told = match decline(app, declined).await? {
        Some(fill) => {
            let told = app.table.settings(fill.company).await?.decline_mail;
            let event = Event::FillDeclined { card: declined.card.clone(), request: declined.request };
            Notice::to_people(told, event, fill.hold.authorized_at)
        }
        None => return app.table.settle_request(id, &[], app.clock.now()).await.map(|_| ()),
    };
    notices::settle(app, id, &told).await
}

async fn decline(app: &App, declined: &Declined) -> Result<Option<Authorization>, StoreError> {
    let key = EntryKey::Authorization(declined.card.clone(), declined.request);
    Ok(match app.table.entry(&key).await? {
        Some(Entry::Decline(fill)) => Some(fill),
        _ => None,
    })
}

/// What is said of it; `None` to somebody who is not of the company any more.
pub async fn letter(
    app: &App,
    person: &Person,
    language: Language,
    declined: &Declined,
) -> Result<Option<Letter>, StoreError> {
    let key = EntryKey::Authorization(declined.card.clone(), declined.request);
    let Some(fill) = decline(app, declined).await? else { return Ok(None) };
    let State::Declined { reasons, .. } = &fill.state else { return Ok(None) };
    if person.company != Some(fill.company) || !person.active {
        return Ok(None);
    }
    let Some(record) = app.table.card(fill.company, &fill.card).await? else { return Ok(None) };
    let (zone, hold) = (record.account.zone, &fill.hold);
    let catalogue = app.catalogue();
    let why: Vec<String> = reasons.iter().map(|reason| reason.sentence(language, zone, &catalogue)).collect();
    let product = catalogue.by_ix(hold.product).map_or("", |product| product.name_in(language));
    let (station, format) = match language {
        Language::Ru => ("АЗС", "%d.%m.%Y в %H:%M"),
        Language::En => ("station", "%-d %B %Y at %H:%M"),
    };
    let when = zone.local(hold.authorized_at).format(format);
    let asked = format!("{product}, {} · {station} {} · {when}", hold.asked, hold.station);
    let mut link = app.config.base_url.clone();
    link.set_path("/exceptions");
    link.query_pairs_mut().append_pair("decline", &EntryView::id(&key, app));
    let digits = declined.card.as_str();
    let last = digits.get(digits.len().saturating_sub(4)..).unwrap_or(digits);
    let label = record.note.label.as_str();
    Ok(Some(Letter::fill_declined(language, last, label, &asked, &why, &link, &app.config.duty_phone)))
}
