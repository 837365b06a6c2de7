//! Writing to the administration: a form that works without a script and comes back with what was typed and what is wrong.

use super::address::Page;
use super::frame::Ask;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use oktan_shared::domain::text::{Email, MessageText, PersonName, Phone};
use oktan_shared::http::{Origin, Problem};
use oktan_shared::messages::{How, MessageAsk, ReplyTo, receive};

/// What was typed.
#[derive(Default)]
pub struct Typed {
    name: String,
    how: String,
    email: String,
    phone: String,
    body: String,
    website: String,
}

/// What stands above the form, and which fields are marked.
#[derive(Default)]
pub struct Marks {
    wrong: Vec<&'static str>,
    too_many: bool,
}

impl Typed {
    /// From the body of a form; a field that comes twice counts once.
    pub fn of(body: &[u8]) -> Self {
        let mut typed = Self::default();
        for (name, value) in url::form_urlencoded::parse(body) {
            let field = match &*name {
                "name" => &mut typed.name,
                "how" => &mut typed.how,
                "email" => &mut typed.email,
                "phone" => &mut typed.phone,
                "body" => &mut typed.body,
                "website" => &mut typed.website,
                _ => continue,
            };
            *field = value.into_owned();
        }
        typed
    }

    fn by_phone(&self) -> bool {
        self.how == "phone"
    }

    /// The message, or the fields that are wrong. The way that was not chosen is not looked at.
    fn message(&self) -> Result<MessageAsk, Vec<&'static str>> {
        let (name, body) = (PersonName::parse(&self.name).ok(), MessageText::parse(&self.body).ok());
        let email = (!self.by_phone()).then(|| Email::parse(self.email.trim()).ok()).flatten();
        let phone = self.by_phone().then(|| Phone::parse(self.phone.trim()).ok()).flatten();
        let reached = ("email", email.is_some() || self.by_phone());
        let called = ("phone", phone.is_some() || !self.by_phone());
        let fields = [("name", name.is_some()), reached, called, ("body", body.is_some())];
        let wrong = fields.into_iter().filter(|(_, right)| !right).map(|(field, _)| field).collect();
        match (name, body) {
            (Some(name), Some(body)) if reached.1 && called.1 => {
                let how = if self.by_phone() { How::Phone } else { How::Email };
                Ok(MessageAsk { name, how, reply_to: ReplyTo { email, phone }, body, website: self.website.clone() })
            }
            _ => Err(wrong),
        }
    }
}

/// Takes the message and thanks, or shows the page again with what is wrong.
///
/// # Errors
/// When the store does not answer.
pub async fn take(
    ask: &Ask<'_>,
    origin: &Origin,
    typed: Typed,
    page: impl Fn(&Typed, &Marks) -> Markup,
) -> Result<Response, Problem> {
    let message = match typed.message() {
        Ok(message) => message,
        Err(wrong) => {
            let marks = Marks { wrong, too_many: false };
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, super::html(page(&typed, &marks))).into_response());
        }
    };
    match receive(ask.app, origin, message).await {
        Ok(()) => Ok(Redirect::to(&format!("{}?sent", ask.path(&Page::Contacts))).into_response()),
        Err(problem) if problem.status() == StatusCode::TOO_MANY_REQUESTS => {
            let wait = problem.into_response().headers_mut().remove(header::RETRY_AFTER);
            let marks = Marks { too_many: true, ..Marks::default() };
            let mut answer = (StatusCode::TOO_MANY_REQUESTS, super::html(page(&typed, &marks))).into_response();
            if let Some(wait) = wait {
                answer.headers_mut().insert(header::RETRY_AFTER, wait);
            }
            Ok(answer)
        }
        Err(problem) => Err(problem),
    }
}

/// The thanks, or the form.
pub fn section(ask: &Ask<'_>, sent: bool, typed: &Typed, marks: &Marks) -> Markup {
    let words = ask.words;
    html! {
        section #write aria-labelledby="write-title" {
            @if sent {
                div.thanks role="status" {
                    h2 #write-title { (words.write_sent) }
                    p { (words.write_sent_text) }
                    p { a href=(format!("{}#write", ask.path(&Page::Contacts))) { (words.write_again) } }
                }
            } @else {
                h2 #write-title { (words.write_title) }
                p.lead { (words.write_lead) }
                @if marks.too_many { p.alert role="alert" { (words.write_too_many) } }
                @if !marks.wrong.is_empty() { p.alert role="alert" { (words.write_wrong) } }
                (form(ask, typed, marks))
            }
        }
    }
}

fn form(ask: &Ask<'_>, typed: &Typed, marks: &Marks) -> Markup {
    let words = ask.words;
    let by_phone = typed.by_phone();
    html! {
        form.write method="post" action=(format!("{}#write", ask.path(&Page::Contacts))) {
            (field(marks, "name", words.write_name, words.wrong_name, html! {
                input #name name="name" type="text" value=(typed.name) autocomplete="name" required maxlength="200"
                    aria-invalid=[marks.of("name")] aria-describedby=[marks.noted("name", "name-wrong")];
            }))
            fieldset {
                legend { (words.write_how) }
                label.toggle { input type="radio" name="how" value="email" checked[!by_phone]; span { (words.write_by_email) } }
                label.toggle { input type="radio" name="how" value="phone" checked[by_phone]; span { (words.write_by_phone) } }
            }
            (field(marks, "email", words.write_email, words.wrong_email, html! {
                input #email name="email" type="email" value=(typed.email) autocomplete="email" maxlength="254"
                    aria-invalid=[marks.of("email")] aria-describedby=[marks.noted("email", "email-wrong")];
            }))
            (field(marks, "phone", words.write_phone, words.wrong_phone, html! {
                input #phone name="phone" type="tel" value=(typed.phone) autocomplete="tel" maxlength="40"
                    aria-invalid=[marks.of("phone")] aria-describedby=[marks.noted("phone", "phone-wrong")];
            }))
            (field(marks, "body", words.write_body, words.wrong_body, html! {
                textarea #body name="body" rows="6" required maxlength="4000"
                    aria-invalid=[marks.of("body")] aria-describedby=[marks.noted("body", "body-wrong")] { (typed.body) }
            }))
            // People do not see it; what fills it in is a machine.
            div.trap aria-hidden="true" {
                label for="website" { (words.leave_empty) }
                input #website name="website" type="text" tabindex="-1" autocomplete="off";
            }
            button.button type="submit" { (words.write_send) }
        }
    }
}

fn field(marks: &Marks, name: &str, label: &str, wrong: &str, input: Markup) -> Markup {
    html! {
        div.field data-way=[["email", "phone"].contains(&name).then_some(name)] {
            label for=(name) { (label) }
            (input)
            @if marks.wrong.contains(&name) { p.note.wrong id=(format!("{name}-wrong")) { (wrong) } }
        }
    }
}

impl Marks {
    fn of(&self, field: &str) -> Option<&'static str> {
        self.wrong.contains(&field).then_some("true")
    }

    fn noted(&self, field: &str, note: &'static str) -> Option<&'static str> {
        self.wrong.contains(&field).then_some(note)
    }
}
