//! What happened, told to each whom it concerns and who wants to hear of it.

use crate::{declines, moment, promotions, weeks};
use chrono::{DateTime, Utc};
use oktan_shared::App;
use oktan_shared::domain::notice::{Event, Preferences};
use oktan_shared::domain::people::Person;
use oktan_shared::mail::Letter;
use oktan_shared::table::{Audience, Declined, Notice, StoreError};
use oktan_shared::unsubscribe::Unsubscribe;
use url::Url;
use uuid::Uuid;

/// People looked at at once: each is at most two rows, of a write's hundred. The rest have a notice of their own.
const PEOPLE_MAX: usize = 45;

/// Turns a notice into a line of the bell and a letter for each who wants them, some people at a time.
pub async fn settle(app: &App, id: Uuid, notice: &Notice) -> Result<(), StoreError> {
    let kind = notice.event.kind();
    if let Audience::Companies { only, but, after } = &notice.to {
        return app.table.spread_notice(id, notice, (only, but, after.as_ref()), app.clock.now()).await;
    }
    if let Event::PromotionOpened { promotion, .. } = &notice.event
        && !promotions::may_join(app, *promotion, &notice.to).await?
    {
        return app.table.settle_request(id, &[], app.clock.now()).await.map(|_| ());
    }
    let Some(notice) = weeks::reckoned(app, notice).await? else {
        // A week without a fill is nothing to tell.
        return app.table.settle_request(id, &[], app.clock.now()).await.map(|_| ());
    };
    let (mut people, rest) = concerned(app, &notice.to).await?;
    people.retain(|person| person.active && kind.is_for(person.role));
    let ids: Vec<_> = people.iter().map(|person| person.id).collect();
    let (mut bells, mut mails) = (Vec::new(), Vec::new());
    for (person, wanted) in people.iter().zip(app.table.preferences(&ids).await?) {
        if !wanted.no_bell.contains(&kind) {
            bells.push(person.id);
        }
        if !wanted.no_mail.contains(&kind) && person.email.is_some() {
            mails.push(person.id);
        }
    }
    app.table.settle_notice(id, &notice, &bells, &mails, rest, app.clock.now()).await
}

/// The next people whom it concerns, and who is left after them.
async fn concerned(app: &App, to: &Audience) -> Result<(Vec<Person>, Option<Audience>), StoreError> {
    match to {
        Audience::Company { id, by, after } => {
            let (mut people, next) = app.table.people_page(Some(*id), PEOPLE_MAX, after.as_ref()).await?;
            people.retain(|person| Some(person.id) != *by);
            Ok((people, next.map(|next| Audience::Company { id: *id, by: *by, after: Some(next) })))
        }
        Audience::People(ids) => {
            let (these, others) = ids.split_at(ids.len().min(PEOPLE_MAX));
            let mut people = Vec::new();
            for id in these {
                people.extend(app.table.person(*id).await?);
            }
            Ok((people, (!others.is_empty()).then(|| Audience::People(others.to_vec()))))
        }
        Audience::Companies { .. } => Ok((Vec::new(), None)),
    }
}

/// The letter of an event to one person; `None` if they want none, or mail to them comes back.
pub async fn letter(
    app: &App,
    person: &Person,
    wanted: &Preferences,
    event: &Event,
    at: DateTime<Utc>,
) -> Result<Option<Letter>, StoreError> {
    let (kind, language, now) = (event.kind(), wanted.mail_language(), app.clock.now());
    let Some(email) = person.email.as_ref().filter(|_| person.active && kind.is_for(person.role)) else {
        return Ok(None);
    };
    if wanted.no_mail.contains(&kind) || app.table.is_quiet(email, now).await? {
        return Ok(None);
    }
    let unsubscribe = Unsubscribe::of(app, person.id, kind);
    if let Event::FillDeclined { card, request } = event {
        let declined = Declined { card: card.clone(), request: *request };
        let letter = declines::letter(app, person, language, &declined).await?;
        return Ok(letter.map(|letter| letter.with_a_way_out(language, unsubscribe)));
    }
    if let Event::WeeklySummary { from, to, sums } = event {
        let letter = weeks::letter(app, person, language, (*from, *to), sums, &page(app, event));
        return Ok(Some(letter.with_a_way_out(language, unsubscribe)));
    }
    let label = match (event, person.company) {
        (Event::CardBlocked { card, .. } | Event::ExceptionGranted { card, .. }, Some(company)) => {
            app.table.card(company, card).await?.map(|record| record.note.label)
        }
        _ => None,
    };
    let page = page(app, event);
    let label = label.as_ref().map(oktan_shared::domain::text::Label::as_str);
    let (when, login) = (moment(language, at), person.login.as_str());
    let letter = Letter::notice(language, event, label, &when, &page, login, &app.config.duty_phone);
    Ok(letter.map(|letter| letter.with_a_way_out(language, unsubscribe)))
}

/// The cabinet's page about it. The address is the settings'.
pub fn page(app: &App, event: &Event) -> Url {
    let (path, query) = event
        .page()
        .split_once('?')
        .map_or((event.page(), None), |(path, query)| (path.to_owned(), Some(query.to_owned())));
    let mut page = app.config.base_url.clone();
    page.set_path(&path);
    page.set_query(query.as_deref());
    page
}
