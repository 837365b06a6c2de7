//! The demo's colleagues of the owner and of the admin, one for each other role, written as the call that makes people
//! writes them, with a password of their own at once: with the login's claim and the journal's act.

use chrono::{DateTime, Utc};
use oktan_shared::App;
use oktan_shared::auth::Secret;
use oktan_shared::domain::people::{Actor, Person as Who, Role};
use oktan_shared::domain::text::{Email, Login, PersonName};
use oktan_shared::domain::{CompanyId, UserId};
use oktan_shared::journal::Act;
use serde_json::{Value, json};
use uuid::Uuid;

use super::Person;
use crate::Failure;

/// Someone to be: their role, login, password, name, who that is in Russian and English, and their first page.
struct Colleague(Role, &'static str, &'static str, &'static str, &'static str, &'static str, &'static str);

const COLLEAGUES: [Colleague; 6] = [
    Colleague(
        Role::Manager,
        "kolos-manager",
        "combine-sunrise-62-plover",
        "Савченко Андрей Ильич",
        "ООО «Колос-Транс»: менеджер",
        "Kolos-Trans: manager",
        "/overview",
    ),
    Colleague(
        Role::Accountant,
        "kolos-buh",
        "ledger-apricot-35-bustard",
        "Литвинова Мария Петровна",
        "ООО «Колос-Транс»: бухгалтер",
        "Kolos-Trans: accountant",
        "/overview",
    ),
    Colleague(
        Role::Viewer,
        "kolos-viewer",
        "window-feather-81-kestrel",
        "Дорохов Пётр Николаевич",
        "ООО «Колос-Транс»: наблюдатель",
        "Kolos-Trans: viewer",
        "/overview",
    ),
    Colleague(
        Role::StaffOperator,
        "oktan-operator",
        "headset-granite-29-heron",
        "Зимина Елена Павловна",
        "ОКТАН: оператор",
        "OKTAN: operator",
        "/staff/companies",
    ),
    Colleague(
        Role::StaffAccountant,
        "oktan-buh",
        "invoice-copper-74-sparrow",
        "Ткаченко Ирина Олеговна",
        "ОКТАН: бухгалтер",
        "OKTAN: accountant",
        "/staff/companies",
    ),
    Colleague(
        Role::StaffEditor,
        "oktan-editor",
        "typeset-meadow-53-linnet",
        "Белова Анна Сергеевна",
        "ОКТАН: редактор новостей и страниц АЗС",
        "OKTAN: editor of news and of the stations' pages",
        "/staff/news",
    ),
];

/// Creates them as the owner and the admin would; whom the visitor may be then: those of the company first, then the
/// `others`, then the staff.
///
/// Whose login is taken, by a first admin of the visitor's own naming, is left out.
pub async fn make(
    app: &App,
    company: CompanyId,
    owner: Person,
    others: Vec<Person>,
    admin: Person,
) -> Result<Vec<Person>, Failure> {
    let (of_company, of_staff) = (creator(app, &owner.login).await?, creator(app, &admin.login).await?);
    // Hashing is slow on purpose: all at once, then the rows one after another, for the journal is a chain.
    let hashing = COLLEAGUES.map(|colleague| {
        let passwords = app.passwords;
        tokio::spawn(async move { passwords.hash(&Secret::new(colleague.2)).await })
    });
    let mut people = vec![owner];
    let mut staff = vec![admin];
    for (colleague, hash) in COLLEAGUES.iter().zip(hashing) {
        let hash = hash.await.map_err(|cause| Failure::new("hashing a password of the demo", cause))?;
        let is_staff = colleague.0.is_staff();
        let who = who(colleague, (!is_staff).then_some(company), hash)?;
        let by = if is_staff { &of_staff } else { &of_company };
        let created = app.table.create_person(&who, &act(by, &who, app.clock.now())).await;
        if created.map_err(|cause| Failure::new(format!("creating {}", who.login), cause))? {
            if is_staff { &mut staff } else { &mut people }.push(printed(colleague));
        }
    }
    people.extend(others);
    people.append(&mut staff);
    Ok(people)
}

/// Who acts under a login.
pub async fn creator(app: &App, login: &str) -> Result<Actor, Failure> {
    let what = || format!("looking up {login}");
    let login = Login::parse(login).map_err(|cause| Failure::new(what(), cause.message))?;
    let found = app.table.person_by_login(&login).await.map_err(|cause| Failure::new(what(), cause))?;
    let found = found.ok_or_else(|| Failure::new(what(), "nobody"))?;
    Ok(Actor { user: found.id, login: found.login, role: found.role })
}

fn who(colleague: &Colleague, company: Option<CompanyId>, hash: Option<String>) -> Result<Who, Failure> {
    let &Colleague(role, login, _, full_name, ..) = colleague;
    let house = if role.is_staff() { "oktan.example" } else { "kolos-trans.example" };
    let bad = |cause: oktan_shared::domain::Invalid| Failure::new(format!("{login} of the demo"), cause.message);
    let (id, parsed) = (UserId::new(Uuid::new_v4()), Login::parse(login).map_err(bad)?);
    let full_name = PersonName::parse(full_name).map_err(bad)?;
    Ok(Who {
        email: Some(Email::parse(&format!("{login}@{house}")).map_err(bad)?),
        password_hash: hash,
        ..Who::new(id, company, role, parsed, full_name)
    })
}

fn act(by: &Actor, who: &Who, at: DateTime<Utc>) -> Act {
    Act {
        at,
        actor: by.clone(),
        action: if who.role.is_staff() { "staff.create" } else { "user.create" }.to_owned(),
        subject: format!("user {}", who.login),
        before: Value::Null,
        after: json!({ "role": who.role, "full_name": who.full_name }),
        reason: String::new(),
    }
}

fn printed(colleague: &Colleague) -> Person {
    let &Colleague(_, login, password, _, about_ru, about_en, home) = colleague;
    Person {
        login: login.to_owned(),
        password: password.to_owned(),
        about_ru: about_ru.to_owned(),
        about_en: about_en.to_owned(),
        home: home.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use oktan_shared::auth::Passwords;

    #[test]
    fn their_passwords_are_ones_the_house_would_take() -> Result<(), Failure> {
        for colleague in &COLLEAGUES {
            let who = who(colleague, None, None)?;
            let about = [who.login.as_str(), who.full_name.as_str(), "oktan", "kolos"];
            assert_eq!(Passwords::check(&Secret::new(colleague.2), &about), Ok(()), "{}", who.login);
        }
        Ok(())
    }
}
