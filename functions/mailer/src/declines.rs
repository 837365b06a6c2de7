//! A declined fill, told to those whom the company chose: they may grant an exception while the driver waits.

use oktan_shared::App;
use oktan_shared::domain::authorization::State;
use oktan_shared::domain::people::Person;
use oktan_shared::mail::Letter;
use oktan_shared::table::{Declined, Entry, EntryKey, Intent, StoreError};
use oktan_shared::wire::EntryView;
use uuid::Uuid;

/// Turns a notice into a letter for each who is told.
pub async fn notice(app: &App, id: Uuid, declined: &Declined) -> Result<(), StoreError> {
    let company = app.table.company_of_card(&declined.card).await?;
    let told = match company {
        Some(company) => app.table.settings(company).await?.decline_mail,
        None => Vec::new(),
    };
    let letters: Vec<_> =
        told.into_iter().map(|user| Intent::FillDeclined { user, declined: declined.clone() }).collect();
    app.table.settle_request(id, &letters, app.clock.now()).await.map(|_| ())
}

/// What is said of it; `None` to somebody who is not of the company any more.
pub async fn letter(app: &App, person: &Person, declined: &Declined) -> Result<Option<Letter>, StoreError> {
    let key = EntryKey::Authorization(declined.card.clone(), declined.request);
    let Some(Entry::Decline(fill)) = app.table.entry(&key).await? else { return Ok(None) };
    let State::Declined { reasons, .. } = &fill.state else { return Ok(None) };
    if person.company != Some(fill.company) || !person.active {
        return Ok(None);
    }
    let Some(record) = app.table.card(fill.company, &fill.card).await? else { return Ok(None) };
    let (zone, hold) = (record.account.zone, &fill.hold);
    let catalogue = app.catalogue();
    let why: Vec<String> = reasons.iter().map(|reason| reason.receipt(zone, &catalogue)).collect();
    let product = catalogue.by_ix(hold.product).map_or("", |product| product.name.as_str());
    let when = zone.local(hold.authorized_at).format("%d.%m.%Y в %H:%M").to_string();
    let asked = format!("{product}, {} · АЗС {} · {when}", hold.asked, hold.station);
    let mut link = app.config.base_url.clone();
    link.set_path("/exceptions");
    link.query_pairs_mut().append_pair("decline", &EntryView::id(&key, app));
    let digits = declined.card.as_str();
    let last = digits.get(digits.len().saturating_sub(4)..).unwrap_or(digits);
    Ok(Some(Letter::fill_declined(last, record.note.label.as_str(), &asked, &why, &link, &app.config.duty_phone)))
}
