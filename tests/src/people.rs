//! People of a world: inserted, signed in, settled.

use crate::caller::Caller;
use crate::world::{PASSWORD, World};
use oktan_shared::auth::{Passwords, Secret, SessionClaims, TokenKind};
use oktan_shared::domain::people::{Actor, Person, Role};
use oktan_shared::domain::text::{Email, Login, PersonName};
use oktan_shared::domain::{CompanyId, SessionId, UserId};
use oktan_shared::journal::Act;
use oktan_shared::table::{SESSION_ABSOLUTE, Session};
use serde_json::Value;
use tokio::sync::OnceCell;
use uuid::Uuid;

/// Argon2id costs by design; one hash serves everybody.
static HASH: OnceCell<String> = OnceCell::const_new();

impl World {
    /// A new person of a company or of the staff, with everybody's password and an address of their own.
    pub async fn newcomer(&self, company: Option<CompanyId>, role: Role) -> Person {
        let login = format!("{}-{}", role.name(), self.number());
        self.insert(Login::parse(&login).expect("a login"), company, role).await
    }

    /// A person as they stand.
    pub async fn reread(&self, person: &Person) -> Person {
        self.app().table.person(person.id).await.expect("the table answers").expect("the person")
    }

    /// A new session of a person who is inserted if need be.
    pub async fn person(&self, login: &str, company: Option<CompanyId>, role: Role) -> Caller {
        let parsed = Login::parse(login).expect("a login");
        if let Some(person) = self.app().table.person_by_login(&parsed).await.expect("the table answers") {
            return self.session(&person).await;
        }
        let person = self.insert(parsed, company, role).await;
        self.session(&person).await
    }

    async fn insert(&self, login: Login, company: Option<CompanyId>, role: Role) -> Person {
        let full_name = PersonName::parse("Сидорова Анна Павловна").expect("a name");
        let person = Person {
            email: Some(Email::parse(&format!("{login}@people.example")).expect("an address")),
            password_hash: Some(hash().await),
            ..Person::new(UserId::new(Uuid::new_v4()), company, role, login, full_name)
        };
        let act = self.act(&person, "user.create");
        assert!(self.app().table.create_person(&person, &act).await.expect("the table answers"));
        person
    }

    /// A new session, without the price of a password.
    pub async fn session(&self, person: &Person) -> Caller {
        let now = self.now();
        let session = Session {
            id: SessionId::new(Uuid::new_v4()),
            user: person.id,
            epoch: person.epoch,
            created_at: now,
            last_used_at: now,
            address: "127.0.0.1".to_owned(),
            device: "tests".to_owned(),
        };
        self.app().table.create_session(person, &session).await.expect("a session");
        let claims = SessionClaims { sid: session.id, sub: person.id, co: person.company };
        let token = self.app().keys.sign(TokenKind::Session, claims, now, now + SESSION_ABSOLUTE);
        self.stranger().with_token(token.as_deref())
    }

    /// Settles the password of whoever was created with a one-time one.
    pub(crate) async fn settle(&self, login: &str) -> Person {
        let table = &self.app().table;
        let login = Login::parse(login).expect("a login");
        let person = table.person_by_login(&login).await.expect("the table answers").expect("the person");
        let act = self.act(&person, "password.change");
        assert!(table.set_password(&person, hash().await, None, None, &act).await.expect("the table answers"));
        table.person(person.id).await.expect("the table answers").expect("the person")
    }

    fn act(&self, person: &Person, action: &str) -> Act {
        Act {
            at: self.now(),
            actor: Actor { user: person.id, login: person.login.clone(), role: person.role },
            action: action.to_owned(),
            subject: format!("user {}", person.login),
            before: Value::Null,
            after: Value::Null,
            reason: String::new(),
        }
    }
}

async fn hash() -> String {
    let hash = HASH.get_or_init(|| async { Passwords.hash(&Secret::new(PASSWORD)).await.expect("a hash") });
    hash.await.clone()
}
